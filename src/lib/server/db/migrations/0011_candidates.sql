-- Pairs of a child and a family that may belong together, without DNA. What is compared and how: domain/matching,
-- docs/matching.md. Everything here but the decisions can be made again from case files and claims.

-- One side of a comparison: a child in a house, or the child a family looks for.
CREATE TABLE match_profiles (
	side text NOT NULL CHECK (side IN ('child', 'family')),
	-- The child's id, or the claim's.
	subject_id uuid NOT NULL,
	-- A MatchProfile, domain/matching/profile.ts.
	profile jsonb NOT NULL,
	-- SHA-256 of its canonical JSON, hex: changes only when something that is compared does.
	profile_hash text NOT NULL CHECK (profile_hash ~ '^[0-9a-f]{64}$'),
	-- False once the child has left or the claim is over: compared with nobody any more.
	open boolean NOT NULL DEFAULT true,
	-- What pairs meet by, domain/matching/meeting.ts. '' where the sex is unknown.
	sex text NOT NULL CHECK (sex IN ('', '1', '2')),
	-- NULL where unknown.
	birth daterange,
	-- NULL where unknown or too wide to find anybody by.
	lost daterange,
	keys text[] NOT NULL,
	soft_keys text[] NOT NULL,
	changed_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (side, subject_id)
);
-- Without the list of pending changes: a search would have to go through it.
CREATE INDEX match_profiles_by_key ON match_profiles USING gin (keys) WITH (fastupdate = off) WHERE open;
CREATE INDEX match_profiles_by_soft_key ON match_profiles USING gin (soft_keys) WITH (fastupdate = off) WHERE open;
CREATE INDEX match_profiles_by_loss ON match_profiles USING gist (lost, birth) WHERE open;

CREATE TABLE match_candidates (
	child_id uuid NOT NULL,
	claim_id uuid NOT NULL,
	-- Bits; the same two profiles have the same score on every day.
	score double precision NOT NULL,
	probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
	-- Contributions of a Comparison, domain/matching/comparison.ts, with the values of both sides.
	contributions jsonb NOT NULL,
	contradictions text[] NOT NULL,
	-- The profiles that were compared.
	child_hash text NOT NULL,
	family_hash text NOT NULL,
	state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'rejected', 'accepted')),
	-- The fields that are different from when the pair was rejected; NULL where nobody rejected it.
	changed text[] CHECK (changed IS NULL OR state = 'open'),
	found_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (child_id, claim_id)
);
CREATE INDEX match_candidates_by_claim ON match_candidates (claim_id);
CREATE INDEX match_candidates_by_score ON match_candidates (state, score DESC);

-- What a person decided about a pair, and what that person saw. The latest one stands.
CREATE TABLE match_decisions (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	child_id uuid NOT NULL,
	claim_id uuid NOT NULL,
	decision text NOT NULL CHECK (decision IN ('rejected', 'accepted')),
	reason text NOT NULL DEFAULT '',
	score double precision NOT NULL,
	contributions jsonb NOT NULL,
	institution_id uuid NOT NULL,
	decided_by uuid NOT NULL,
	decided_at timestamptz NOT NULL DEFAULT now(),
	FOREIGN KEY (institution_id, decided_by) REFERENCES users (institution_id, id),
	CHECK (decision <> 'rejected' OR reason <> '')
);
CREATE INDEX match_decisions_by_pair ON match_decisions (child_id, claim_id, id DESC);

-- A house sees the candidates of its own children, the registry all, the public and families none. Of a family a house
-- sees what a candidate shows, never the whole profile. child_rows answers by the scope of whoever asks.
SELECT read_by_house('match_profiles',
	'side = ''child'' AND EXISTS (SELECT FROM child_rows r WHERE r.child_id = match_profiles.subject_id)');
SELECT read_by_house('match_candidates',
	'EXISTS (SELECT FROM child_rows r WHERE r.child_id = match_candidates.child_id)');
SELECT read_by_house('match_decisions',
	'EXISTS (SELECT FROM child_rows r WHERE r.child_id = match_decisions.child_id)');
CREATE POLICY own_house_decides ON match_candidates FOR UPDATE
	USING ((SELECT lampkeep_scope()) = 'institution'
		AND EXISTS (SELECT FROM child_rows r WHERE r.child_id = match_candidates.child_id));
CREATE POLICY own_house_signs ON match_decisions FOR INSERT
	WITH CHECK ((SELECT lampkeep_scope()) = 'institution' AND institution_id = (SELECT lampkeep_institution())
		AND EXISTS (SELECT FROM child_rows r WHERE r.child_id = match_decisions.child_id));
SELECT make_append_only('match_decisions');

GRANT SELECT, INSERT ON match_profiles, match_candidates, match_decisions TO lampkeep_app;
GRANT UPDATE (profile, profile_hash, open, sex, birth, lost, keys, soft_keys, changed_at) ON match_profiles TO lampkeep_app;
GRANT UPDATE (score, probability, contributions, contradictions, child_hash, family_hash, state, changed, found_at)
	ON match_candidates TO lampkeep_app;
GRANT DELETE ON match_candidates TO lampkeep_app;
