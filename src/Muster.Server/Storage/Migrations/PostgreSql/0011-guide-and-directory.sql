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
