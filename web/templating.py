"""Templates: every value escaped, an unknown one an error, filters bound to the reader's language."""

import json
import re
import shlex
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from corpus.archive.snippets import Marked
from web import addresses, links
from web.language import COOKIE, TAGS, language, of_request
from web.security import sessions
from web.static_files import plotly_style, versioned

TEMPLATES = Path(__file__).parent / "templates"
YEAR = 365 * 24 * 3600
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would turn the direction of writing or move the cursor: shown as a sign, so that it can forge nothing."""
_COMBINING = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_FLOOD = re.compile(f"({_COMBINING}{{4}}){_COMBINING}+")
"""More signs on one letter than any script has: they would cover the lines above and below."""


@cache
def environment(code: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
    )
    speech = language(code)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        speech.text, lambda one, many, count: speech.texts.get(many, many) if code == "zh" or count != 1 else one,
        newstyle=True,
    )  # fmt: skip
    made.filters |= {
        "day": speech.day,
        "number": speech.number,
        "named": lambda value, kind: speech.name(kind, value),
        "marked": marked,
        "safely": safely,
        "shell": shlex.quote,
        "python": lambda text: json.dumps(text, ensure_ascii=False),
    }
    made.globals |= {
        "language": speech,
        "languages": TAGS,
        "static": versioned,
        "plotly_style": plotly_style,
        "link": links.link,
        "to": addresses,
    }
    return made


def page(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """The template filled with the values, and with `request`, `edit`, `token`, `here` (links.Here) for all."""
    speech = of_request(request)
    settings = request.app.state.settings
    html = environment(speech.code).get_template(template).render(
        request=request,
        here=links.Here(request.url.path, tuple(request.query_params.multi_items())),
        origin=f"{request.url.scheme}://{request.url.netloc}",
        edit=settings.edit,
        guarded=settings.password is not None,
        token=sessions.token(request) if settings.edit and "session" in request.scope else "",
        **values,
    )  # fmt: skip
    response = HTMLResponse(html, status, {"Content-Language": speech.tag, **(headers or {})})
    if request.query_params.get("lang") == speech.code:
        response.set_cookie(COOKIE, speech.code, max_age=YEAR, httponly=True, samesite="lax")
    return response


def marked(text: Marked | str | None) -> Markup:
    """A text with what was asked for in <mark>, everything escaped."""
    if text is None or isinstance(text, str):
        return escape(safely(text or ""))
    out, at = Markup(), 0
    for start, end in text.marks:
        out += Markup("{}<mark>{}</mark>").format(safely(text.text[at:start]), safely(text.text[start:end]))
        at = end
    return out + escape(safely(text.text[at:]))


def safely(text: object) -> str:
    """A text of an archive with what turns the direction of writing made visible, and floods of accents cut off.

    >>> safely("社区\\u202e讲座")  # a community's talk
    '社区\\ufffd讲座'
    >>> len(safely("e" + "\\u0301" * 1000))
    6
    """
    return _FLOOD.sub("\\1\ufffd", _UNSEEN.sub("\ufffd", str(text)))
