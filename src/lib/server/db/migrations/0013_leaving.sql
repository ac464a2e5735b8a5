-- Adopters, and what only the registry knows of a leaving; the numbers of papers, to find one that is used twice.

-- Why a house's code was taken although its check sign is wrong (GB 32100): shown, overridden with a reason, never silent.
ALTER TABLE institutions ADD COLUMN uscc_exception text CHECK (uscc_exception <> '');

-- Who adopts (民法典 1098-1102), for the registry's eyes alone: adoption is secret (民法典 1110), and a file is on tablets.
-- The file's entries name a row by its id. What was recorded stays: a slip is corrected by a new version of the row.
CREATE TABLE adopters (
	id uuid NOT NULL,
	version integer NOT NULL CHECK (version > 0),
	child_id uuid NOT NULL,
	-- Adopter, see domain/leaving/adopter.ts.
	adopter jsonb NOT NULL,
	recorded_by uuid NOT NULL REFERENCES users (id),
	institution_id uuid NOT NULL REFERENCES institutions (id),
	recorded_at timestamptz(3) NOT NULL,
	PRIMARY KEY (id, version)
);
CREATE INDEX adopters_by_child ON adopters (child_id);
SELECT make_append_only('adopters');
ALTER TABLE adopters ENABLE ROW LEVEL SECURITY;
ALTER TABLE adopters FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_registry ON adopters USING ((SELECT lampkeep_scope()) = 'registry');
GRANT SELECT, INSERT ON adopters TO lampkeep_app;

-- Read model: the numbers of the papers that stand in each file, made from the log and from nothing else.
CREATE TABLE document_numbers (
	child_id uuid NOT NULL,
	item_id uuid NOT NULL,
	-- DOC-A … DOC-M, OTHER.
	code text NOT NULL,
	-- The number as it is compared, see domain/document/number.ts.
	number_key text NOT NULL CHECK (number_key <> ''),
	PRIMARY KEY (child_id, item_id, number_key)
);
CREATE INDEX document_numbers_by_key ON document_numbers (number_key);
SELECT read_by_house('document_numbers',
	'EXISTS (SELECT FROM child_rows r WHERE r.child_id = document_numbers.child_id)');
GRANT SELECT, INSERT, DELETE ON document_numbers TO lampkeep_app;
