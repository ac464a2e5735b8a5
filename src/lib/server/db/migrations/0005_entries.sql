-- The log: entries as they were signed, and for each house a feed of them with a hash chain. docs/adr/0005-feeds-and-chain.md
--
-- A push is stored in the scope 'registry', because an entry may belong to several houses' feeds; a house reads in its
-- own scope, and sees an entry only by having it in its feed.

CREATE TABLE entries (
	id uuid PRIMARY KEY,
	child_id uuid NOT NULL,
	-- The author's house, person and tablet (or the desk of the house).
	institution_id uuid NOT NULL,
	staff_id uuid NOT NULL,
	device_id uuid NOT NULL,
	device_seq bigint NOT NULL CHECK (device_seq > 0),
	type text NOT NULL,
	version integer NOT NULL,
	occurred_on date NOT NULL,
	-- Canonical JSON with the signature, byte for byte what was signed.
	body text NOT NULL,
	-- SHA-256 of body, hex.
	body_hash text NOT NULL CHECK (body_hash ~ '^[0-9a-f]{64}$'),
	received_at timestamptz(3) NOT NULL,
	UNIQUE (device_id, device_seq)
);
CREATE INDEX entries_by_child ON entries (child_id);

-- One row per house and position; positions run 1, 2, 3, … without a gap, in the order in which they become visible.
CREATE TABLE feed (
	institution_id uuid NOT NULL,
	position bigint NOT NULL CHECK (position > 0),
	entry_id uuid NOT NULL REFERENCES entries (id),
	-- SHA-256 of the hash before, the position, received_at and body_hash, hex.
	hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
	PRIMARY KEY (institution_id, position),
	UNIQUE (entry_id, institution_id)
);

-- The end of each feed. Its row lock hands out the positions: two pushes to one house wait for each other here, so that
-- no cursor passes a position that is committed later; pushes to different houses run beside each other.
CREATE TABLE feed_heads (
	institution_id uuid PRIMARY KEY,
	position bigint NOT NULL DEFAULT 0,
	hash text NOT NULL
);

-- One row per child; its lock lets one push at a time change a case, its count is the version a decision expects.
CREATE TABLE cases (
	child_id uuid PRIMARY KEY,
	entry_count bigint NOT NULL DEFAULT 0
);

-- Which houses have to do with a child, in the order they came; never taken back. See sync/receive.ts.
CREATE TABLE child_houses (
	child_id uuid NOT NULL,
	institution_id uuid NOT NULL,
	-- 1 for the house whose entry was the first.
	number integer NOT NULL,
	-- The entry that named the house.
	because uuid NOT NULL,
	PRIMARY KEY (child_id, institution_id),
	UNIQUE (child_id, number)
);

-- What came and is not a fact: kept as it came, with the reason, for the supervisor.
CREATE TABLE quarantine (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	institution_id uuid NOT NULL,
	device_id uuid NOT NULL,
	-- Where they could be read.
	entry_id uuid,
	child_id uuid,
	reason_type text NOT NULL,
	reason jsonb NOT NULL,
	body text NOT NULL,
	body_hash text NOT NULL,
	received_at timestamptz(3) NOT NULL,
	-- The same item, sent again and again, is one row.
	UNIQUE (device_id, body_hash, reason_type)
);
CREATE INDEX quarantine_by_house ON quarantine (institution_id, id DESC);
CREATE INDEX quarantine_by_child ON quarantine (child_id) WHERE reason_type = 'child_elsewhere';

-- The desk of a house as an author: its own sequence of entries, signed with the registry's key.
CREATE TABLE desk_devices (
	institution_id uuid PRIMARY KEY,
	device_id uuid NOT NULL UNIQUE,
	last_seq bigint NOT NULL DEFAULT 0,
	-- SHA-256 of the desk's latest entry, hex; NULL before the first.
	last_hash text
);

-- Read model: one line per child, made from the log and from nothing else (`lampkeep rebuild` makes it again).
CREATE TABLE child_rows (
	child_id uuid PRIMARY KEY,
	-- Houses that may read the child now.
	houses uuid[] NOT NULL,
	-- A ChildRow, see domain/case-file/child-row.ts.
	row jsonb NOT NULL,
	-- Columns the desk's list sorts and filters by, out of the row.
	custodian uuid,
	name text,
	case_number text,
	sex text,
	hold_last_day date,
	submitted boolean NOT NULL,
	notice text NOT NULL,
	conflict_count integer NOT NULL,
	-- The earliest duty; NULL where there is none with a date.
	next_due date,
	-- Names, numbers and marks in lower case, for the search.
	words text NOT NULL
);
CREATE INDEX child_rows_by_house ON child_rows USING gin (houses);
CREATE INDEX child_rows_by_custodian ON child_rows (custodian, hold_last_day);

-- Which photos an entry names: a photo no entry names is kept and not served.
CREATE TABLE photo_uses (
	entry_id uuid NOT NULL REFERENCES entries (id),
	sha256 text NOT NULL,
	child_id uuid NOT NULL,
	PRIMARY KEY (sha256, entry_id)
);

-- Photos that arrived, and what became of them; the files lie in DATA_DIR/photos. Identity is the SHA-256 of the bytes
-- as the tablet sent them.
CREATE TABLE photos (
	sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	-- The house whose tablet sent it first.
	institution_id uuid NOT NULL,
	device_id uuid NOT NULL,
	status text NOT NULL CHECK (status IN ('stored', 'refused')),
	-- Why it was refused, a code.
	reason text,
	media_type text,
	bytes integer NOT NULL,
	width integer,
	height integer,
	receipt text NOT NULL,
	received_at timestamptz(3) NOT NULL,
	CHECK ((status = 'refused') = (reason IS NOT NULL))
);

SELECT make_append_only('entries');
SELECT make_append_only('feed');
SELECT make_append_only('child_houses');
SELECT make_append_only('quarantine');
SELECT make_append_only('photo_uses');
SELECT make_append_only('photos');

-- A house reads; only the registry's own scope writes.
CREATE FUNCTION read_by_house(separated regclass, readable text) RETURNS void
	LANGUAGE plpgsql
	AS $$
BEGIN
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', separated);
	EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', separated);
	EXECUTE format('CREATE POLICY own_house_reads ON %s FOR SELECT
		USING ((SELECT lampkeep_scope()) = ''institution'' AND %s)', separated, readable);
	EXECUTE format('CREATE POLICY whole_registry ON %s
		USING ((SELECT lampkeep_scope()) = ''registry'')', separated);
END
$$;
REVOKE ALL ON FUNCTION read_by_house(regclass, text) FROM PUBLIC;

SELECT read_by_house('feed', 'institution_id = (SELECT lampkeep_institution())');
SELECT read_by_house('feed_heads', 'institution_id = (SELECT lampkeep_institution())');
SELECT read_by_house('child_houses', 'institution_id = (SELECT lampkeep_institution())');
SELECT read_by_house('quarantine', 'institution_id = (SELECT lampkeep_institution())');
SELECT read_by_house('desk_devices', 'institution_id = (SELECT lampkeep_institution())');
SELECT read_by_house('child_rows', 'houses @> ARRAY[(SELECT lampkeep_institution())]');
SELECT read_by_house('entries',
	'EXISTS (SELECT FROM feed f WHERE f.entry_id = entries.id AND f.institution_id = (SELECT lampkeep_institution()))');
SELECT read_by_house('photo_uses',
	'EXISTS (SELECT FROM feed f WHERE f.entry_id = photo_uses.entry_id AND f.institution_id = (SELECT lampkeep_institution()))');
SELECT read_by_house('cases',
	'EXISTS (SELECT FROM child_houses h WHERE h.child_id = cases.child_id)');
SELECT read_by_house('photos',
	'(institution_id = (SELECT lampkeep_institution()) OR EXISTS (SELECT FROM photo_uses u WHERE u.sha256 = photos.sha256))');

GRANT SELECT, INSERT ON entries, feed, child_houses, quarantine, photo_uses, photos TO lampkeep_app;
GRANT SELECT, INSERT ON feed_heads, cases, desk_devices TO lampkeep_app;
GRANT UPDATE (position, hash) ON feed_heads TO lampkeep_app;
GRANT UPDATE (entry_count) ON cases TO lampkeep_app;
GRANT UPDATE (last_seq, last_hash) ON desk_devices TO lampkeep_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON child_rows TO lampkeep_app;

-- The program finds a tablet ahead of its feed: the database was put back without PostgreSQL knowing. The program's role
-- may not write epochs; it may say only this one thing, and only once for each epoch.
CREATE FUNCTION begin_epoch_for_tablets_ahead(next_epoch uuid, seen_epoch uuid) RETURNS uuid
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
	AS $$
DECLARE
	known registry_meta;
BEGIN
	SELECT * INTO STRICT known FROM registry_meta FOR UPDATE;
	IF known.epoch <> seen_epoch THEN
		RETURN known.epoch;
	END IF;
	INSERT INTO epochs (epoch, fingerprint, reason) VALUES (next_epoch, known.fingerprint, 'tablets-are-ahead');
	UPDATE registry_meta SET epoch = next_epoch;
	RETURN next_epoch;
END
$$;
REVOKE ALL ON FUNCTION begin_epoch_for_tablets_ahead(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_epoch_for_tablets_ahead(uuid, uuid) TO lampkeep_app;
