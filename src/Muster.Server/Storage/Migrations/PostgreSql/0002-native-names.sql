-- The name in the holder's own script goes with the account: a password must not contain it either.
alter table accounts add column native text COLLATE "C";

update accounts
set native = (select r.native from registrations r where r.id = accounts.registration_id)
where registration_id is not null;

update accounts
set native = (select m.native from members m where m.id = accounts.member_id)
where registration_id is null;
