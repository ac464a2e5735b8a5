-- Claims and missing-child reports (rule book 3.3, 5). docs/adr/0008-claims-and-decisions.md
--
-- What happened to a claim is in claim_events: ids and codes, never a word of the family, so that it can be kept for ever.
-- What the family said and showed is in claim_statements and claim_papers, which can be erased (refused claims: after
-- twelve months). The child's own file learns of a claim by its entries claim.opened and claim.closed, and nothing else.
--
-- Who reads: the family its own claim (scope 'claimant', after ticket and secret); a house the claims that name a child it
-- may read; the registry all. The public scope can begin a claim and look up a ticket's hash.

CREATE TABLE claims (
	id uuid PRIMARY KEY,
	-- For people of the desk, e.g. RL-7F3K-29QX; random. The family has a ticket of its own.
	number text NOT NULL UNIQUE,
	-- 'claim': for a child the family believes it saw; 'report': a missing child, none named.
	kind text NOT NULL CHECK (kind IN ('claim', 'report')),
	-- Read model of the events; 'draft' until the family sends it.
	state text NOT NULL DEFAULT 'draft',
	-- The notice the family came from, as it typed it.
	public_number text,
	-- Set by a background job or by the desk, never while the family waits: the answer tells nobody whether a child is there.
	child_id uuid,
	event_count integer NOT NULL DEFAULT 0,
	statement_version integer NOT NULL DEFAULT 0,
	received_at timestamptz(3),
	-- From plausible screening to decision, lapse or withdrawal: civil dates at the registry.
	blocks_since date,
	sample_due date,
	closed_on date,
	-- ClaimRow, see domain/claim: what lists and boards show.
	row jsonb NOT NULL DEFAULT '{}',
	created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX claims_by_child ON claims (child_id) WHERE child_id IS NOT NULL;
CREATE INDEX claims_by_state ON claims (state, received_at);
CREATE INDEX claims_by_sample_due ON claims (sample_due) WHERE sample_due IS NOT NULL;

CREATE TABLE claim_events (
	claim_id uuid NOT NULL REFERENCES claims (id),
	-- 1, 2, 3, …: the version a decision expects.
	number integer NOT NULL CHECK (number > 0),
	type text NOT NULL CHECK (type ~ '^[a-z_]+$'),
	-- ClaimEvent, see domain/claim/events.ts.
	payload jsonb NOT NULL,
	at timestamptz(3) NOT NULL,
	-- The civil day at the registry.
	on_day date NOT NULL,
	-- NULL where the family or the registry's own clock did it.
	user_id uuid REFERENCES users (id),
	institution_id uuid REFERENCES institutions (id),
	PRIMARY KEY (claim_id, number)
);
SELECT make_append_only('claim_events');

-- Every version of what the family says; the highest counts. Erasable.
CREATE TABLE claim_statements (
	claim_id uuid NOT NULL REFERENCES claims (id),
	version integer NOT NULL CHECK (version > 0),
	-- FamilyStatement, see domain/claim/statement.ts.
	statement jsonb NOT NULL,
	saved_at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (claim_id, version)
);

-- Ticket (written down, read aloud) and secret (kept): together they open one claim.
CREATE TABLE claim_tickets (
	ticket text PRIMARY KEY,
	claim_id uuid NOT NULL UNIQUE REFERENCES claims (id),
	-- SHA-256 of the secret, which has at least 64 random bits.
	secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
	-- A draft nobody sends is erased after this day.
	draft_until date NOT NULL
);

-- HMAC of an identity paper's number or a telephone number under the registry's key: counts open claims of one person
-- (at most five), and says nothing else.
CREATE TABLE claim_identities (
	claim_id uuid NOT NULL REFERENCES claims (id),
	identity_hash bytea NOT NULL CHECK (octet_length(identity_hash) = 32),
	kind text NOT NULL CHECK (kind IN ('identity_number', 'phone')),
	PRIMARY KEY (claim_id, identity_hash)
);
CREATE INDEX claim_identities_by_hash ON claim_identities (identity_hash);

-- Photos of papers a family sent, made again by the registry (no metadata); the files lie in DATA_DIR/claim-papers.
CREATE TABLE claim_papers (
	id uuid PRIMARY KEY,
	claim_id uuid NOT NULL REFERENCES claims (id),
	sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	kind text NOT NULL,
	media_type text NOT NULL,
	bytes integer NOT NULL,
	added_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX claim_papers_by_claim ON claim_papers (claim_id);

-- Every fact about a child that was ever public: nothing of it counts as knowledge in a claim. Made from the notice's
-- drafts when they are approved; kept after the notice is gone.
CREATE TABLE published_facts (
	child_id uuid NOT NULL,
	-- The approved draft.
	draft_id uuid NOT NULL,
	field text NOT NULL,
	words text NOT NULL,
	published_on date NOT NULL,
	PRIMARY KEY (child_id, draft_id, field)
);
SELECT make_append_only('published_facts');

-- The claim whose row a policy looks at is the family's own, or names a child the house may read.
CREATE FUNCTION separate_claims(separated regclass, claim_column text) RETURNS void
	LANGUAGE plpgsql
	AS $$
BEGIN
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', separated);
	EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', separated);
	EXECUTE format('CREATE POLICY own_claim ON %s
		USING ((SELECT lampkeep_scope()) = ''claimant'' AND %s = (SELECT lampkeep_claim()))', separated, claim_column);
	EXECUTE format('CREATE POLICY whole_registry ON %s
		USING ((SELECT lampkeep_scope()) = ''registry'')', separated);
	IF separated = 'claims'::regclass THEN
		EXECUTE 'CREATE POLICY claims_on_own_children ON claims FOR SELECT
			USING ((SELECT lampkeep_scope()) = ''institution'' AND child_id IS NOT NULL
				AND EXISTS (SELECT FROM child_rows WHERE child_rows.child_id = claims.child_id
					AND child_rows.custodian = (SELECT lampkeep_institution())))';
	ELSE
		EXECUTE format('CREATE POLICY claims_on_own_children ON %s FOR SELECT
			USING ((SELECT lampkeep_scope()) = ''institution''
				AND EXISTS (SELECT FROM claims WHERE claims.id = %s))', separated, claim_column);
	END IF;
END
$$;
REVOKE ALL ON FUNCTION separate_claims(regclass, text) FROM PUBLIC;

SELECT separate_claims('claims', 'id');
SELECT separate_claims('claim_events', 'claim_id');
SELECT separate_claims('claim_statements', 'claim_id');
SELECT separate_claims('claim_identities', 'claim_id');
SELECT separate_claims('claim_papers', 'claim_id');

-- A ticket is looked up before it is known whose it is; the row holds a hash and an id.
ALTER TABLE claim_tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim_tickets FORCE ROW LEVEL SECURITY;
CREATE POLICY door ON claim_tickets FOR SELECT USING ((SELECT lampkeep_scope()) IN ('public', 'claimant', 'registry'));
CREATE POLICY own_claim ON claim_tickets
	USING ((SELECT lampkeep_scope()) = 'claimant' AND claim_id = (SELECT lampkeep_claim()));
CREATE POLICY whole_registry ON claim_tickets USING ((SELECT lampkeep_scope()) = 'registry');

ALTER TABLE published_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_children ON published_facts
	USING ((SELECT lampkeep_scope()) = 'institution'
		AND EXISTS (SELECT FROM child_rows WHERE child_rows.child_id = published_facts.child_id));
CREATE POLICY whole_registry ON published_facts USING ((SELECT lampkeep_scope()) = 'registry');

GRANT SELECT, INSERT ON claims, claim_events, claim_statements, claim_tickets, claim_identities, claim_papers,
	published_facts TO lampkeep_app;
GRANT UPDATE (kind, state, public_number, child_id, event_count, statement_version, received_at, blocks_since, sample_due,
	closed_on, row) ON claims TO lampkeep_app;
GRANT UPDATE (statement, saved_at) ON claim_statements TO lampkeep_app;
-- Erasure of drafts nobody sent and of refused claims after their year; never of claim_events.
GRANT DELETE ON claim_statements, claim_tickets, claim_identities, claim_papers TO lampkeep_app;

-- A notice's number leads to its child also after the notice is gone; the last word has the fold of the file.
CREATE INDEX entries_by_public_number ON entries ((body::jsonb #>> '{payload,approval,publicNumber}'))
	WHERE type = 'notice.approved';

-- How many claims of one person are open, the largest count of any of the hashes. A family's own scope sees its own claim
-- and no other; this tells it a number and nothing else.
CREATE FUNCTION open_claims_of(hashes bytea[], other_than uuid) RETURNS integer
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
	AS $$
DECLARE
	asked_by text := current_setting('lampkeep.scope', true);
	most integer;
BEGIN
	PERFORM set_config('lampkeep.scope', 'registry', true);
	SELECT coalesce(max(found.open_claims), 0) INTO most FROM (
		SELECT count(*)::integer AS open_claims
		FROM claim_identities JOIN claims ON claims.id = claim_identities.claim_id
		WHERE claim_identities.identity_hash = ANY (hashes) AND claims.id <> other_than
			AND claims.kind = 'claim' AND claims.received_at IS NOT NULL AND claims.closed_on IS NULL
		GROUP BY claim_identities.identity_hash
	) AS found;
	PERFORM set_config('lampkeep.scope', asked_by, true);
	RETURN most;
END
$$;
REVOKE ALL ON FUNCTION open_claims_of(bytea[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_claims_of(bytea[], uuid) TO lampkeep_app;

-- What was published before this table was there: the words of every draft that another person approved.
SELECT set_config('lampkeep.scope', 'registry', true);
INSERT INTO published_facts (child_id, draft_id, field, words, published_on)
SELECT approved.child_id, drafted.id, shown.key, shown.value, min(approved.occurred_on)
FROM entries AS approved
	JOIN entries AS drafted ON drafted.child_id = approved.child_id AND drafted.type = 'notice.drafted'
		AND drafted.id::text = approved.body::jsonb #>> '{payload,approval,draft}'
		AND drafted.staff_id <> approved.staff_id
	CROSS JOIN LATERAL jsonb_each_text(drafted.body::jsonb #> '{payload,draft,shown}') AS shown
WHERE approved.type = 'notice.approved'
GROUP BY approved.child_id, drafted.id, shown.key, shown.value;
SELECT set_config('lampkeep.scope', '', true);
