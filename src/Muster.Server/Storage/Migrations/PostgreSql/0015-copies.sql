-- Everybody may take a copy of all that names them, and requests for an address are counted by it.
create index "IX_import_changes_member_id" on import_changes (member_id);
create index "IX_profile_looks_account_id" on profile_looks (account_id);
create index "IX_round_invitations_member_id" on round_invitations (member_id);
create index "IX_confirmations_member_id" on confirmations (member_id);
create index "IX_address_requests_key" on address_requests ("key");
