-- What the public may know, and nothing else: tables of their own, with allow-listed columns (SECURITY T1). No id of a
-- child, of a house or of a photo is in them. They are made from entries and can be made again (`rebuild`).

CREATE TABLE public_notices (
	public_number text PRIMARY KEY CHECK (public_number ~ '^LK-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
	published_on date NOT NULL,
	-- The words two persons chose.
	name text,
	sex text,
	age_when_rescued text,
	place_taken text,
	rescued text,
	height text,
	features text,
	clothing text,
	belongings text,
	own_account text,
	accent text,
	-- For the search alone.
	sex_code text NOT NULL CHECK (sex_code IN ('0', '1', '2', '9')),
	region_code text CHECK (region_code ~ '^[0-9]{6}$'),
	age_months_least integer CHECK (age_months_least >= 0),
	age_months_most integer CHECK (age_months_most >= age_months_least),
	institution_name text NOT NULL,
	institution_name_en text NOT NULL,
	contact_name text,
	contact_phone text NOT NULL
);

-- Pictures made for the public (at most 640 px, watermarked) under random names; the files lie in the data folder.
CREATE TABLE public_photos (
	token text PRIMARY KEY CHECK (token ~ '^[A-Za-z0-9_-]{22}$'),
	public_number text NOT NULL REFERENCES public_notices (public_number) ON DELETE CASCADE,
	place integer NOT NULL,
	view text NOT NULL,
	width integer NOT NULL,
	height integer NOT NULL,
	UNIQUE (public_number, place)
);

-- Numbers that were public once: their page answers "taken down" (410), and the number is never given again.
CREATE TABLE withdrawn_notices (
	public_number text PRIMARY KEY,
	withdrawn_on date NOT NULL
);

-- Counts every change of the three, so that a server sees at a glance whether what it holds in memory still stands.
CREATE TABLE notice_revision (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	revision bigint NOT NULL
);
INSERT INTO notice_revision (revision) VALUES (1);

CREATE FUNCTION notices_changed() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
	AS $$
BEGIN
	UPDATE notice_revision SET revision = revision + 1;
	NOTIFY lampkeep_notices;
	RETURN NULL;
END
$$;
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON public_notices
	FOR EACH STATEMENT EXECUTE FUNCTION notices_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON public_photos
	FOR EACH STATEMENT EXECUTE FUNCTION notices_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON withdrawn_notices
	FOR EACH STATEMENT EXECUTE FUNCTION notices_changed();

ALTER TABLE public_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE public_photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE withdrawn_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY everyone_reads ON public_notices FOR SELECT USING ((SELECT lampkeep_scope()) IS NOT NULL);
CREATE POLICY everyone_reads ON public_photos FOR SELECT USING ((SELECT lampkeep_scope()) IS NOT NULL);
CREATE POLICY everyone_reads ON withdrawn_notices FOR SELECT USING ((SELECT lampkeep_scope()) IS NOT NULL);
CREATE POLICY everyone_reads ON notice_revision FOR SELECT USING ((SELECT lampkeep_scope()) IS NOT NULL);
-- Published and taken down by decisions only; the public's own connections never write.
CREATE POLICY decisions_write ON public_notices USING ((SELECT lampkeep_scope()) IN ('institution', 'registry'));
CREATE POLICY decisions_write ON public_photos USING ((SELECT lampkeep_scope()) IN ('institution', 'registry'));
CREATE POLICY decisions_write ON withdrawn_notices USING ((SELECT lampkeep_scope()) IN ('institution', 'registry'));

GRANT SELECT, INSERT, UPDATE, DELETE ON public_notices, public_photos, withdrawn_notices TO lampkeep_app;
GRANT SELECT ON notice_revision TO lampkeep_app;
