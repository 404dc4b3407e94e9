"""Files of rows: what is in them, what is refused."""

import csv
import io
import json
import tempfile
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from web.application import create_app
from web.settings import Limits, Settings

PATHS = ("/search", "/activities", "/counts", "/places", "/pivot")


def as_csv(client: TestClient, path: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")  # for Excel
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", PATHS)
def test_the_three_forms_say_the_same(client: TestClient, path: str) -> None:
    rows = as_csv(client, f"{path}.csv?type=volunteer")
    objects = client.get(f"{path}.json?type=volunteer").json()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}.xlsx?type=volunteer").content), read_only=True)
    sheet = list(book.worksheets[0].values)
    assert len(rows) == len(objects) == len(sheet) - 1 > 0
    assert list(rows[0]) == list(objects[0]) == [str(cell) for cell in sheet[0]]


def test_a_file_has_the_rows_of_the_api(client: TestClient) -> None:
    question = "type=volunteer&type=health&sort=name"
    rows: list[dict[str, Any]] = client.get(f"/api/v1/activities?{question}&per_page=500").json()["rows"]
    assert client.get(f"/activities.json?{question}").json() == rows
    assert [row["name"] for row in as_csv(client, f"/activities.csv?{question}")] == [row["name"] for row in rows]


def test_a_search_has_all_articles_whole(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=志愿者&per_page=500").json()
    rows = client.get("/search.json?q=志愿者").json()
    assert {row["article"] for row in rows} == {row["id"] for row in found["rows"]}
    assert all("志愿者" in row["text"].replace("\n", "") for row in rows)


def test_the_pivot_adds_up(client: TestClient) -> None:
    rows = client.get("/pivot.json?rows=type&columns=status").json()
    total = client.get("/api/v1/activities").json()["total"]
    assert sum(row["total"] for row in rows) == total
    for row in rows:  # an activity has one type and one status
        assert row["total"] == sum(value for key, value in row.items() if key in ("done", "under_way", "(unknown)"))


def test_nothing_found_is_an_empty_file(client: TestClient) -> None:
    assert client.get("/search.json?q=并不存在的词语").json() == []
    assert client.get("/activities.json?type=antidrug&since=1990-01-01&until=1990-01-02").json() == []


def test_what_is_too_much_is_refused_and_nothing_is_left_behind(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    browser = TestClient(create_app(Settings(samples, limits=Limits(download=5))), base_url="http://localhost")
    answer = browser.get("/activities.csv")
    assert answer.status_code == 400
    assert "cli.py export" in answer.text
    assert "5 行" in answer.text
    assert browser.get("/search.csv?q=(").status_code == 400
    assert browser.get("/activities.xlsx?type=legal&since=2024-01-01&until=2024-01-02").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_who_waits_too_long_for_a_file_is_told(samples: Path) -> None:
    app = create_app(Settings(samples, limits=Limits(wait=0.05, downloads=1)))
    browser = TestClient(app, base_url="http://localhost")
    turn: threading.BoundedSemaphore = app.state.downloads
    with turn:
        assert browser.get("/activities.csv").status_code == 503
    assert browser.get("/activities.csv").status_code == 200


def test_no_cell_is_a_formula(editor: TestClient, own_archive: Path) -> None:
    from corpus.archive.database import writing

    with writing(own_archive) as database:
        database.execute("UPDATE activity SET name = '=1+1' WHERE id = 1")
    names = [row["name"] for row in as_csv(editor, "/activities.csv")]
    assert "'=1+1" in names
    assert json.loads(editor.get("/activities.json").text)[0].keys() >= {"name", "type"}
