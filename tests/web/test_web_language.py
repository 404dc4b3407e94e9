"""Two languages: every text of templates and code has its Chinese, every name of data both."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from schemas import published
from web import parameters
from web.language import LOCALE, language

WEB = LOCALE.parent
CALLS = {"text": (0,), "wrong": (0,), "several": (0, 1), "Problem": (1, 2)}
"""Functions of our own and which of their arguments are msgids."""


def of_templates() -> Iterator[tuple[str, str]]:
    """Every msgid of the templates with its place."""
    options = {"templates/**": {"silent": "false", "trimmed": "false", "newstyle_gettext": "true"}}
    found = extract_from_dir(
        WEB, [("templates/**.html", "jinja2.ext.babel_extract")], options, keywords={"_": None, "ngettext": (1, 2)}
    )
    for name, line, msgids, *_ in found:
        for msgid in (msgids,) if isinstance(msgids, str) else msgids[:2]:
            yield f"{name}:{line}", msgid


def of_code() -> Iterator[tuple[str, str]]:
    """Every msgid of the code."""
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for at in CALLS.get(name, ()):
                    if at < len(node.args) and isinstance(node.args[at], ast.Constant):
                        yield f"{path.relative_to(WEB)}:{node.lineno}", node.args[at].value  # type: ignore[attr-defined]
    for parameter in (*parameters.FILTERS, *parameters.PAGING, parameters.QUERY):
        yield "parameters.py", parameter.label


def test_every_text_has_its_chinese() -> None:
    known = language("zh").texts
    found = [*of_templates(), *of_code()]
    assert len(found) > 50
    lacking = [f"{place}: {msgid}" for place, msgid in found if msgid not in known]
    assert not lacking, "\n".join(["not in locale/zh/LC_MESSAGES/messages.po:", *lacking])


def test_translations_have_the_same_values() -> None:
    import re

    for msgid, text in language("zh").texts.items():
        assert set(re.findall(r"%\(\w+\)s", text)) <= set(re.findall(r"%\(\w+\)s", msgid)), msgid


def enums(schema: Any, at: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every list of values in a JSON Schema."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield at, tuple(schema["enum"])
        for key, value in schema.items():
            yield from enums(value, f"{at}/{key}")


KINDS = {
    "kind": "/kind", "block": "/blocks/items/properties/role", "place": "/entities/items/properties/type",
    "basis": "/basis", "mod": "/mod", "count": "/counts/items/properties/role",
    "type": "/activities/items/properties/type", "status": "/status",
}  # fmt: skip


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_record_has_a_name(code: str, kind: str) -> None:
    names = language(code).names
    [values] = [values for at, values in enums(published.load("article")) if at.endswith(KINDS[kind])]
    assert [value for value in values if value and (kind, value) not in names] == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_said_twice(code: str) -> None:
    path = Path(LOCALE / code / "LC_MESSAGES" / "messages.po")
    lines = path.read_text("utf-8").splitlines()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    assert len(catalogue) == sum(line.startswith("msgid ") and line != 'msgid ""' for line in lines)


def test_the_two_catalogues_name_the_same() -> None:
    assert language("zh").names.keys() == language("en").names.keys()
    assert not language("en").texts


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [("2024-03-05", "2024年3月5日", "5 Mar 2024"), ("2024-03", "2024年3月", "Mar 2024"), ("2024", "2024年", "2024"),
     (None, "", ""), ("2024-13-40", "2024-13-40", "2024-13-40"), ("unknown", "unknown", "unknown")],
)  # fmt: skip
def test_days(iso: str | None, zh: str, en: str) -> None:
    assert (language("zh").day(iso), language("en").day(iso)) == (zh, en)


def test_one_and_several() -> None:
    one, many = "The archive tells of %(count)s activity.", "The archive tells of %(count)s activities."
    assert language("en").several(one, many, 1) == "The archive tells of 1 activity."
    assert language("en").several(one, many, 1200) == "The archive tells of 1,200 activities."
    assert language("zh").several(one, many, 1200) == "档案共记载 1,200 项活动。"
