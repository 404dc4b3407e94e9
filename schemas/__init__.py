"""The shared vocabulary: frozen dataclasses and the published JSON Schemas. Imports nothing but the standard library."""
