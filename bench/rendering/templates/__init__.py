"""The pages of other systems with $names where a page's own parts go."""

from pathlib import Path
from string import Template


def fill(name: str, /, **parts: object) -> str:
    """The template `name` with its parts put in; values must be escaped already. KeyError where one is missing."""
    return Template(Path(__file__).with_name(name).read_text("utf-8")).substitute(parts)
