-- Who may read a full file until when, who read which, and what was asked about one (未成年人网络保护条例 34, 36, 37;
-- 个人信息保护法 44-47). docs/adr/0011-reading-is-logged.md
--
-- All of it is append-only: a grant ends by a revocation, a request by a decision, each a row of its own. Ids and codes;
-- no name of a child.

-- The child is with the house of this transaction.
CREATE FUNCTION lampkeep_has_child(child uuid) RETURNS boolean
	LANGUAGE sql STABLE
	AS $$ SELECT EXISTS (SELECT FROM child_rows WHERE child_rows.child_id = child
		AND child_rows.custodian = (SELECT lampkeep_institution())) $$;

CREATE TABLE access_grants (
	id uuid PRIMARY KEY,
	-- Whose supervisor gave it, or the house of the account it came with; of the registry's officers, the registry.
	institution_id uuid NOT NULL REFERENCES institutions (id),
	staff_id uuid NOT NULL,
	staff_institution_id uuid NOT NULL,
	-- 'house': the children who are with house_id, or on their way there.
	scope text NOT NULL CHECK (scope IN ('child', 'house', 'every_house')),
	child_id uuid,
	house_id uuid REFERENCES institutions (id),
	purpose text NOT NULL CHECK (purpose IN
		('care', 'claim', 'review', 'notice', 'audit', 'police_request', 'child_asks', 'handover')),
	-- Both days included; civil days at the registry.
	from_day date NOT NULL,
	until_day date NOT NULL,
	-- NULL for a standing grant that came with the account.
	granted_by uuid REFERENCES users (id),
	granted_at timestamptz(3) NOT NULL DEFAULT now(),
	FOREIGN KEY (staff_institution_id, staff_id) REFERENCES users (institution_id, id),
	CHECK (until_day >= from_day),
	CHECK ((scope = 'child') = (child_id IS NOT NULL)),
	CHECK ((scope = 'house') = (house_id IS NOT NULL))
);
CREATE INDEX access_grants_by_staff ON access_grants (staff_id, until_day DESC);
CREATE INDEX access_grants_by_child ON access_grants (child_id) WHERE child_id IS NOT NULL;
CREATE INDEX access_grants_by_institution ON access_grants (institution_id, until_day DESC);

CREATE TABLE access_revocations (
	grant_id uuid PRIMARY KEY REFERENCES access_grants (id),
	institution_id uuid NOT NULL REFERENCES institutions (id),
	revoked_by uuid NOT NULL REFERENCES users (id),
	-- The civil day at the registry from which it covers nothing.
	revoked_on date NOT NULL,
	revoked_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE access_readings (
	-- Made where the file was opened: a tablet may tell of it twice.
	id uuid PRIMARY KEY,
	-- The reader's house.
	institution_id uuid NOT NULL REFERENCES institutions (id),
	-- Nobody's row is asked for: what a tablet tells is kept whoever it names.
	staff_id uuid NOT NULL,
	child_id uuid NOT NULL,
	-- The reader's clock. A tablet's is a claim.
	at timestamptz(3) NOT NULL,
	-- The registry's: months and years are counted by it, so that no wrong clock hides a reading from a year's export.
	received_at timestamptz(3) NOT NULL,
	place text NOT NULL CHECK (place IN ('desk', 'tablet')),
	device_id uuid,
	-- The tablet had been closed before it told.
	device_closed boolean NOT NULL DEFAULT false,
	what text NOT NULL CHECK (what IN ('full', 'notice', 'claim', 'print', 'export')),
	purpose text NOT NULL CHECK (purpose IN
		('care', 'claim', 'review', 'notice', 'audit', 'police_request', 'child_asks', 'handover')),
	-- 'none': on a tablet, and no grant covered it.
	basis text NOT NULL CHECK (basis IN ('grant', 'duty', 'reason', 'none')),
	grant_id uuid REFERENCES access_grants (id),
	reason text,
	CHECK ((place = 'tablet') = (device_id IS NOT NULL)),
	CHECK ((basis = 'grant') = (grant_id IS NOT NULL)),
	CHECK ((basis = 'reason') = (reason IS NOT NULL))
);
CREATE INDEX access_readings_by_child ON access_readings (child_id, received_at DESC);
CREATE INDEX access_readings_by_staff ON access_readings (staff_id, received_at DESC);
CREATE INDEX access_readings_by_institution ON access_readings (institution_id, received_at DESC);
CREATE INDEX access_readings_uncovered ON access_readings (received_at DESC) WHERE basis IN ('reason', 'none');

-- A supervisor looked at a reading that no grant covered.
CREATE TABLE access_reading_checks (
	reading_id uuid NOT NULL REFERENCES access_readings (id),
	institution_id uuid NOT NULL REFERENCES institutions (id),
	checked_by uuid NOT NULL REFERENCES users (id),
	checked_at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (reading_id, institution_id)
);

CREATE TABLE file_requests (
	id uuid PRIMARY KEY,
	-- The house that answers: the one that has the child when the request comes, or the registry.
	institution_id uuid NOT NULL REFERENCES institutions (id),
	child_id uuid NOT NULL,
	kind text NOT NULL CHECK (kind IN ('see', 'copy', 'correct', 'delete', 'own_file')),
	requester text NOT NULL CHECK (requester IN ('child', 'guardian', 'claimant')),
	requester_name text NOT NULL CHECK (requester_name <> ''),
	-- What is asked, in the words it was asked in.
	words text NOT NULL CHECK (words <> ''),
	received_on date NOT NULL,
	due_on date NOT NULL CHECK (due_on >= received_on),
	recorded_by uuid NOT NULL REFERENCES users (id),
	recorded_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX file_requests_by_house ON file_requests (institution_id, due_on);
CREATE INDEX file_requests_by_child ON file_requests (child_id);

CREATE TABLE file_request_decisions (
	request_id uuid PRIMARY KEY REFERENCES file_requests (id),
	institution_id uuid NOT NULL REFERENCES institutions (id),
	decision text NOT NULL CHECK (decision IN ('granted', 'refused')),
	-- Of a refusal why; of a grant what is done.
	reasons text NOT NULL DEFAULT '',
	decided_by uuid NOT NULL REFERENCES users (id),
	decided_on date NOT NULL,
	decided_at timestamptz(3) NOT NULL DEFAULT now(),
	CHECK (decision = 'granted' OR length(reasons) >= 10)
);

SELECT make_append_only('access_grants');
SELECT make_append_only('access_revocations');
SELECT make_append_only('access_readings');
SELECT make_append_only('access_reading_checks');
SELECT make_append_only('file_requests');
SELECT make_append_only('file_request_decisions');

-- Whoever works today goes on working: the standing grants that accounts get from now on, for a year; and for officers of
-- the registry, who have read every file until now, grants that name what for.
SELECT set_config('lampkeep.scope', 'registry', true);
INSERT INTO access_grants (id, institution_id, staff_id, staff_institution_id, scope, house_id, purpose, from_day, until_day)
SELECT gen_random_uuid(), users.institution_id, users.id, users.institution_id,
	CASE WHEN users.role = 'registry_officer' THEN 'every_house' ELSE 'house' END,
	CASE WHEN users.role = 'registry_officer' THEN NULL ELSE users.institution_id END,
	standing.purpose, today.day, (today.day + interval '1 year')::date
FROM users
	JOIN (VALUES ('care_worker', 'care'), ('supervisor', 'care'),
		('second_administrator', 'review'), ('second_administrator', 'notice'), ('second_administrator', 'claim'),
		('registry_officer', 'review'), ('registry_officer', 'notice'), ('registry_officer', 'claim')
	) AS standing (role, purpose) ON standing.role = users.role
	CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS today
WHERE users.disabled_at IS NULL;
SELECT set_config('lampkeep.scope', '', true);

SELECT separate_institutions('file_requests');
SELECT separate_institutions('file_request_decisions');

ALTER TABLE access_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grants FORCE ROW LEVEL SECURITY;
ALTER TABLE access_revocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_revocations FORCE ROW LEVEL SECURITY;
ALTER TABLE access_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_readings FORCE ROW LEVEL SECURITY;
ALTER TABLE access_reading_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_reading_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_registry ON access_grants USING ((SELECT lampkeep_scope()) = 'registry');
CREATE POLICY whole_registry ON access_revocations USING ((SELECT lampkeep_scope()) = 'registry');
CREATE POLICY whole_registry ON access_readings USING ((SELECT lampkeep_scope()) = 'registry');
CREATE POLICY whole_registry ON access_reading_checks USING ((SELECT lampkeep_scope()) = 'registry');

-- A house sees what it gave, what its people were given, and what is about itself and the children it has.
CREATE POLICY concerned_house_reads ON access_grants FOR SELECT
	USING ((SELECT lampkeep_scope()) = 'institution' AND ((SELECT lampkeep_institution()) IN
		(institution_id, staff_institution_id, house_id) OR lampkeep_has_child(child_id)));
-- … and gives about itself and the children it has.
CREATE POLICY own_house_gives ON access_grants FOR INSERT
	WITH CHECK ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution())
		AND (house_id = (SELECT lampkeep_institution()) OR lampkeep_has_child(child_id)));

CREATE POLICY concerned_house_reads ON access_revocations FOR SELECT
	USING ((SELECT lampkeep_scope()) = 'institution'
		AND EXISTS (SELECT FROM access_grants WHERE access_grants.id = access_revocations.grant_id));
-- Not what was only given to its people by others.
CREATE POLICY own_house_revokes ON access_revocations FOR INSERT
	WITH CHECK ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution())
		AND EXISTS (SELECT FROM access_grants WHERE access_grants.id = access_revocations.grant_id
			AND ((SELECT lampkeep_institution()) IN (access_grants.institution_id, access_grants.house_id)
				OR lampkeep_has_child(access_grants.child_id))));

-- A house sees what its own people read, and who reads of the children it has.
CREATE POLICY concerned_house_reads ON access_readings FOR SELECT
	USING ((SELECT lampkeep_scope()) = 'institution'
		AND (institution_id = (SELECT lampkeep_institution()) OR lampkeep_has_child(child_id)));
CREATE POLICY own_people_read ON access_readings FOR INSERT
	WITH CHECK ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution()));

CREATE POLICY own_house ON access_reading_checks
	USING ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution()))
	WITH CHECK ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution())
		AND EXISTS (SELECT FROM access_readings WHERE access_readings.id = access_reading_checks.reading_id));

GRANT SELECT, INSERT ON access_grants, access_revocations, access_readings, access_reading_checks,
	file_requests, file_request_decisions TO lampkeep_app;
