-- Records that came in parts (docs/scale.md): which parts were taken, and which sources came with them.

CREATE TABLE part (
  id     INTEGER PRIMARY KEY,
  folder NOT NULL,                -- where it is: an absolute path without links
  inputs TEXT NOT NULL,           -- digest of what it was made of
  sha256 TEXT NOT NULL,           -- of its records
  taken  INTEGER NOT NULL,        -- 1: all of it
  UNIQUE (folder, inputs)
);

CREATE TABLE part_source (
  part   INTEGER NOT NULL REFERENCES part (id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  PRIMARY KEY (part, source)
) WITHOUT ROWID;
CREATE INDEX part_source_by_source ON part_source (source);
