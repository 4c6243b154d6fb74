-- What becomes of an account when its holder's last membership ends.
alter table accounts add column membership_end date;
alter table accounts add column end_warned_days integer;
alter table accounts add column grace_until date;
alter table accounts add column expired_at bigint;

create index "IX_accounts_grace_until" on accounts (grace_until) where grace_until is not null;

create table ending_notices (
    account_id uuid not null,
    institute_id uuid not null,
    "end" date not null,
    days integer not null,
    constraint "PK_ending_notices" primary key (account_id, institute_id),
    constraint "FK_ending_notices_account_id" foreign key (account_id) references accounts (id) on delete cascade,
    constraint "FK_ending_notices_institute_id" foreign key (institute_id) references institutes (id) on delete cascade
);

create index "IX_ending_notices_institute_id" on ending_notices (institute_id);
