-- Intakes written down without an account (domain/loose/loose.ts): the registry's alone, until an officer gives the child to a
-- house. Nobody proved who wrote one.

CREATE TABLE loose_records (
	-- Made where it was written, so that it can be sent twice.
	id uuid PRIMARY KEY,
	-- A Loose, JSON.
	body text NOT NULL,
	-- SHA-256 of the pictures as drawn again and kept (photos), in their order.
	photos text[] NOT NULL DEFAULT '{}',
	-- Pictures that could not be kept; then `sealed` has everything as it came.
	photos_refused integer NOT NULL DEFAULT 0,
	sealed text,
	-- Of the tablet that sent it along with its own records; NULL where nobody signed.
	institution_id uuid REFERENCES institutions (id),
	device_id uuid,
	-- SHA-256 of the content, hex: the same id with other words is not the same record.
	content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
	receipt text NOT NULL CHECK (receipt ~ '^[0-9A-F]{8}$'),
	received_at timestamptz(3) NOT NULL
);
CREATE INDEX loose_records_newest ON loose_records (received_at DESC);

-- What became of one: once, by one officer.
CREATE TABLE loose_decisions (
	record_id uuid PRIMARY KEY REFERENCES loose_records (id),
	kind text NOT NULL CHECK (kind IN ('attributed', 'set_aside')),
	-- The house that the child's file was handed to, and the file.
	house_id uuid REFERENCES institutions (id),
	child_id uuid,
	reason text CHECK (reason <> ''),
	decided_by uuid NOT NULL REFERENCES users (id),
	decided_at timestamptz(3) NOT NULL,
	CHECK ((kind = 'attributed') = (house_id IS NOT NULL AND child_id IS NOT NULL)),
	CHECK ((kind = 'set_aside') = (reason IS NOT NULL))
);

SELECT make_append_only('loose_records');
SELECT make_append_only('loose_decisions');
ALTER TABLE loose_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE loose_records FORCE ROW LEVEL SECURITY;
ALTER TABLE loose_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE loose_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_registry ON loose_records USING ((SELECT lampkeep_scope()) = 'registry');
CREATE POLICY whole_registry ON loose_decisions USING ((SELECT lampkeep_scope()) = 'registry');
GRANT SELECT, INSERT ON loose_records, loose_decisions TO lampkeep_app;
