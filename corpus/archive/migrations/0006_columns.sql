-- What facets, tables and charts are counted from: columns over all articles and activities, packed.
-- Made anew at the end of a run that changed something (corpus/archive/counting/making.py says which there are).

CREATE TABLE packed_column (
  name    TEXT PRIMARY KEY,
  content BLOB NOT NULL              -- corpus/archive/counting/columns.py
);

CREATE INDEX page_by_issue ON page (paper, issue_date, page);
