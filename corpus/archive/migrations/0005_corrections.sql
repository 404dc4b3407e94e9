-- What editors have put right: the corrections file as it was last replayed, and what each correction did where.
-- The file beside the archive is the truth; corpus/corrections/replay.py keeps these tables in step with it.

CREATE TABLE correction (
  id       TEXT PRIMARY KEY,
  position INTEGER NOT NULL,      -- in the file, from 1
  kind     TEXT NOT NULL,
  scope    TEXT NOT NULL,         -- article, paper or everywhere
  note     TEXT,
  "by"     TEXT,
  "at"     TEXT,
  line     TEXT NOT NULL          -- the correction itself, as JSON
) WITHOUT ROWID;

CREATE TABLE correction_outcome ( -- of a correction in a source that it concerns
  correction TEXT NOT NULL,
  source     INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  status     TEXT NOT NULL,       -- applied; unneeded: extraction says so by itself; lost: it applies no longer
  reason     TEXT,                -- why it is lost
  PRIMARY KEY (correction, source)
) WITHOUT ROWID;
CREATE INDEX correction_outcome_by_source ON correction_outcome (source);

CREATE TABLE corrected_article (
  article    INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  correction TEXT NOT NULL,
  PRIMARY KEY (article, correction)
) WITHOUT ROWID;

CREATE TABLE extraction (         -- what extraction made of a source that corrections change, to begin from again
  source  INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  content BLOB NOT NULL           -- corpus/corrections/replay.py packs it
);

CREATE VIEW v_correction AS
SELECT correction.id, correction.position, correction.kind, correction.scope, correction.note, correction."by",
       correction."at",
       (SELECT count(*) FROM corrected_article WHERE corrected_article.correction = correction.id) AS articles,
       (SELECT count(*) FROM correction_outcome AS told
        WHERE told.correction = correction.id AND told.status = 'lost') AS lost,
       correction.line
FROM correction;
