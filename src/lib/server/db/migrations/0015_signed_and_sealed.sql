-- What the registry signs, what it could not open, and what becomes of a closed tablet.
-- docs/adr/0015-what-the-registry-signs.md

-- Statements of the registry's signing key, each as it was signed. Nothing is read from here to decide anything: they are the
-- registry's own memory of what it said, beside the copies that tablets hold.
CREATE TABLE signed_statements (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	institution_id uuid NOT NULL REFERENCES institutions (id),
	kind text NOT NULL CHECK (kind IN ('roster', 'grant', 'revocation', 'tree_head')),
	-- What it is about, so that the same thing is signed once: a tablet, a position with its hash, a day.
	subject text NOT NULL,
	-- Canonical JSON, byte for byte what was signed.
	body text NOT NULL,
	-- ECDSA P-256, r‖s, base64url.
	signature text NOT NULL CHECK (signature ~ '^[A-Za-z0-9_-]{86}$'),
	signed_at timestamptz(3) NOT NULL,
	UNIQUE (institution_id, kind, subject)
);
CREATE INDEX signed_statements_newest ON signed_statements (institution_id, kind, id DESC);
SELECT separate_institutions('signed_statements');
SELECT make_append_only('signed_statements');
GRANT SELECT, INSERT ON signed_statements TO lampkeep_app;

-- Sealed records that could not be opened or read: kept as they came, for whoever finds the key or the fault.
CREATE TABLE sealed_aside (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	-- NULL, both, of a loose record: nobody proved who sent it.
	institution_id uuid REFERENCES institutions (id),
	device_id uuid,
	-- In the journal of the tablet, where it could be read.
	number bigint,
	problem text NOT NULL CHECK (problem ~ '^[a-z0-9_]+$'),
	-- JSON, as it came.
	body text NOT NULL,
	body_hash text NOT NULL CHECK (body_hash ~ '^[0-9a-f]{64}$'),
	received_at timestamptz(3) NOT NULL,
	UNIQUE NULLS NOT DISTINCT (device_id, body_hash, problem)
);
CREATE INDEX sealed_aside_by_house ON sealed_aside (institution_id, id DESC);
SELECT read_by_house('sealed_aside', 'institution_id = (SELECT lampkeep_institution())');
SELECT make_append_only('sealed_aside');
GRANT SELECT, INSERT ON sealed_aside TO lampkeep_app;

-- A closed tablet: by whom and why; when it said that it had erased itself, and how many records it could not send before.
ALTER TABLE devices ADD COLUMN revoked_by uuid REFERENCES users (id);
ALTER TABLE devices ADD COLUMN revoked_because text CHECK (revoked_because <> '');
ALTER TABLE devices ADD COLUMN wiped_at timestamptz(3);
ALTER TABLE devices ADD COLUMN wiped_left integer CHECK (wiped_left >= 0);
-- How far into the house's feed the registry has answered the tablet: what it may hold of others.
ALTER TABLE devices ADD COLUMN read_position bigint NOT NULL DEFAULT 0;
GRANT UPDATE (revoked_by, revoked_because, wiped_at, wiped_left, read_position) ON devices TO lampkeep_app;
