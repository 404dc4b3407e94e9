"""How the program behaves with many pages and workers, on pages of bench.generate: python -m bench.scale --help."""
