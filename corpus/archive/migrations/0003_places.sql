-- The authority file: every distinct place that the archive has met, what lies above it, and which entity means which.
-- Made anew at the end of a run that changed something (corpus/archive/authority.py says how).

CREATE TABLE place (
  id       INTEGER PRIMARY KEY,
  type     TEXT NOT NULL,
  name     TEXT NOT NULL,
  code     TEXT,                  -- of its division
  above    INTEGER REFERENCES place (id),
  basis    TEXT,                  -- of `above`: code (theirs contain it), stated (articles say it); NULL where there is none
  told     INTEGER NOT NULL,      -- articles that print the two as one chain, as 和平区和平街道
  learned  INTEGER NOT NULL,      -- articles that name it alone and mean it by what others print
  articles INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  first    TEXT,                  -- the first and the last issue that names it, ISO 8601
  last     TEXT
);
CREATE INDEX place_by_name ON place (name, type);
CREATE INDEX place_by_code ON place (code);
CREATE INDEX place_by_above ON place (above);

CREATE TABLE entity_place (       -- one for every entity that is a place
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,       -- of the entity
  place   INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  basis   TEXT NOT NULL,          -- code, stated, learned (from other articles), or alone (nobody says where it is)
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX entity_place_by_place ON entity_place (place);

CREATE TABLE place_above (        -- every place with everything that it lies in, itself too
  place INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  above INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  PRIMARY KEY (above, place)
) WITHOUT ROWID;

CREATE TABLE entity_form (        -- how a place is printed where that is not its name: 永安 for 永安社区
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  form    TEXT NOT NULL,
  PRIMARY KEY (article, number, form)
) WITHOUT ROWID;

CREATE VIEW v_place AS
SELECT place.id, place.type, place.name, place.code, above.name AS "in", place.basis, place.told, place.learned,
       place.articles, place.mentions, place.first, place.last,
       (SELECT json_group_array(form) FROM (
          SELECT DISTINCT form FROM entity_place JOIN entity_form USING (article, number)
          WHERE entity_place.place = place.id ORDER BY form)) AS variants
FROM place LEFT JOIN place AS above ON above.id = place.above;
