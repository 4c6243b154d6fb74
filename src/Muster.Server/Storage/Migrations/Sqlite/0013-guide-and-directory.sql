-- The newcomers' guide: every version that a registrar made of it, and what members ticked.
create table guide_versions (
    number integer not null constraint "PK_guide_versions" primary key,
    made_at integer not null,
    made_by text not null,
    act text not null,
    about text not null,
    content text not null
);

create table guide_ticks (
    account_id text not null,
    step_id text not null,
    done_at integer not null,
    constraint "PK_guide_ticks" primary key (account_id, step_id)
);

-- Languages and contact of members, who sees what of whom, and who looked.
create table member_contacts (
    member_id text not null constraint "PK_member_contacts" primary key,
    languages text not null,
    phone text,
    office text,
    web text,
    changed_at integer not null,
    constraint "FK_member_contacts_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table privacy_rules (
    field text not null constraint "PK_privacy_rules" primary key,
    is_chosen integer not null,
    audience text not null
);

create table privacy_choices (
    member_id text not null,
    field text not null,
    audience text not null,
    constraint "PK_privacy_choices" primary key (member_id, field),
    constraint "FK_privacy_choices_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table profile_looks (
    member_id text not null,
    day text not null,
    account_id text not null,
    times integer not null,
    constraint "PK_profile_looks" primary key (member_id, day, account_id),
    constraint "FK_profile_looks_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
