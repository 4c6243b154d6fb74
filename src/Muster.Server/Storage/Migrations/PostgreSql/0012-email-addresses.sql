-- E-mail addresses of members: confirmed ones, former ones, those that wait, changes of the primary one, and the collaboration's own.
delete from member_emails e using member_emails o where o.member_id = e.member_id and o."key" = e."key" and o.position < e.position;
alter table member_emails drop constraint "PK_member_emails";
alter table member_emails add constraint "PK_member_emails" primary key (member_id, "key");
alter table member_emails add column confirmed_at bigint;

-- Who registered has followed a link there; who was listed and has an account has set a password by a link that was mailed there.
update member_emails set confirmed_at = (
    select coalesce(r.email_confirmed_at, a.password_set_at)
      from accounts a left join registrations r on r.id = a.registration_id
     where a.member_id = member_emails.member_id and a.email_key = member_emails."key"
);
-- Mail of the account goes to the primary address.
update member_emails set position = -1
 where position > 0 and exists (select 1 from accounts a where a.member_id = member_emails.member_id and a.email_key = member_emails."key");
update member_emails set position = (select max(o.position) + 1 from member_emails o where o.member_id = member_emails.member_id)
 where position = 0 and exists (select 1 from member_emails o where o.member_id = member_emails.member_id and o.position = -1);
update member_emails set position = 0 where position = -1;

create table former_emails (
    member_id uuid not null,
    number integer not null,
    address text COLLATE "C" not null,
    "key" text COLLATE "C" not null,
    confirmed_at bigint,
    "until" bigint not null,
    constraint "PK_former_emails" primary key (member_id, number),
    constraint "FK_former_emails_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table address_requests (
    id uuid not null constraint "PK_address_requests" primary key,
    member_id uuid not null,
    address text COLLATE "C" not null,
    "key" text COLLATE "C" not null,
    requested_at bigint not null,
    requested_by text COLLATE "C" not null,
    serial integer not null,
    sent_at bigint not null,
    expires_at bigint not null,
    confirmed_at bigint,
    withdrawn_at bigint,
    constraint "FK_address_requests_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
create index "IX_address_requests_member_id" on address_requests (member_id, requested_at);

create table primary_changes (
    id uuid not null constraint "PK_primary_changes" primary key,
    member_id uuid not null,
    "before" text COLLATE "C" not null,
    "after" text COLLATE "C" not null,
    after_key text COLLATE "C" not null,
    requested_at bigint not null,
    due_at bigint not null,
    ended_at bigint,
    outcome text COLLATE "C",
    constraint "FK_primary_changes_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
create index "IX_primary_changes_member_id" on primary_changes (member_id, requested_at);
create index "IX_primary_changes_due_at" on primary_changes (due_at) where ended_at is null;

-- Every local part that was ever given, and to whom. It outlives the member's record: nobody else may ever get it.
create table collaboration_addresses (
    local_part text COLLATE "C" not null constraint "PK_collaboration_addresses" primary key,
    member_id uuid not null,
    kind text COLLATE "C" not null,
    given_at bigint not null,
    given_by text COLLATE "C" not null,
    reason text COLLATE "C",
    ended_at bigint,
    is_shown boolean not null
);
create index "IX_collaboration_addresses_member_id" on collaboration_addresses (member_id);
create function refuse_change_of_given_addresses() returns trigger language plpgsql as
$$ begin raise exception 'an address that was given stays given'; end $$;
create trigger collaboration_addresses_no_delete before delete on collaboration_addresses
    for each row execute function refuse_change_of_given_addresses();
create trigger collaboration_addresses_no_other before update of local_part, member_id on collaboration_addresses
    for each row execute function refuse_change_of_given_addresses();
create trigger collaboration_addresses_no_truncate before truncate on collaboration_addresses
    for each statement execute function refuse_change_of_given_addresses();
