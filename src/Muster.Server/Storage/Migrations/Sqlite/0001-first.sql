-- The first schema: register, enrolment, accounts, sign-in, outbox, audit.
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_audit_head" PRIMARY KEY,
    "sequence" INTEGER NOT NULL,
    "hash" BLOB NOT NULL,
    "seal" BLOB NOT NULL
);

CREATE TABLE "audit_records" (
    "sequence" INTEGER NOT NULL CONSTRAINT "PK_audit_records" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "registration_id" TEXT NULL,
    "account_id" TEXT NULL,
    "member_id" TEXT NULL,
    "details" TEXT NOT NULL,
    "origin" TEXT NULL,
    "previous_hash" BLOB NOT NULL,
    "hash" BLOB NOT NULL
);

CREATE TABLE "aup_acceptances" (
    "id" TEXT NOT NULL CONSTRAINT "PK_aup_acceptances" PRIMARY KEY,
    "version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "accepted_at" INTEGER NOT NULL,
    "registration_id" TEXT NOT NULL,
    "account_id" TEXT NULL
);

CREATE TABLE "credential_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_credential_claims" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL
);

CREATE TABLE "credential_logins" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "PK_credential_logins" PRIMARY KEY ("login_provider", "provider_key")
);

CREATE TABLE "credential_tokens" (
    "user_id" TEXT NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "PK_credential_tokens" PRIMARY KEY ("user_id", "login_provider", "name")
);

CREATE TABLE "credentials" (
    "id" TEXT NOT NULL CONSTRAINT "PK_credentials" PRIMARY KEY,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" INTEGER NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);

CREATE TABLE "directory_entries" (
    "account_id" TEXT NOT NULL CONSTRAINT "PK_directory_entries" PRIMARY KEY,
    "uid" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "given_name" TEXT NULL,
    "surname" TEXT NULL,
    "mail" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "applied_at" INTEGER NOT NULL
);

CREATE TABLE "institutes" (
    "id" TEXT NOT NULL CONSTRAINT "PK_institutes" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "since" TEXT NOT NULL
);

CREATE TABLE "members" (
    "id" TEXT NOT NULL CONSTRAINT "PK_members" PRIMARY KEY,
    "given" TEXT NULL,
    "family" TEXT NULL,
    "name_order" TEXT NOT NULL,
    "native" TEXT NULL,
    "display_name" TEXT NOT NULL,
    "sort_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "orcid" TEXT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "outbox_orders" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_outbox_orders" PRIMARY KEY AUTOINCREMENT,
    "lane" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "registration_id" TEXT NULL,
    "account_id" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "not_before" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "done_at" INTEGER NULL
);

CREATE TABLE "registrations" (
    "id" TEXT NOT NULL CONSTRAINT "PK_registrations" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "form_key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "state_since" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "certificate_key" TEXT NOT NULL,
    "certificate_subject" TEXT NOT NULL,
    "certificate_issuer" TEXT NOT NULL,
    "certificate_serial" TEXT NOT NULL,
    "certificate_not_after" INTEGER NOT NULL,
    "certificate_names" TEXT NOT NULL,
    "certificate_chain" BLOB NOT NULL,
    "proposed_name" TEXT NOT NULL,
    "given" TEXT NULL,
    "family" TEXT NULL,
    "name_order" TEXT NOT NULL,
    "native" TEXT NULL,
    "display_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "asks_for_registrar" INTEGER NOT NULL,
    "is_held_back" INTEGER NOT NULL,
    "confirmation_serial" INTEGER NOT NULL,
    "confirmation_sent_at" INTEGER NOT NULL,
    "confirmation_expires_at" INTEGER NOT NULL,
    "email_confirmed_at" INTEGER NULL,
    "member_id" TEXT NULL,
    "account_id" TEXT NULL,
    "wait_reasons" TEXT NOT NULL,
    "decided_at" INTEGER NULL,
    "decided_by" TEXT NULL,
    "decision_note" TEXT NULL,
    "provisioned_at" INTEGER NULL
);

CREATE TABLE "role_grants" (
    "account_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "granted_by" TEXT NOT NULL,
    "from" INTEGER NOT NULL,
    CONSTRAINT "PK_role_grants" PRIMARY KEY ("account_id", "role")
);

CREATE TABLE "sessions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_sessions" PRIMARY KEY,
    "account_id" TEXT NOT NULL,
    "origin" TEXT NULL,
    "browser" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL
);

CREATE TABLE "sign_in_attempts" (
    "key" TEXT NOT NULL CONSTRAINT "PK_sign_in_attempts" PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "last_at" INTEGER NOT NULL,
    "blocked_until" INTEGER NULL
);

CREATE TABLE "accounts" (
    "id" TEXT NOT NULL CONSTRAINT "PK_accounts" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "registration_id" TEXT NULL,
    "display_name" TEXT NOT NULL,
    "given" TEXT NULL,
    "family" TEXT NULL,
    "name_key" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "state_since" INTEGER NOT NULL,
    "ordered_at" INTEGER NOT NULL,
    "provisioned_at" INTEGER NULL,
    "initial_password_issued_at" INTEGER NULL,
    "initial_password_lapses_at" INTEGER NULL,
    "reminders_sent" INTEGER NOT NULL,
    "link_serial" INTEGER NOT NULL,
    "link_expires_at" INTEGER NULL,
    "password_set_at" INTEGER NULL,
    "link_mailed_at" INTEGER NULL,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "FK_accounts_members_member_id" FOREIGN KEY ("member_id") REFERENCES "members" ("id") ON DELETE CASCADE
);

CREATE TABLE "member_certificates" (
    "key" TEXT NOT NULL CONSTRAINT "PK_member_certificates" PRIMARY KEY,
    "member_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "added_at" INTEGER NOT NULL,
    "issuer" TEXT NULL,
    "serial" TEXT NULL,
    "not_after" INTEGER NULL,
    CONSTRAINT "FK_member_certificates_members_member_id" FOREIGN KEY ("member_id") REFERENCES "members" ("id") ON DELETE CASCADE
);

CREATE TABLE "member_emails" (
    "member_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    CONSTRAINT "PK_member_emails" PRIMARY KEY ("member_id", "position"),
    CONSTRAINT "FK_member_emails_members_member_id" FOREIGN KEY ("member_id") REFERENCES "members" ("id") ON DELETE CASCADE
);

CREATE TABLE "memberships" (
    "member_id" TEXT NOT NULL,
    "institute_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "until" TEXT NULL,
    CONSTRAINT "PK_memberships" PRIMARY KEY ("member_id", "institute_id", "from"),
    CONSTRAINT "FK_memberships_institutes_institute_id" FOREIGN KEY ("institute_id") REFERENCES "institutes" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_memberships_members_member_id" FOREIGN KEY ("member_id") REFERENCES "members" ("id") ON DELETE CASCADE
);

CREATE TABLE "representatives" (
    "institute_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "is_deputy" INTEGER NOT NULL,
    "until" TEXT NULL,
    CONSTRAINT "PK_representatives" PRIMARY KEY ("institute_id", "member_id", "from"),
    CONSTRAINT "FK_representatives_institutes_institute_id" FOREIGN KEY ("institute_id") REFERENCES "institutes" ("id") ON DELETE CASCADE,
    CONSTRAINT "FK_representatives_members_member_id" FOREIGN KEY ("member_id") REFERENCES "members" ("id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_accounts_email_key" ON "accounts" ("email_key");

CREATE UNIQUE INDEX "IX_accounts_member_id" ON "accounts" ("member_id");

CREATE UNIQUE INDEX "IX_accounts_name" ON "accounts" ("name");

CREATE INDEX "IX_accounts_name_key" ON "accounts" ("name_key");

CREATE INDEX "IX_accounts_state_initial_password_lapses_at" ON "accounts" ("state", "initial_password_lapses_at");

CREATE INDEX "IX_audit_records_account_id" ON "audit_records" ("account_id");

CREATE INDEX "IX_audit_records_member_id" ON "audit_records" ("member_id");

CREATE INDEX "IX_audit_records_registration_id" ON "audit_records" ("registration_id");

CREATE INDEX "IX_aup_acceptances_account_id" ON "aup_acceptances" ("account_id");

CREATE INDEX "IX_aup_acceptances_registration_id" ON "aup_acceptances" ("registration_id");

CREATE UNIQUE INDEX "IX_credentials_normalized_user_name" ON "credentials" ("normalized_user_name");

CREATE UNIQUE INDEX "IX_directory_entries_uid" ON "directory_entries" ("uid");

CREATE INDEX "IX_member_certificates_member_id" ON "member_certificates" ("member_id");

CREATE INDEX "IX_member_emails_key" ON "member_emails" ("key");

CREATE INDEX "IX_members_name_key" ON "members" ("name_key");

CREATE INDEX "IX_memberships_institute_id" ON "memberships" ("institute_id");

CREATE INDEX "IX_outbox_orders_account_id" ON "outbox_orders" ("account_id");

CREATE UNIQUE INDEX "IX_outbox_orders_key" ON "outbox_orders" ("key");

CREATE INDEX "IX_outbox_orders_lane_not_before" ON "outbox_orders" ("lane", "not_before") WHERE done_at IS NULL;

CREATE INDEX "IX_outbox_orders_registration_id" ON "outbox_orders" ("registration_id");

CREATE INDEX "IX_registrations_account_id" ON "registrations" ("account_id");

CREATE INDEX "IX_registrations_certificate_key" ON "registrations" ("certificate_key");

CREATE INDEX "IX_registrations_email_key" ON "registrations" ("email_key");

CREATE UNIQUE INDEX "IX_registrations_form_key" ON "registrations" ("form_key");

CREATE INDEX "IX_registrations_name_key" ON "registrations" ("name_key");

CREATE UNIQUE INDEX "IX_registrations_reference" ON "registrations" ("reference");

CREATE INDEX "IX_registrations_state_state_since" ON "registrations" ("state", "state_since");

CREATE INDEX "IX_representatives_member_id" ON "representatives" ("member_id");

CREATE INDEX "IX_sessions_account_id" ON "sessions" ("account_id");

CREATE INDEX "IX_sessions_expires_at" ON "sessions" ("expires_at");

CREATE INDEX "IX_sign_in_attempts_last_at" ON "sign_in_attempts" ("last_at");

-- The trail is only ever added to; its one head row is what changes.
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records BEGIN SELECT RAISE(ABORT, 'audit records are append-only'); END;
CREATE TRIGGER audit_records_no_delete BEFORE DELETE ON audit_records BEGIN SELECT RAISE(ABORT, 'audit records are append-only'); END;
