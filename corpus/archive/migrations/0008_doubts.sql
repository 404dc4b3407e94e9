-- How sure extraction was of each article: what an editor should look at first (corpus/archive/doubts.py).

CREATE TABLE article_doubt (          -- one an article
  article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  points  INTEGER NOT NULL,           -- the more, the less certain
  signals TEXT NOT NULL               -- JSON: what speaks against it, and how often
);
CREATE INDEX article_doubt_by_points ON article_doubt (points DESC, article);
