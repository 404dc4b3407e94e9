"""The archive: one SQLite file that grows for years. docs/archive.md shows its tables; `cli.py index` fills it."""
