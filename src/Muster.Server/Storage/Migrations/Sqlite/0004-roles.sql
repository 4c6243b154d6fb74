-- Roles with a scope, an end and a name for each grant; kept when they end.
alter table role_grants rename to old_role_grants;

create table role_grants (
    id text not null constraint "PK_role_grants" primary key,
    account_id text not null,
    role text not null,
    scope_kind text not null,
    scope_id text not null,
    granted_by text not null,
    "from" integer not null,
    "until" integer,
    ended_by text
);

insert into role_grants (id, account_id, role, scope_kind, scope_id, granted_by, "from")
select
    upper(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-8' || substr(h, 18, 3) || '-' || substr(h, 21, 12)),
    account_id, 'Registrar', 'Everything', '', granted_by, "from"
from (select *, hex(randomblob(16)) as h from old_role_grants);

drop table old_role_grants;

create index "IX_role_grants_account_id" on role_grants (account_id);
