-- The inbox of every role, the addresses of people, what was sent out, and what the sweep
-- of the public pages finds its children by.
-- docs/adr/0009-background-work.md. The queue's own tables are made by its library, see server/jobs/schema.ts.

-- One thing that somebody is to know or do: a code and ids. Whoever it is for is told by the columns in this order: one
-- person; else people of these roles (NULL: any) in this house, or, without a house, people who see every house.
CREATE TABLE inbox_items (
	id uuid PRIMARY KEY,
	-- Code, refs and addressee as text: open once.
	key text NOT NULL,
	code text NOT NULL CHECK (code ~ '^[a-z_]+$'),
	-- Of a person: the house the person is in.
	institution_id uuid REFERENCES institutions (id),
	roles text[] CHECK (cardinality(roles) > 0),
	user_id uuid REFERENCES users (id),
	-- Whoever drafted does not sign.
	not_for uuid REFERENCES users (id),
	child_id uuid,
	claim_id uuid,
	ref uuid,
	due_on date,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	-- By the program, when the thing is done or is none any more.
	closed_at timestamptz(3),
	CHECK (institution_id IS NOT NULL OR roles IS NOT NULL),
	CHECK (child_id IS NOT NULL OR claim_id IS NOT NULL OR ref IS NOT NULL)
);
CREATE UNIQUE INDEX inbox_open_once ON inbox_items (key) WHERE closed_at IS NULL;
CREATE INDEX inbox_by_house ON inbox_items (institution_id) WHERE closed_at IS NULL;
CREATE INDEX inbox_by_child ON inbox_items (child_id) WHERE closed_at IS NULL AND child_id IS NOT NULL;
CREATE INDEX inbox_by_claim ON inbox_items (claim_id) WHERE closed_at IS NULL AND claim_id IS NOT NULL;
CREATE INDEX inbox_by_ref ON inbox_items (ref) WHERE closed_at IS NULL AND ref IS NOT NULL;

-- What one person did with an item. Nobody's "done" takes it from anybody else.
CREATE TABLE inbox_marks (
	item_id uuid NOT NULL REFERENCES inbox_items (id) ON DELETE CASCADE,
	user_id uuid NOT NULL REFERENCES users (id),
	read_at timestamptz(3) NOT NULL DEFAULT now(),
	done_at timestamptz(3),
	PRIMARY KEY (item_id, user_id)
);

-- Where a person is told outside the registry.
CREATE TABLE user_contacts (
	user_id uuid PRIMARY KEY,
	institution_id uuid NOT NULL,
	email text NOT NULL CHECK (email <> '' AND length(email) <= 254),
	-- A summary every morning.
	digest boolean NOT NULL DEFAULT true,
	changed_at timestamptz(3) NOT NULL DEFAULT now(),
	FOREIGN KEY (institution_id, user_id) REFERENCES users (institution_id, id)
);

-- Summaries on their way: counts by code, from which the words are made when it is delivered.
CREATE TABLE outbound_messages (
	id uuid PRIMARY KEY,
	channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
	-- NULL: the registry's own, to the group.
	user_id uuid REFERENCES users (id),
	institution_id uuid REFERENCES institutions (id),
	-- The registry's civil day it is about: one a day, however often the job runs.
	day date NOT NULL,
	-- [{"code": "…", "count": 3}, …]
	counts jsonb NOT NULL,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	attempts integer NOT NULL DEFAULT 0,
	delivered_at timestamptz(3),
	-- Given up; `fault` is a code, of the last try.
	failed_at timestamptz(3),
	fault text,
	UNIQUE NULLS NOT DISTINCT (channel, user_id, day),
	CHECK ((user_id IS NULL) = (institution_id IS NULL))
);
CREATE INDEX outbound_undelivered ON outbound_messages (failed_at) WHERE failed_at IS NOT NULL;

SELECT separate_institutions('user_contacts');
GRANT SELECT, INSERT, DELETE ON user_contacts TO lampkeep_app;
GRANT UPDATE (email, digest, changed_at) ON user_contacts TO lampkeep_app;

SELECT read_by_house('outbound_messages', 'institution_id = (SELECT lampkeep_institution())');
GRANT SELECT, INSERT, DELETE ON outbound_messages TO lampkeep_app;
GRANT UPDATE (attempts, delivered_at, failed_at, fault) ON outbound_messages TO lampkeep_app;

-- A house reads what is for its people; nobody writes but by the two functions below.
SELECT read_by_house('inbox_items', 'institution_id = (SELECT lampkeep_institution())');
GRANT SELECT ON inbox_items TO lampkeep_app;

ALTER TABLE inbox_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY on_own_items ON inbox_marks
	USING ((SELECT lampkeep_scope()) = 'institution'
		AND EXISTS (SELECT FROM inbox_items WHERE inbox_items.id = inbox_marks.item_id));
CREATE POLICY whole_registry ON inbox_marks USING ((SELECT lampkeep_scope()) = 'registry');
GRANT SELECT, INSERT ON inbox_marks TO lampkeep_app;
GRANT UPDATE (done_at) ON inbox_marks TO lampkeep_app;

-- Whatever happens in whatever scope (a family sends a claim, a house decides) may be told to people of any house, whose
-- inbox that scope does not read. So both functions run in the registry's scope, put the caller's back, and say nothing of
-- what they saw.

-- The same thing for the same people is open once; told again with another day it takes that day.
CREATE FUNCTION inbox_notify(item uuid, item_key text, item_code text, to_institution uuid, to_roles text[], to_user uuid,
	but_not uuid, about_child uuid, about_claim uuid, about_ref uuid, due date) RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
	AS $$
DECLARE
	house uuid := to_institution;
	outer_scope text := coalesce(lampkeep_scope(), '');
BEGIN
	PERFORM set_config('lampkeep.scope', 'registry', true);
	IF to_user IS NOT NULL THEN
		SELECT users.institution_id INTO STRICT house FROM users WHERE users.id = to_user;
	END IF;
	INSERT INTO inbox_items (id, key, code, institution_id, roles, user_id, not_for, child_id, claim_id, ref, due_on)
	VALUES (item, item_key, item_code, house, to_roles, to_user, but_not, about_child, about_claim, about_ref, due)
	ON CONFLICT (key) WHERE closed_at IS NULL DO UPDATE SET due_on = excluded.due_on
		WHERE inbox_items.due_on IS DISTINCT FROM excluded.due_on;
	PERFORM set_config('lampkeep.scope', outer_scope, true);
END
$$;

-- Closes what is open under this code about all that is given (NULL: not asked about).
CREATE FUNCTION inbox_close(item_code text, about_child uuid, about_claim uuid, about_ref uuid) RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
	AS $$
DECLARE
	outer_scope text := coalesce(lampkeep_scope(), '');
BEGIN
	IF about_child IS NULL AND about_claim IS NULL AND about_ref IS NULL THEN
		RAISE EXCEPTION 'inbox_close needs to know what the items are about' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	PERFORM set_config('lampkeep.scope', 'registry', true);
	UPDATE inbox_items SET closed_at = now()
	WHERE code = item_code AND closed_at IS NULL
		AND (about_child IS NULL OR child_id = about_child)
		AND (about_claim IS NULL OR claim_id = about_claim)
		AND (about_ref IS NULL OR ref = about_ref);
	PERFORM set_config('lampkeep.scope', outer_scope, true);
END
$$;
REVOKE ALL ON FUNCTION inbox_notify(uuid, text, text, uuid, text[], uuid, uuid, uuid, uuid, uuid, date),
	inbox_close(text, uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inbox_notify(uuid, text, text, uuid, text[], uuid, uuid, uuid, uuid, uuid, date),
	inbox_close(text, uuid, uuid, uuid) TO lampkeep_app;

-- Which public children were born on or before a day, without a look at the others: the sweep asks every minute. A column
-- and not an expression of the row: under row-level security an index is used only where nothing of a hidden row could
-- leak, and PostgreSQL vouches for <= on text, not for ->> on jsonb.
ALTER TABLE child_rows ADD COLUMN birth_latest text GENERATED ALWAYS AS (row ->> 'birthLatest') STORED;
CREATE INDEX child_rows_public_by_birth ON child_rows (birth_latest) WHERE notice = 'published';
-- Which child a public number was given to; the public tables themselves do not know (0004).
CREATE INDEX entries_approving ON entries (child_id) WHERE type = 'notice.approved';
