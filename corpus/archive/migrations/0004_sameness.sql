-- What is told twice: articles of nearly the same text, activities that several articles tell.
-- Made anew at the end of a run that changed something (corpus/archive/sameness.py says how).

CREATE TABLE article_sketch (      -- what near-duplicates are found by: a MinHash of the text's four-character pieces
  article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  sketch  BLOB NOT NULL
);

CREATE TABLE article_group (       -- articles of nearly the same text; only those that have a fellow
  article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  leader  INTEGER NOT NULL,        -- article.id of the first of them, the leader's own for itself
  rank    INTEGER NOT NULL         -- its place among them, from 1: by day, then in the archive's order
);
CREATE INDEX article_group_by_leader ON article_group (leader);

CREATE TABLE activity_group (      -- the same activity told by several articles; only those that have a fellow
  activity INTEGER PRIMARY KEY REFERENCES activity (id) ON DELETE CASCADE,
  leader   INTEGER NOT NULL,
  rank     INTEGER NOT NULL,
  reason   TEXT NOT NULL           -- what it was known by, for people
);
CREATE INDEX activity_group_by_leader ON activity_group (leader);
