"""Charts: drawn on every page that has one, saved as PNG, SVG and data, and leading to what they count."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser import kinds_of_pages

MARKS = {"pivot": ".heatmaplayer image"}
"""What a chart draws; else bars."""


@pytest.mark.parametrize("kind", kinds_of_pages.DRAWN)
def test_charts_are_drawn_and_saved(window: Page, site: str, addresses: dict[str, str], kind: str) -> None:
    window.goto(site + addresses[kind])
    folded = window.locator("details.over-time summary")
    if folded.count():
        folded.click()
    chart = window.locator("figure.chart").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "yes")
    expect(chart.locator(MARKS.get(kind, ".bars .point path")).first).to_be_attached()
    for format_, begins in (("png", b"\x89PNG"), ("svg", b"<svg")):
        assert saved(window, chart.locator(f"[data-save={format_}]"), f".{format_}").startswith(begins)
    rows = list(csv.reader(saved(window, chart.locator(".saving a"), ".csv").decode("utf-8-sig").splitlines()))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def saved(window: Page, button: Locator, ending: str) -> bytes:
    """What a button saves."""
    with window.expect_download() as download:
        button.click()
    assert download.value.suggested_filename.endswith(ending)
    return Path(download.value.path()).read_bytes()
