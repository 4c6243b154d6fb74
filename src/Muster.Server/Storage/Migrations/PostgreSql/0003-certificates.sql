-- Several certificates for a person: suspended ones, warnings before the end, and requests for subjects that no browser can present.
alter table member_certificates add column suspended_at bigint;

alter table member_certificates add column warned_days integer;

create index "IX_member_certificates_not_after" on member_certificates (not_after) where not_after is not null;

create table certificate_requests (
    id uuid not null constraint "PK_certificate_requests" primary key,
    member_id uuid not null,
    "key" text COLLATE "C" not null,
    subject text COLLATE "C" not null,
    purpose text COLLATE "C" not null,
    requested_at bigint not null,
    decided_at bigint,
    decided_by text COLLATE "C",
    is_approved boolean,
    words text COLLATE "C",
    constraint "FK_certificate_requests_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

create index "IX_certificate_requests_member_id" on certificate_requests (member_id);

create unique index "IX_certificate_requests_open" on certificate_requests (member_id, "key") where decided_at is null;

create index "IX_certificate_requests_waiting" on certificate_requests (requested_at) where decided_at is null;
