-- The register with its dates: institutes that leave and go on as others, names given up, terms of a membership, and what is searched.
alter table institutes add column address text;
alter table institutes add column ror text;
alter table institutes add column "until" text;

create table institute_successions (
    predecessor_id text not null,
    successor_id text not null,
    "on" text not null,
    constraint "PK_institute_successions" primary key (predecessor_id, successor_id),
    constraint "FK_institute_successions_predecessor" foreign key (predecessor_id) references institutes (id) on delete cascade,
    constraint "FK_institute_successions_successor" foreign key (successor_id) references institutes (id) on delete cascade
);

create index "IX_institute_successions_successor_id" on institute_successions (successor_id);

alter table representatives add column kind text not null default 'Representative';
update representatives set kind = 'Deputy' where is_deputy = 1;
alter table representatives drop column is_deputy;

alter table members add column publication_name text;
alter table members add column deceased_on text;

alter table members add column sort_key text not null default '';
update members set sort_key = lower(sort_name);

create index "IX_members_sort_key" on members (sort_key, id);
create index "IX_members_orcid" on members (orcid) where orcid is not null;

create table former_names (
    member_id text not null,
    number integer not null,
    display text not null,
    native text,
    "until" integer not null,
    constraint "PK_former_names" primary key (member_id, number),
    constraint "FK_former_names_members_member_id" foreign key (member_id) references members (id) on delete cascade
);

alter table memberships add column category text not null default 'Full';
alter table memberships add column percent integer not null default 100;
alter table memberships add column author_from text;
alter table memberships add column author_until text;

create index "IX_memberships_until" on memberships ("until") where "until" is not null;

create table member_words (
    word text not null,
    member_id text not null,
    constraint "PK_member_words" primary key (word, member_id)
) without rowid;

create index "IX_member_words_member_id" on member_words (member_id, word);

create table known_words (
    number integer not null constraint "PK_known_words" primary key autoincrement,
    word text not null
);

create unique index "IX_known_words_word" on known_words (word);

create table misspelt_words (
    form text not null,
    word text not null,
    constraint "PK_misspelt_words" primary key (form, word)
) without rowid;

create virtual table word_parts using fts5 (word, tokenize = 'trigram', content = 'known_words', content_rowid = 'number');

create table ror_records (
    id text not null constraint "PK_ror_records" primary key,
    name text not null,
    acronym text,
    country text,
    place text,
    is_active integer not null,
    successors text not null,
    content text not null
);

create table ror_words (
    word text not null,
    record_id text not null,
    constraint "PK_ror_words" primary key (word, record_id)
) without rowid;

create index "IX_ror_words_record_id" on ror_words (record_id, word);

-- Letters inside words: over the words that are known, each once, and not over every person who bears one.
create trigger known_words_parts after insert on known_words begin
    insert into word_parts (rowid, word) values (new.number, new.word);
end;

-- What happened to an institute is found by it, as what happened to a person is.
alter table audit_records add column institute_id text;

create index "IX_audit_records_institute_id" on audit_records (institute_id) where institute_id is not null;
