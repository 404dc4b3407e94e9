-- The core of the archive: files, the sources in them, their pages and articles, and what was read from each article.
-- docs/archive.md explains every table and view. Offsets count characters (as SQLite's length and substr do), half-open,
-- from 0. `number` is a thing's place in the article's record, from 1: entity 3 of the table is "e3" of the record.

CREATE TABLE archive (              -- what holds for the archive as a whole
  key   TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

CREATE TABLE maker (                -- who made records: a version of the extractor with its settings
  id       INTEGER PRIMARY KEY,
  version  TEXT NOT NULL,           -- digest of the extractor's code and lexicons
  settings TEXT NOT NULL,           -- JSON
  UNIQUE (version, settings)
);

CREATE TABLE file (                 -- a file on the disk: a page, an archive of pages, a table of articles
  id       INTEGER PRIMARY KEY,
  location TEXT NOT NULL UNIQUE,    -- where it is: an absolute path without links
  path     TEXT NOT NULL,           -- as it was named when it came in; what records call it
  size     INTEGER,                 -- as it was when it had been read to its end, else NULL: it is read again
  mtime_ns INTEGER,
  ctime_ns INTEGER
);

CREATE TABLE source (               -- what pages are read from: a file, a member of an archive, a row of a table
  id      INTEGER PRIMARY KEY,
  file    INTEGER NOT NULL REFERENCES file (id),
  member  TEXT,                     -- '' for the file itself; NULL: displaced, only within a transaction of index
  sha256  BLOB NOT NULL,            -- of its bytes
  context TEXT NOT NULL DEFAULT '', -- what else than its bytes and its names was read: a METS beside it …
  maker   INTEGER NOT NULL REFERENCES maker (id),
  UNIQUE (file, member)
);
CREATE INDEX source_by_content ON source (sha256);
CREATE INDEX source_displaced ON source (file) WHERE member IS NULL;

CREATE TABLE reject (               -- what could not be read when the file was last read
  id      INTEGER PRIMARY KEY,
  file    INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  member  TEXT,                     -- of a source; NULL: of the file as a whole
  path    TEXT NOT NULL,            -- as the user is told
  reason  TEXT NOT NULL,            -- docs/sources.md lists them
  message TEXT NOT NULL,
  sha256  BLOB,                     -- of the bytes that were rejected, where there were any
  context TEXT NOT NULL DEFAULT '',
  tried   TEXT NOT NULL             -- digest of the extractor's version, settings and limits
);
CREATE INDEX reject_by_place ON reject (file, member);

CREATE TABLE page (
  id         INTEGER PRIMARY KEY,
  source     INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,      -- its place in the source, from 1
  page       INTEGER,               -- the number that is printed on it or in its name
  paper      TEXT,
  issue_date TEXT,                  -- ISO 8601
  format     TEXT NOT NULL,
  encoding   TEXT NOT NULL,
  path       TEXT,                  -- in its records, where it is not the source's
  sha256     BLOB,                  -- the same
  text       BLOB,                  -- the whole page as read, with its leftovers: corpus/archive/packing.py
  UNIQUE (source, number)
);
CREATE INDEX page_by_date ON page (issue_date);

CREATE TABLE article (
  id        INTEGER PRIMARY KEY,
  page      INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,       -- on the page, from 1
  record_id TEXT NOT NULL,          -- the record's `id`: copies of a page share theirs
  kind      TEXT NOT NULL,          -- article or photo
  title     TEXT,
  text      TEXT NOT NULL,
  record    BLOB NOT NULL,          -- the rest of the record: corpus/archive/packing.py
  UNIQUE (page, position)
);
CREATE INDEX article_by_record_id ON article (record_id);

CREATE TABLE name (                 -- every name that a thing was called, once
  id   INTEGER PRIMARY KEY,
  type TEXT NOT NULL,               -- province, city, district, street, community, estate, road, venue, organization, person
  name TEXT NOT NULL,
  UNIQUE (name, type)
);

CREATE TABLE entity (               -- a distinct thing that an article names
  article  INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  name     INTEGER NOT NULL REFERENCES name (id),
  parent   INTEGER,                 -- number of the entity above it in the same article
  code     TEXT,                    -- of its division
  basis    TEXT NOT NULL,           -- stated, listed or inferred
  mentions INTEGER NOT NULL,        -- how often
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX entity_by_name ON entity (name);

CREATE TABLE date (
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  value   TEXT,                     -- EDTF
  first   TEXT,                     -- the first and the last day that it may mean, ISO 8601;
  last    TEXT,                     -- NULL: open on this side or not known
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE count (
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  value   NUMERIC NOT NULL,
  max     NUMERIC,                  -- upper end of a range
  unit    TEXT NOT NULL,
  object  TEXT NOT NULL,
  mod     TEXT NOT NULL,            -- exact, about, over or under
  role    TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE activity (
  id             INTEGER PRIMARY KEY,
  article        INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  name           TEXT NOT NULL,
  type           TEXT NOT NULL,
  status         TEXT NOT NULL,     -- done or under_way
  date           INTEGER,           -- number of the article's date
  audience       TEXT,              -- JSON list of strings as printed; NULL where there is none
  evidence_start INTEGER NOT NULL,
  evidence_end   INTEGER NOT NULL,
  UNIQUE (article, number)
);
CREATE INDEX activity_by_type ON activity (type);

CREATE TABLE activity_entity (      -- who and where
  activity INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  role     TEXT NOT NULL,           -- organizer, partner or place
  position INTEGER NOT NULL,        -- in the record's list, from 1
  entity   INTEGER NOT NULL,        -- number of the article's entity
  PRIMARY KEY (activity, role, position)
) WITHOUT ROWID;

CREATE TABLE activity_count (
  activity INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  count    INTEGER NOT NULL,        -- number of the article's count
  PRIMARY KEY (activity, position)
) WITHOUT ROWID;

CREATE VIEW v_source AS
SELECT source.id, file.path || iif(source.member = '', '', '!' || coalesce(source.member, '?')) AS path,
       lower(hex(source.sha256)) AS sha256, file.location, maker.version, maker.settings
FROM source JOIN file ON file.id = source.file JOIN maker ON maker.id = source.maker;

CREATE VIEW v_article AS
SELECT article.id, article.record_id, article.kind, article.title, article.text, article.position,
       page.page, page.paper, page.issue_date, page.format, page.encoding,
       coalesce(page.path, file.path || iif(source.member = '', '', '!' || coalesce(source.member, '?'))) AS path
FROM article JOIN page ON page.id = article.page JOIN source ON source.id = page.source
     JOIN file ON file.id = source.file;

CREATE VIEW v_entity AS
SELECT article.record_id AS article, 'e' || entity.number AS id, name.type, name.name, above.name AS "in", entity.code,
       entity.basis, entity.mentions, entity.article AS article_id, entity.number
FROM entity JOIN name ON name.id = entity.name JOIN article ON article.id = entity.article
     LEFT JOIN entity AS upper ON upper.article = entity.article AND upper.number = entity.parent
     LEFT JOIN name AS above ON above.id = upper.name;

CREATE VIEW v_date AS
SELECT article.record_id AS article, 'd' || date.number AS id,
       substr(article.text, date.start + 1, date."end" - date.start) AS text, date.value, date.first, date.last,
       date.start, date."end", date.article AS article_id, date.number
FROM date JOIN article ON article.id = date.article;

CREATE VIEW v_count AS
SELECT article.record_id AS article, 'c' || count.number AS id,
       substr(article.text, count.start + 1, count."end" - count.start) AS text, count.value, count.max, count.unit,
       count.object, count.mod, count.role, count.start, count."end", count.article AS article_id, count.number
FROM count JOIN article ON article.id = count.article;

CREATE VIEW v_activity AS
SELECT article.record_id AS article, 'a' || activity.number AS id, activity.name, activity.type, activity.status,
       (SELECT json_group_array(name.name) FROM activity_entity AS slot
          JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
          JOIN name ON name.id = entity.name
        WHERE slot.activity = activity.id AND slot.role = 'organizer') AS organizers,
       (SELECT json_group_array(name.name) FROM activity_entity AS slot
          JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
          JOIN name ON name.id = entity.name
        WHERE slot.activity = activity.id AND slot.role = 'partner') AS partners,
       (SELECT json_group_array(name.name) FROM activity_entity AS slot
          JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
          JOIN name ON name.id = entity.name
        WHERE slot.activity = activity.id AND slot.role = 'place') AS places,
       substr(article.text, date.start + 1, date."end" - date.start) AS date_text, date.value AS date,
       date.first, date.last, coalesce(activity.audience, '[]') AS audience,
       substr(article.text, activity.evidence_start + 1, activity.evidence_end - activity.evidence_start) AS evidence,
       article.title, page.paper, page.issue_date, page.page, activity.id AS activity_id, activity.article AS article_id
FROM activity JOIN article ON article.id = activity.article JOIN page ON page.id = article.page
     LEFT JOIN date ON date.article = activity.article AND date.number = activity.date;
