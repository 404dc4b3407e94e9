"""One module a command: parse, call, print. With cli.py the only place that knows click and prints."""
