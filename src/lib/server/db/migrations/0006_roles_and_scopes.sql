-- Police liaison (documents and findings only, rule book 5) and the scope of a family that follows its own claim.

ALTER TABLE institutions DROP CONSTRAINT institutions_kind_check;
ALTER TABLE institutions ADD CONSTRAINT institutions_kind_check
	CHECK (kind IN ('rescue_station', 'welfare_institution', 'registry', 'police'));

ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN
	('care_worker', 'supervisor', 'second_administrator', 'registry_officer', 'police_liaison', 'auditor'));

-- The claim of this transaction in the scope 'claimant'; NULL in every other scope, and NULL equals nothing.
CREATE FUNCTION lampkeep_claim() RETURNS uuid
	LANGUAGE sql STABLE PARALLEL SAFE
	AS $$ SELECT nullif(current_setting('lampkeep.claim', true), '')::uuid $$;
