"""Where text comes from and where records go: paths to pages, records to files. Knows nothing of extraction."""
