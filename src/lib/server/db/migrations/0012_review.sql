-- What the review board lists and counts by, and the views people keep of it.

-- Read model: one line per child, a BoardRow (domain/eligibility/board-row.ts), made beside child_rows and from the log
-- alone. Nothing in it hangs on today. How a child stands on a day is told by phases, parallel arrays: phase n begins on
-- turns[n], the first on 0001-01-01, and stages[n] is what domain/eligibility/stage.ts says of it. So on a day
--
--   stages[width_bucket(day, turns)]
--
-- is the stage, by a search in a short array; no rule is written a second time in SQL.
CREATE TABLE review_rows (
	child_id uuid PRIMARY KEY REFERENCES child_rows (child_id) ON DELETE CASCADE,
	-- Houses that may read the child now.
	houses uuid[] NOT NULL,
	custodian uuid,
	name text,
	case_number text,
	sex text,
	birth_earliest date,
	birth_latest date,
	-- Names, pinyin and number in lower case, for the search. Not what a body looks like: a board is no gallery.
	words text NOT NULL,
	hold_start date,
	-- NULL before the hand-over, and while an open claim moves it from day to day.
	hold_last_day date,
	hold_provisional boolean NOT NULL,
	notice_last_day date,
	-- How many conditions there are; met[n] of them are met in phase n.
	conditions smallint NOT NULL,
	turns date[] NOT NULL,
	stages text[] NOT NULL,
	met smallint[] NOT NULL,
	-- Somebody signed evidence the file no longer gives.
	changed boolean[] NOT NULL,
	-- Since when the child waits in this stage; NULL where no day can be named.
	since date[] NOT NULL,
	-- What blocks once all time has passed, codes.
	blockers text[] NOT NULL,
	claim_since date,
	review_status text,
	-- The first signature of the latest review.
	signed_on date,
	signed_by uuid,
	signed_at uuid,
	returned_on date,
	left_reason text,
	left_on date,
	maybe_adult_on date,
	adult_on date,
	CHECK (turns[1] = '0001-01-01' AND cardinality(stages) = cardinality(turns) AND cardinality(met) = cardinality(turns)
		AND cardinality(changed) = cardinality(turns) AND cardinality(since) = cardinality(turns))
);
-- Most children of an old registry have left; the lanes that are worked on never look at them.
CREATE INDEX review_rows_by_last_day ON review_rows ((coalesce(hold_last_day, 'infinity'::date)), child_id)
	WHERE left_on IS NULL;
CREATE INDEX review_rows_by_name
	ON review_rows ((name IS NULL), (coalesce(name, '')) COLLATE "zh-x-icu", child_id) WHERE left_on IS NULL;
CREATE INDEX review_rows_by_stage ON review_rows USING gin (stages) WHERE left_on IS NULL;
CREATE INDEX review_rows_by_custodian ON review_rows (custodian, left_on);
CREATE INDEX review_rows_by_house ON review_rows USING gin (houses);
CREATE INDEX review_rows_by_notice ON review_rows (notice_last_day) WHERE left_on IS NULL;
CREATE INDEX review_rows_by_majority ON review_rows (maybe_adult_on) WHERE left_on IS NULL;

SELECT read_by_house('review_rows', 'houses @> ARRAY[(SELECT lampkeep_institution())]');
GRANT SELECT, INSERT, UPDATE, DELETE ON review_rows TO lampkeep_app;

-- A filter of the board somebody wants again: codes and ids, never what was searched for.
CREATE TABLE saved_views (
	id uuid PRIMARY KEY,
	institution_id uuid NOT NULL,
	user_id uuid NOT NULL,
	name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
	query text NOT NULL CHECK (char_length(query) <= 400),
	created_at timestamptz NOT NULL DEFAULT now(),
	UNIQUE (user_id, name),
	FOREIGN KEY (institution_id, user_id) REFERENCES users (institution_id, id) ON DELETE CASCADE
);
SELECT separate_institutions('saved_views');
GRANT SELECT, INSERT, DELETE ON saved_views TO lampkeep_app;
GRANT UPDATE (query) ON saved_views TO lampkeep_app;
