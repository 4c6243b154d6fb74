-- Roles with a scope, an end and a name for each grant; kept when they end.
alter table role_grants drop constraint "PK_role_grants";
alter table role_grants add column id uuid not null default gen_random_uuid();
alter table role_grants alter column id drop default;
alter table role_grants add constraint "PK_role_grants" primary key (id);
alter table role_grants add column scope_kind text COLLATE "C" not null default 'Everything';
alter table role_grants alter column scope_kind drop default;
alter table role_grants add column scope_id text COLLATE "C" not null default '';
alter table role_grants alter column scope_id drop default;
alter table role_grants add column "until" bigint;
alter table role_grants add column ended_by text COLLATE "C";
update role_grants set role = 'Registrar';

create index "IX_role_grants_account_id" on role_grants (account_id);
