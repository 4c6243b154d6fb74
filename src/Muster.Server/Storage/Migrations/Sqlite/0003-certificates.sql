-- Several certificates for a person: suspended ones, warnings before the end, and requests for subjects that no browser can present.
alter table member_certificates add column suspended_at integer;

alter table member_certificates add column warned_days integer;

create index "IX_member_certificates_not_after" on member_certificates (not_after) where not_after is not null;

create table certificate_requests (
    id text not null constraint "PK_certificate_requests" primary key,
    member_id text not null,
    "key" text not null,
    subject text not null,
    purpose text not null,
    requested_at integer not null,
    decided_at integer,
    decided_by text,
    is_approved integer,
    words text,
    constraint "FK_certificate_requests_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create index "IX_certificate_requests_member_id" on certificate_requests (member_id);

create unique index "IX_certificate_requests_open" on certificate_requests (member_id, "key") where decided_at is null;

create index "IX_certificate_requests_waiting" on certificate_requests (requested_at) where decided_at is null;
