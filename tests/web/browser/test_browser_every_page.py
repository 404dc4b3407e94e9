"""Every kind of page, in both languages, wide and narrow, light and dark: sound, still, quiet and accessible."""

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web import browsing
from tests.web.browser import kinds_of_pages, looking

NARROW = (390, 844)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all, for it keeps the scripts; colours change in it at once."""
    with contextlib.closing(browser.new_context(reduced_motion="reduce")) as made:
        looking.watch(made)
        yield made


@pytest.mark.parametrize("kind", [*kinds_of_pages.READ, *kinds_of_pages.EDITED])
def test_every_page_is_sound(context: BrowserContext, request: pytest.FixtureRequest, kind: str) -> None:
    addresses = request.getfixturevalue("addresses")
    site = request.getfixturevalue("desk" if kind in kinds_of_pages.EDITED else "site")
    with browsing.quiet(context) as window:
        for language, tag, size, other, scheme in (
            ("zh", "zh-CN", browsing.WIDE, NARROW, "light"),
            ("en", "en", NARROW, browsing.WIDE, "dark"),
        ):
            window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            resize(window, size)
            assert status(window, site + addresses[kind], language) == kinds_of_pages.REFUSED.get(kind, 200)
            assert window.locator("html").get_attribute("lang") == tag
            assert window.locator("h1").count() == 1
            drawn(window)
            assert not looking.moved(window)
            assert looking.too_wide(window) <= 0
            assert not looking.violations(window)
            resize(window, other)
            assert looking.too_wide(window) <= 0


def resize(window: Page, size: tuple[int, int]) -> None:
    """Make a window so wide and high."""
    window.set_viewport_size({"width": size[0], "height": size[1]})


def status(window: Page, address: str, language: str) -> int:
    """Open an address in a language."""
    answer = window.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert answer
    return answer.status


def drawn(window: Page) -> None:
    """Wait for the charts that can be seen."""
    for chart in window.locator("figure.chart:visible").all():
        chart.scroll_into_view_if_needed()
        window.locator("figure.chart[data-drawn]").first.wait_for()
    window.evaluate("scrollTo(0, 0)")
