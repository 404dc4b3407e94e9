"""An archive whose every name, headline and text is hostile: the browser shows text, and runs nothing of it."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

import cli
from tests.web import browsing
from tests.web.browser import kinds_of_pages, looking

SAMPLE = Path(__file__).parents[3] / "corpus" / "samples" / "changsha-yuelu-tianxin-B3.txt"
HOSTILE = "<script>window.hit=1</script>\"'><img src=x onerror=window.hit=1>{{7*7}}</title>\u202e"
SHOWN = "<img src=x onerror=window.hit=1>"
COLUMNS = (
    ("name", "name"), ("place", "name"), ("page", "paper"), ("article", "title"), ("activity", "name"),
    ("count", "object"), ("count", "unit"), ("entity_form", "form"),
)  # fmt: skip
"""What an archive says of what it read, as somebody who can write the file may have it say anything."""
QUIET = ("nothing found", "question not understood", "types", "corrections", "help", "missing")
"""Kinds of pages that show nothing of the archive."""


@pytest.fixture(scope="module")
def hostile(
    serve: Callable[..., contextlib.AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where a hostile archive is served, to be corrected."""
    folder = tmp_path_factory.mktemp("hostile")
    pages = folder / "pages"
    pages.mkdir()
    text = SAMPLE.read_text("utf-8").replace("社区", f"社区{HOSTILE}", 40)
    (pages / "hostile'\"<b>&.txt").write_text(text.replace("名医坐诊", f"{HOSTILE}名医坐诊"), "utf-8")
    (pages / "昆明社区报-20240312-3.txt").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    archive = folder / "archive.db"
    done = CliRunner().invoke(cli.cli, ["index", str(pages), "--archive", str(archive), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    with contextlib.closing(sqlite3.connect(archive)) as connection, connection:
        for table, column in COLUMNS:
            connection.execute(f"UPDATE {table} SET {column} = {column} || ?", (HOSTILE,))
        connection.execute("UPDATE page SET paper = ? WHERE paper IS NULL", (HOSTILE,))
    with serve(archive, "--edit") as address:
        yield address


def test_what_is_hostile_is_shown_as_text(browser: Browser, hostile: str) -> None:
    with browsing.opened(browser, browsing.PHONE) as window:
        for kind, address in kinds_of_pages.addresses(hostile).items():
            window.goto(hostile + address)
            for chart in window.locator("figure.chart:visible").all():
                chart.scroll_into_view_if_needed()
                window.locator("figure.chart[data-drawn]").first.wait_for()
            harmless(window, kind)
            assert looking.too_wide(window) <= 0, kind
            if kind not in QUIET:
                assert SHOWN in window.locator("body").inner_text(), kind


def harmless(window: Page, kind: str) -> None:
    """Nothing of what was read has become a part of the page."""
    assert window.evaluate("window.hit") is None, kind
    assert window.locator("img[src='x'], [onerror], script:not([src])").count() == 0, kind
    text = window.locator("body").inner_text()
    spoken: list[str] = window.locator("[title], [aria-label]").evaluate_all(
        "all => all.map((each) => (each.title ?? '') + (each.ariaLabel ?? ''))"
    )
    assert "\u202e" not in "".join((window.title(), text, *spoken)), kind
    assert "{{7*7}}" in text or SHOWN not in text, kind
