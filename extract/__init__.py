"""Page text to annotated articles; `pipeline` is the whole flow in reading order."""
