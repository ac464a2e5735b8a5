-- Files that were merged are one child's (docs/adr/0016-one-child-two-files.md). Which files is told by entries alone; a few
-- children of a hundred thousand have any, and the index is as small.
CREATE INDEX entries_of_merges ON entries (child_id) WHERE type IN ('child.merged', 'child.parted');

-- The file that names the child: the file itself, unless it was merged with an older one. Lists leave the others out.
ALTER TABLE child_rows ADD COLUMN of_child uuid;
UPDATE child_rows SET of_child = child_id;
ALTER TABLE child_rows ALTER COLUMN of_child SET NOT NULL;
CREATE INDEX child_rows_merged ON child_rows (of_child) WHERE of_child <> child_id;
