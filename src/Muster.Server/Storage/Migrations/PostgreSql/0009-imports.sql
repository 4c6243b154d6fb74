-- Files with people that were sent in, and what each did to whom, so that it can be taken back.
create table imports (
    id uuid not null constraint "PK_imports" primary key,
    file_name text COLLATE "C" not null,
    sha256 text COLLATE "C" not null,
    mode text COLLATE "C" not null,
    state text COLLATE "C" not null,
    uploaded_at bigint not null,
    uploaded_by text COLLATE "C" not null,
    content bytea not null,
    entered integer not null,
    changed integer not null,
    "left" integer not null,
    decided_at bigint,
    decided_by text COLLATE "C",
    rolled_back_at bigint,
    rolled_back_by text COLLATE "C"
);

create index "IX_imports_uploaded_at" on imports (uploaded_at);

create table import_changes (
    import_id uuid not null,
    number integer not null,
    member_id uuid not null,
    name text COLLATE "C" not null,
    kind text COLLATE "C" not null,
    what text COLLATE "C" not null,
    "before" text COLLATE "C",
    "after" text COLLATE "C" not null,
    constraint "PK_import_changes" primary key (import_id, number),
    constraint "FK_import_changes_imports_import_id" foreign key (import_id) references imports (id) on delete cascade
);
