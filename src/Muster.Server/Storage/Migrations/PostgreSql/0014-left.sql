-- An authorship that ended because somebody was said to have left goes on where that was a mistake.
alter table memberships add column author_left date;
