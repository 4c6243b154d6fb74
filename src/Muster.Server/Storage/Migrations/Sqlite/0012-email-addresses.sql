-- E-mail addresses of members: confirmed ones, former ones, those that wait, changes of the primary one, and the collaboration's own.
create table member_emails_with_state (
    member_id text not null,
    "key" text not null,
    address text not null,
    position integer not null,
    confirmed_at integer,
    constraint "PK_member_emails" primary key (member_id, "key"),
    constraint "FK_member_emails_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
insert into member_emails_with_state (member_id, "key", address, position)
    select member_id, "key", address, position from member_emails where true order by position on conflict do nothing;
drop table member_emails;
alter table member_emails_with_state rename to member_emails;
create index "IX_member_emails_key" on member_emails ("key");

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
    member_id text not null,
    number integer not null,
    address text not null,
    "key" text not null,
    confirmed_at integer,
    "until" integer not null,
    constraint "PK_former_emails" primary key (member_id, number),
    constraint "FK_former_emails_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create table address_requests (
    id text not null constraint "PK_address_requests" primary key,
    member_id text not null,
    address text not null,
    "key" text not null,
    requested_at integer not null,
    requested_by text not null,
    serial integer not null,
    sent_at integer not null,
    expires_at integer not null,
    confirmed_at integer,
    withdrawn_at integer,
    constraint "FK_address_requests_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
create index "IX_address_requests_member_id" on address_requests (member_id, requested_at);

create table primary_changes (
    id text not null constraint "PK_primary_changes" primary key,
    member_id text not null,
    "before" text not null,
    "after" text not null,
    after_key text not null,
    requested_at integer not null,
    due_at integer not null,
    ended_at integer,
    outcome text,
    constraint "FK_primary_changes_members_member_id" foreign key (member_id) references members (id) on delete cascade
);
create index "IX_primary_changes_member_id" on primary_changes (member_id, requested_at);
create index "IX_primary_changes_due_at" on primary_changes (due_at) where ended_at is null;

-- Every local part that was ever given, and to whom. It outlives the member's record: nobody else may ever get it.
create table collaboration_addresses (
    local_part text not null constraint "PK_collaboration_addresses" primary key,
    member_id text not null,
    kind text not null,
    given_at integer not null,
    given_by text not null,
    reason text,
    ended_at integer,
    is_shown integer not null
);
create index "IX_collaboration_addresses_member_id" on collaboration_addresses (member_id);
create trigger collaboration_addresses_no_delete before delete on collaboration_addresses
begin select raise(abort, 'an address that was given stays given'); end;
create trigger collaboration_addresses_no_other before update of local_part, member_id on collaboration_addresses
begin select raise(abort, 'an address that was given stays given'); end;
