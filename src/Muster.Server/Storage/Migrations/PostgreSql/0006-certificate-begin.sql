-- Of two certificates of one subject the one that begins later counts.
alter table member_certificates add column not_before bigint;
