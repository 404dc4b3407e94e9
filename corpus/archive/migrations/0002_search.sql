-- Full-text search: which articles hold which two characters, and what their order needs.

CREATE VIRTUAL TABLE article_words USING fts5 ( -- rowid is article.id; corpus/archive/bigrams.py makes the tokens
  tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);

CREATE TABLE search_entry (         -- one an article in article_words: newest first is found without reading the texts
  article      INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  day          TEXT NOT NULL,       -- the page's issue_date, '' where it has none
  record_id    TEXT NOT NULL,       -- the article's: an order that is the same in every archive
  headline_end INTEGER NOT NULL     -- article.text up to here is its headlines
);
CREATE INDEX search_by_day ON search_entry (day DESC, record_id);
CREATE INDEX entity_by_code ON entity (code) WHERE code IS NOT NULL;
