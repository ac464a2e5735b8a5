-- Who did what, and who read whose file (未成年人网络保护条例 art. 36: access by staff is approved and logged).
-- Ids and codes only, never a name of a child; never changed, never deleted.

CREATE TABLE audit_events (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at timestamptz NOT NULL DEFAULT now(),
	institution_id uuid NOT NULL REFERENCES institutions (id),
	-- NULL where nobody had signed in yet (a failed sign-in, an enrolment).
	user_id uuid REFERENCES users (id),
	action text NOT NULL CHECK (action ~ '^[a-z_]+\.[a-z_]+$'),
	child_id uuid,
	details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_events_by_house ON audit_events (institution_id, id DESC);
CREATE INDEX audit_events_by_child ON audit_events (child_id, id DESC) WHERE child_id IS NOT NULL;

SELECT separate_institutions('audit_events');
SELECT make_append_only('audit_events');
GRANT SELECT, INSERT ON audit_events TO lampkeep_app;
