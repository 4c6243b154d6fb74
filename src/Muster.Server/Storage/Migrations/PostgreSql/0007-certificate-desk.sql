-- The desk turns pages by the identity of a request, which is the order of asking.
drop index "IX_certificate_requests_waiting";

create index "IX_certificate_requests_waiting" on certificate_requests (id) where decided_at is null;
