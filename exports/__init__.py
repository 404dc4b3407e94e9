"""Records and tables as files that other tools open: CSV, Parquet, Excel, CoNLL, spaCy DocBin, Label Studio."""
