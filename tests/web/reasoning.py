"""What stands for the explanation of a page in tests; in a module of its own, which a worker process imports fast."""

import time

from schemas.layout import Source


def sleeps(source: Source, text: str, article: str | None) -> list[str]:
    """The text itself; of "long" only after a minute."""
    time.sleep(60 if text == "long" else 0)
    return [text]


def fails(source: Source, text: str, article: str | None) -> list[str]:
    """As where the page has no such article."""
    raise KeyError(article)
