-- The yearly round in which every institute confirms its people.
create table confirmation_rounds (
    id text not null constraint "PK_confirmation_rounds" primary key,
    name text not null,
    last_day text not null,
    opened_by text not null,
    opened_at integer not null
);

create table round_invitations (
    id text not null constraint "PK_round_invitations" primary key,
    round_id text not null,
    institute_id text not null,
    member_id text not null,
    sent_at integer not null,
    reminded_days integer,
    constraint "FK_round_invitations_round_id" foreign key (round_id) references confirmation_rounds (id) on delete cascade
);

create unique index "IX_round_invitations_round_id" on round_invitations (round_id, institute_id, member_id);

create table confirmations (
    round_id text not null,
    member_id text not null,
    institute_id text not null,
    answer text not null,
    answered_by text not null,
    answered_at integer not null,
    constraint "PK_confirmations" primary key (round_id, institute_id, member_id),
    constraint "FK_confirmations_round_id" foreign key (round_id) references confirmation_rounds (id) on delete cascade
);
