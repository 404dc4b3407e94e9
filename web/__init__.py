"""The archive in a browser: pages for editors and researchers, charts, and the same as JSON for programs."""
