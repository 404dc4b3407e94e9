"""What a user may name, and what was perhaps meant: regions, spaCy pipelines, what is installed."""

import difflib
import importlib.util
import os

from corpus.rejects import Rejected

SIX_DIGITS = range(110000, 830000)
"""All codes that a province, city or district may have; the gazetteer answers by code."""
NEAR = 10
"""How many names are proposed for one that nobody bears."""


def region(name: str) -> str:
    """The full name of the one province, city or district called `name`; ValueError names what was perhaps meant.

    >>> region("潍坊")  # Weifang, without its suffix
    '潍坊市'
    """
    from extract.gazetteer import gazetteer
    from extract.linking import Context

    divisions = gazetteer()
    codes = Context.of([name]).home
    if len(codes) == 1:
        return divisions.name(codes[0]) or name
    if codes:
        places = ("".join(dict.fromkeys(divisions.name(f"{code[:n]:0<6}") or "" for n in (2, 4, 6))) for code in codes)
        raise ValueError(f"{len(codes)} are called {name!r}: {'、'.join(places)}; name it in full or the city it is in")
    known = [called for code in SIX_DIGITS if (called := divisions.name(str(code)))]
    alike = [each for each in known if len(name) > 1 and each.startswith(name[:2])]
    alike += difflib.get_close_matches(name, known, n=len(known), cutoff=0.4)
    # of equally many shared characters those in the same place count: 大铜市 is 大同市 sooner than 铜陵市
    alike.sort(key=lambda each: sum(a == b for a, b in zip(name, each, strict=False)), reverse=True)
    near = list(dict.fromkeys(alike))[:NEAR]
    remedy = f"; did you mean {'、'.join(near)}?" if near else "; name it as maps do, like 潍坊市 or 奎文区"
    raise ValueError(f"no province, city or district is called {name!r}{remedy}")


def model(name: str) -> str:
    """The spaCy pipeline `name`, a package or a folder, if it is installed; ValueError with the remedy if not."""
    import spacy

    if spacy.util.is_package(name) or os.path.exists(os.path.join(name, "meta.json")):
        return name
    remedy = f"install it (python -m spacy download {name}) or name a folder that holds one"
    raise ValueError(f"no spaCy pipeline {name!r} is installed here; {remedy}")


def can_read_pictures() -> bool:
    """Whether the extra that reads pictures of pages is installed."""
    from corpus.readers import ocr

    try:
        ocr.needed()
    except Rejected:
        return False
    return True


def can_use_dask() -> bool:
    """Whether the extra for clusters is installed."""
    return importlib.util.find_spec("distributed") is not None
