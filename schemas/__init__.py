"""The shared vocabulary: frozen dataclasses and the published JSON Schemas. Knows nothing but the standard library."""
