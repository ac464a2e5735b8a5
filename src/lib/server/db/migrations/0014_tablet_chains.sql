-- Each tablet's own chain at the registry: what was set aside keeps its place in it, and a tablet that told two stories under
-- one number is told of. docs/adr/0015-what-the-registry-signs.md

-- Where they could be read; NULL of what came before this migration, which the chain of a tablet then does without.
ALTER TABLE quarantine ADD COLUMN device_seq bigint;
-- SHA-256 of the entry's canonical JSON, hex, as the next entry of the tablet names it.
ALTER TABLE quarantine ADD COLUMN text_hash text CHECK (text_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE quarantine ADD COLUMN previous text CHECK (previous ~ '^[0-9a-f]{64}$');
CREATE INDEX quarantine_in_chain ON quarantine (device_id, device_seq) WHERE device_seq IS NOT NULL;

-- The first time another text came under a number that was taken: the tablet, or its key, may have been copied.
ALTER TABLE devices ADD COLUMN equivocated_at timestamptz(3);
GRANT UPDATE (equivocated_at) ON devices TO lampkeep_app;
