-- The ground every later migration stands on.
--
-- Roles. The owner (who runs this) owns the tables. lampkeep_app, the program, is granted what it needs table by
-- table, nothing by default. It exists before the first migration; see program-role.ts.
--
-- Rows. Every table has row-level security; a table with rows of institutions is FORCEd, so that the owner too names a
-- scope. Without a scope every policy shows nothing. A later migration writes, for example:
--
--   CREATE TABLE entries (…, institution_id uuid NOT NULL);
--   SELECT separate_institutions('entries');       -- own rows for an institution, all for the registry
--   SELECT make_append_only('entries');            -- no UPDATE, DELETE, TRUNCATE, by anybody
--   GRANT SELECT, INSERT ON entries TO lampkeep_app;
--
-- Written for PostgreSQL 15 and later.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lampkeep_app;

-- 'institution', 'registry', 'public'; NULL outside a scoped transaction (the setting is '' after the first one).
CREATE FUNCTION lampkeep_scope() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	AS $$ SELECT nullif(current_setting('lampkeep.scope', true), '') $$;

-- The institution of this transaction; NULL in every other scope, and NULL equals nothing.
CREATE FUNCTION lampkeep_institution() RETURNS uuid
	LANGUAGE sql STABLE PARALLEL SAFE
	AS $$ SELECT nullif(current_setting('lampkeep.institution', true), '')::uuid $$;

CREATE FUNCTION refuse_change() RETURNS trigger
	LANGUAGE plpgsql
	AS $$
BEGIN
	RAISE EXCEPTION '% is append-only: % refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Nobody changes what was recorded, the owner included: a privilege can be granted by mistake, a trigger stays.
CREATE FUNCTION make_append_only(recorded regclass) RETURNS void
	LANGUAGE plpgsql
	AS $$
BEGIN
	EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM PUBLIC, lampkeep_app', recorded);
	EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s
		FOR EACH ROW EXECUTE FUNCTION refuse_change()', recorded);
	EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %s
		FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', recorded);
	-- Also for sessions that replay replicated changes, where ordinary triggers rest.
	EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', recorded);
	EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only_whole', recorded);
END
$$;

-- For a table with a column institution_id: an institution sees and writes its own rows, the registry all, the public none.
CREATE FUNCTION separate_institutions(separated regclass) RETURNS void
	LANGUAGE plpgsql
	AS $$
BEGIN
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', separated);
	EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', separated);
	EXECUTE format('CREATE POLICY own_institution ON %s
		USING ((SELECT lampkeep_scope()) = ''institution'' AND institution_id = (SELECT lampkeep_institution()))', separated);
	EXECUTE format('CREATE POLICY whole_registry ON %s
		USING ((SELECT lampkeep_scope()) = ''registry'')', separated);
END
$$;

REVOKE ALL ON FUNCTION make_append_only(regclass), separate_institutions(regclass) FROM PUBLIC;

-- Which history this database tells: one row. A restored or copied database gets another epoch (epoch.ts), and every
-- tablet then sends again what the copy has lost.
CREATE TABLE registry_meta (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	epoch uuid NOT NULL,
	fingerprint text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE epochs (
	epoch uuid PRIMARY KEY,
	fingerprint text NOT NULL,
	reason text NOT NULL CHECK (reason IN ('first-start', 'another-database', 'tablets-are-ahead', 'operator')),
	started_at timestamptz NOT NULL DEFAULT now()
);
SELECT make_append_only('epochs');

ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_meta ENABLE ROW LEVEL SECURITY;
ALTER TABLE epochs ENABLE ROW LEVEL SECURITY;
CREATE POLICY everyone_reads ON registry_meta FOR SELECT TO lampkeep_app USING (true);
CREATE POLICY everyone_reads ON epochs FOR SELECT TO lampkeep_app USING (true);
GRANT SELECT ON registry_meta, epochs TO lampkeep_app;
