-- Files with people that were sent in, and what each did to whom, so that it can be taken back.
create table imports (
    id text not null constraint "PK_imports" primary key,
    file_name text not null,
    sha256 text not null,
    mode text not null,
    state text not null,
    uploaded_at integer not null,
    uploaded_by text not null,
    content blob not null,
    entered integer not null,
    changed integer not null,
    "left" integer not null,
    decided_at integer,
    decided_by text,
    rolled_back_at integer,
    rolled_back_by text
);

create index "IX_imports_uploaded_at" on imports (uploaded_at);

create table import_changes (
    import_id text not null,
    number integer not null,
    member_id text not null,
    name text not null,
    kind text not null,
    what text not null,
    "before" text,
    "after" text not null,
    constraint "PK_import_changes" primary key (import_id, number),
    constraint "FK_import_changes_imports_import_id" foreign key (import_id) references imports (id) on delete cascade
);
