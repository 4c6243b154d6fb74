-- The newcomers' guide: every version that a registrar made of it, and what members ticked.
create table guide_versions (
    number integer not null constraint "PK_guide_versions" primary key,
    made_at bigint not null,
    made_by text COLLATE "C" not null,
    act text COLLATE "C" not null,
    about text COLLATE "C" not null,
    content text COLLATE "C" not null
);

create table guide_ticks (
    account_id uuid not null,
    step_id text COLLATE "C" not null,
    done_at bigint not null,
    constraint "PK_guide_ticks" primary key (account_id, step_id)
);

-- Languages and contact of members, who sees what of whom, and who looked.
create table member_contacts (
    member_id uuid not null constraint "PK_member_contacts" primary key,
    languages text COLLATE "C" not null,
    phone text COLLATE "C",
    office text COLLATE "C",
    web text COLLATE "C",
    changed_at bigint not null,
    constraint "FK_member_contacts_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table privacy_rules (
    field text COLLATE "C" not null constraint "PK_privacy_rules" primary key,
    is_chosen boolean not null,
    audience text COLLATE "C" not null
);

create table privacy_choices (
    member_id uuid not null,
    field text COLLATE "C" not null,
    audience text COLLATE "C" not null,
    constraint "PK_privacy_choices" primary key (member_id, field),
    constraint "FK_privacy_choices_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table profile_looks (
    member_id uuid not null,
    day date not null,
    account_id uuid not null,
    times integer not null,
    constraint "PK_profile_looks" primary key (member_id, day, account_id),
    constraint "FK_profile_looks_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
