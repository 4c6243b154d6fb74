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
