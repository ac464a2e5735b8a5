-- Houses, people, tablets, and how each proves who it is.

CREATE TABLE institutions (
	id uuid PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	name_en text NOT NULL DEFAULT '',
	kind text NOT NULL CHECK (kind IN ('rescue_station', 'welfare_institution', 'registry')),
	-- Unified social credit code (GB 32100), where the house has one.
	uscc text UNIQUE,
	phone text,
	-- GB/T 2260, six digits.
	region_code text CHECK (region_code ~ '^[0-9]{6}$'),
	-- Counts the changes of the roster: people, keys, names. Tablets ask for the roster when theirs is older.
	roster_version integer NOT NULL DEFAULT 1,
	created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
	id uuid PRIMARY KEY,
	institution_id uuid NOT NULL REFERENCES institutions (id),
	-- What a person types to sign in at the desk; NULL for people who work on tablets alone. Lower case.
	login text UNIQUE CHECK (login = lower(login) AND login <> ''),
	name text NOT NULL CHECK (name <> ''),
	role text NOT NULL CHECK (role IN ('care_worker', 'supervisor', 'second_administrator', 'registry_officer', 'auditor')),
	-- Argon2id in PHC form, parameters and salt inside.
	password_hash text,
	created_at timestamptz NOT NULL DEFAULT now(),
	disabled_at timestamptz,
	UNIQUE (institution_id, id)
);

CREATE TABLE devices (
	id uuid PRIMARY KEY,
	institution_id uuid NOT NULL REFERENCES institutions (id),
	name text NOT NULL DEFAULT '',
	-- P-256, uncompressed point, 65 bytes, base64url: signs requests.
	public_key text NOT NULL,
	enrolled_at timestamptz NOT NULL DEFAULT now(),
	last_contact_at timestamptz,
	-- Highest deviceSeq the tablet said it has, to notice what never arrived.
	last_sequence bigint NOT NULL DEFAULT 0,
	revoked_at timestamptz,
	UNIQUE (institution_id, id)
);

-- A person's signing key on one tablet. A second enrolment on the same tablet adds a key and keeps the first: entries
-- signed by it may still wait on the tablet.
CREATE TABLE staff_keys (
	staff_id uuid NOT NULL,
	device_id uuid NOT NULL,
	institution_id uuid NOT NULL,
	public_key text NOT NULL,
	added_at timestamptz NOT NULL DEFAULT now(),
	removed_at timestamptz,
	PRIMARY KEY (staff_id, device_id, public_key),
	FOREIGN KEY (institution_id, staff_id) REFERENCES users (institution_id, id),
	FOREIGN KEY (institution_id, device_id) REFERENCES devices (institution_id, id)
);
CREATE INDEX staff_keys_by_device ON staff_keys (device_id);

-- One-time codes; the code itself is never stored.
CREATE TABLE enrol_codes (
	id uuid PRIMARY KEY,
	code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
	institution_id uuid NOT NULL,
	staff_id uuid NOT NULL,
	created_by uuid REFERENCES users (id),
	created_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz NOT NULL,
	used_at timestamptz,
	device_id uuid REFERENCES devices (id),
	withdrawn_at timestamptz,
	FOREIGN KEY (institution_id, staff_id) REFERENCES users (institution_id, id)
);
CREATE INDEX enrol_codes_by_house ON enrol_codes (institution_id, created_at DESC);

-- A desk's sign-in: SHA-256 of the 256-bit token in the cookie.
CREATE TABLE sessions (
	token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
	institution_id uuid NOT NULL,
	user_id uuid NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now(),
	last_seen_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz NOT NULL,
	FOREIGN KEY (institution_id, user_id) REFERENCES users (institution_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON sessions (user_id);

SELECT separate_institutions('users');
SELECT separate_institutions('devices');
SELECT separate_institutions('staff_keys');
SELECT separate_institutions('enrol_codes');
SELECT separate_institutions('sessions');

-- Every house knows the names of the others (a child is handed over to one); only the registry writes them.
ALTER TABLE institutions ENABLE ROW LEVEL SECURITY;
ALTER TABLE institutions FORCE ROW LEVEL SECURITY;
CREATE POLICY houses_know_each_other ON institutions FOR SELECT
	USING ((SELECT lampkeep_scope()) IN ('institution', 'registry'));
CREATE POLICY whole_registry ON institutions
	USING ((SELECT lampkeep_scope()) = 'registry');
CREATE POLICY own_roster ON institutions FOR UPDATE
	USING ((SELECT lampkeep_scope()) = 'institution' AND id = (SELECT lampkeep_institution()));

GRANT SELECT, INSERT ON institutions, users, devices, staff_keys, enrol_codes TO lampkeep_app;
GRANT UPDATE (roster_version) ON institutions TO lampkeep_app;
GRANT UPDATE (password_hash, disabled_at) ON users TO lampkeep_app;
GRANT UPDATE (name, public_key, last_contact_at, last_sequence, revoked_at) ON devices TO lampkeep_app;
GRANT UPDATE (removed_at) ON staff_keys TO lampkeep_app;
GRANT UPDATE (used_at, device_id, withdrawn_at) ON enrol_codes TO lampkeep_app;
GRANT SELECT, INSERT, DELETE ON sessions TO lampkeep_app;
GRANT UPDATE (last_seen_at) ON sessions TO lampkeep_app;
