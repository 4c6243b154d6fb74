-- The yearly round in which every institute confirms its people.
create table confirmation_rounds (
    id uuid not null constraint "PK_confirmation_rounds" primary key,
    name text COLLATE "C" not null,
    last_day date not null,
    opened_by text COLLATE "C" not null,
    opened_at bigint not null
);

create table round_invitations (
    id uuid not null constraint "PK_round_invitations" primary key,
    round_id uuid not null,
    institute_id uuid not null,
    member_id uuid not null,
    sent_at bigint not null,
    reminded_days integer,
    constraint "FK_round_invitations_round_id" foreign key (round_id) references confirmation_rounds (id) on delete cascade
);

create unique index "IX_round_invitations_round_id" on round_invitations (round_id, institute_id, member_id);

create table confirmations (
    round_id uuid not null,
    member_id uuid not null,
    institute_id uuid not null,
    answer text COLLATE "C" not null,
    answered_by text COLLATE "C" not null,
    answered_at bigint not null,
    constraint "PK_confirmations" primary key (round_id, institute_id, member_id),
    constraint "FK_confirmations_round_id" foreign key (round_id) references confirmation_rounds (id) on delete cascade
);
