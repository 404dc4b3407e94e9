"""The published schemas: they say what every field is, take what we write and refuse what is no record."""

import ast
import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from corpus import records
from corpus.rejects import REMEDIES, Reject
from schemas import annotations, layout, published
from schemas.layout import Leftover, Page
from schemas.record import ArticleRecord, to_dict
from tests.test_records import FULL, RECORD

VALIDATORS = {
    name: Draft202012Validator(published.load(name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name in published.names()
}
ROOT = Path(__file__).parent.parent


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, however deep, by its path."""
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items():
            yield f"{path}.{name}", value
        for key, value in schema.items():
            yield from properties(value, f"{path}.{key}")
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value, path)


@pytest.mark.parametrize("name", published.names())
def test_a_schema_is_valid_and_every_field_is_described(name: str) -> None:
    schema = published.load(name)
    Draft202012Validator.check_schema(schema)
    undescribed = [path for path, field in properties(schema) if not field.get("description")]
    assert undescribed == []
    assert schema["required"] == list(schema["properties"])


def test_offsets_say_what_they_count() -> None:
    for name in published.names():
        for path, field in properties(published.load(name)):
            if path.endswith((".start", ".end")):
                assert "ffset" in field["description"], path


@pytest.mark.parametrize("record", [RECORD, FULL])
def test_a_record_validates_and_has_every_field(record: ArticleRecord) -> None:
    values = to_dict(record)
    VALIDATORS["article"].validate(values)
    assert list(values) == published.load("article")["required"]


def test_leftovers_and_rejects_validate() -> None:
    page = Page(RECORD.source, "热线电话")
    VALIDATORS["leftover"].validate(json.loads(records.leftover_lines(page, [Leftover("hotline", 0, 4)])))
    for reason in REMEDIES:
        VALIDATORS["reject"].validate(json.loads(records.reject_line(Reject("a", reason, "it was so"))))


def test_the_schema_knows_the_same_words_as_the_code() -> None:
    fields = published.load("article")["properties"]
    assert fields["entities"]["items"]["properties"]["type"]["enum"] == list(get_args(annotations.EntityType))
    assert fields["entities"]["items"]["properties"]["basis"]["enum"] == list(get_args(annotations.Basis))
    assert fields["counts"]["items"]["properties"]["mod"]["enum"] == list(get_args(annotations.Mod))
    assert fields["counts"]["items"]["properties"]["role"]["enum"] == [*get_args(annotations.CountRole), None]
    assert fields["activities"]["items"]["properties"]["status"]["enum"] == list(get_args(annotations.Status))
    assert fields["blocks"]["items"]["properties"]["role"]["enum"] == list(get_args(layout.BlockRole))
    assert fields["headlines"]["items"]["properties"]["role"]["enum"] == list(get_args(layout.HeadlineRole))
    assert fields["kind"]["enum"] == list(get_args(layout.ArticleKind))
    assert published.load("reject")["properties"]["reason"]["enum"] == list(REMEDIES)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", "article/2"),
        ("id", "ABCDEF0123456789"),
        ("id", "0123"),
        ("kind", "advert"),
        ("text", ""),
        ("title", 5),
        ("keywords", ["社区"] * 2),
        ("keywords", [str(n) for n in range(11)]),
        ("blocks", []),
        ("source.sha256", "0" * 63),
        ("source.page", 0),
        ("source.issue_date", "2024-13-40"),
        ("source.issue_date", "12.3.2024"),
        ("source.extra", 1),
        ("headlines.0.role", "caption"),
        ("blocks.0.start", -1),
        ("blocks.0.source.0", [1]),
        ("blocks.0.source.0", [1, 2, 3]),
        ("blocks.0.incomplete", None),
        ("entities.0.type", "country"),
        ("entities.0.code", "32050"),
        ("entities.0.name", ""),
        ("entities.0.in", 1),
        ("counts.0.value", "20"),
        ("counts.0.mod", "余"),
        ("counts.0.unit", None),
        ("counts.0.role", "bystanders"),
        ("counts.0.check", {"of": "c1", "part": "c2"}),
        ("activities.0.status", "planned"),
        ("dates.0.text", ""),
        ("activities.0.type", "party time"),
        ("activities.0.organizers", ["双塔街道"]),
        ("activities.0.date", "3月12日"),
        ("activities.0.evidence", [0, 5]),
    ],
)
def test_what_is_no_record_is_refused(path: str, value: object) -> None:
    values = copy.deepcopy(to_dict(RECORD))
    *way, last = path.split(".")
    place: Any = values
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    assert not VALIDATORS["article"].is_valid(values)


@pytest.mark.parametrize("field", published.load("article")["required"])
def test_no_field_may_be_missing(field: str) -> None:
    values = to_dict(RECORD)
    del values[field]
    assert not VALIDATORS["article"].is_valid(values)


def test_the_command_prints_and_lists_them(run: Callable[..., Result]) -> None:
    listed = run("schema")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(published.names())
    for name in published.names():
        assert json.loads(run("schema", name).stdout) == published.load(name)
    wrong = run("schema", "novel")
    assert (wrong.exit_code, "there are: article, correction, leftover, reject, source" in wrong.stderr) == (2, True)


def test_schemas_import_nothing_but_the_standard_library() -> None:
    for path in (ROOT / "schemas").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in sys.stdlib_module_names | {"schemas"}, f"{path.name} imports {name}"
