-- How many are at each institute on a day is read off one index.
drop index "IX_memberships_institute_id";
create index "IX_memberships_institute_id" on memberships (institute_id, "from", "until");

-- And who came last is the end of another.
create index "IX_memberships_from" on memberships ("from");
