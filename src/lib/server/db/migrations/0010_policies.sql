-- Policy files and rest-day tables that were loaded, which of them are in force, and whose dates that changed.
-- docs/adr/0010-policies-as-data.md

-- What was loaded, never changed: a correction is another file.
CREATE TABLE policy_files (
	id uuid PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('policies', 'rest_days')),
	body jsonb NOT NULL,
	-- SHA-256 of the body as canonical JSON, hex: how people and tablets name the file.
	sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	loaded_by uuid NOT NULL REFERENCES users (id),
	loaded_at timestamptz NOT NULL DEFAULT now()
);

-- A file is in force from its latest row here, if that says so. Rows are laid over each other in their order.
CREATE TABLE policy_activations (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file_id uuid NOT NULL REFERENCES policy_files (id),
	active boolean NOT NULL,
	decided_by uuid NOT NULL REFERENCES users (id),
	-- At the registry's own machine, where one operator loads and activates, or at two desks.
	road text NOT NULL CHECK (road IN ('operator', 'desk')),
	decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX policy_activations_by_file ON policy_activations (file_id, id DESC);

CREATE FUNCTION second_person_activates() RETURNS trigger
	LANGUAGE plpgsql
	AS $$
BEGIN
	IF NEW.road = 'desk' AND EXISTS (SELECT FROM policy_files WHERE id = NEW.file_id AND loaded_by = NEW.decided_by) THEN
		RAISE EXCEPTION 'whoever proposed a policy file does not activate it' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END
$$;
CREATE TRIGGER second_person BEFORE INSERT ON policy_activations
	FOR EACH ROW EXECUTE FUNCTION second_person_activates();

-- What a case file says to the hold, kept beside its row: another policy is tried on every child without folding one.
CREATE TABLE hold_facts (
	child_id uuid PRIMARY KEY REFERENCES child_rows (child_id) ON DELETE CASCADE,
	-- A HoldFacts without a day, and a PolicyGround.
	facts jsonb NOT NULL,
	ground jsonb NOT NULL,
	-- Which form of the two the program wrote.
	shape integer NOT NULL,
	-- Under which rules the child's row was made, and which policy of these the child was under.
	rules text NOT NULL,
	policy_id text NOT NULL
);
CREATE INDEX hold_facts_by_rules ON hold_facts (rules, child_id);

-- Whose dates changed by other rules. Only ids, codes and dates.
CREATE TABLE policy_changes (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	-- NULL where another version of the program brought other rules.
	activation_id bigint REFERENCES policy_activations (id),
	child_id uuid NOT NULL,
	-- HoldOutlines and the clocks that differ, see domain/hold/hold-change.ts.
	before jsonb NOT NULL,
	after jsonb NOT NULL,
	clocks jsonb NOT NULL,
	changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX policy_changes_by_activation ON policy_changes (activation_id, id);
CREATE INDEX policy_changes_by_child ON policy_changes (child_id, id DESC);

SELECT make_append_only('policy_files');
SELECT make_append_only('policy_activations');
SELECT make_append_only('policy_changes');

-- Every house reckons by the rules in force and so reads them; only the registry's own scope writes.
SELECT read_by_house('policy_files', 'true');
SELECT read_by_house('policy_activations', 'true');
SELECT read_by_house('hold_facts', 'EXISTS (SELECT FROM child_rows r WHERE r.child_id = hold_facts.child_id)');
SELECT read_by_house('policy_changes', 'EXISTS (SELECT FROM child_rows r WHERE r.child_id = policy_changes.child_id)');

GRANT SELECT, INSERT ON policy_files, policy_activations, policy_changes TO lampkeep_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON hold_facts TO lampkeep_app;
