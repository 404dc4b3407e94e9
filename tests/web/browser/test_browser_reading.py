"""A reader's visit: searching, narrowing down, an article beside its page, the language, the keyboard, paper."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import browsing


def found(window: Page) -> int:
    """How many articles or activities the page says there are."""
    matched = re.match(r"[\d,]+", window.locator("h2#found").inner_text())
    assert matched
    return int(matched[0].replace(",", ""))


def test_searched_narrowed_and_read(window: Page, site: str) -> None:
    window.goto(f"{site}/")
    window.keyboard.press("/")
    window.keyboard.type("社区")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search?q=*")
    every = found(window)
    expect(window.locator(".snippet mark").first).to_have_text("社区")
    facet = window.locator("#narrow [data-facet]", has=window.get_by_role("heading", name="类型"))
    chosen, count = facet.locator("li a").first, int(facet.locator("li .count").first.inner_text())
    chosen.click()
    window.wait_for_url("**type=*")
    assert found(window) == count < every
    chip = window.locator("ul.chips a.chip")
    expect(chip).to_have_count(1)
    window.reload()  # the address says it all
    assert found(window) == count
    chip.click()
    expect(chip).to_have_count(0)
    assert found(window) == every
    window.get_by_label("在下列条目中查找").fill("义诊")
    expect(window.locator("[data-facet]:visible li:visible a").first).to_contain_text("义诊")
    title = window.locator(".hit h3 a").first.inner_text()
    window.locator(".hit h3 a").first.click()
    window.wait_for_url("**/articles/*")
    assert "".join(title.split()) in "".join(window.locator(".clipping h1").inner_text().split())
    window.locator(".names .entity[href^='/places/']").first.click()
    window.wait_for_url("**/places/**")
    expect(window.locator("h1")).to_be_visible()


def test_what_is_pointed_at_is_marked_in_the_text_and_on_the_page(
    window: Page, site: str, addresses: dict[str, str]
) -> None:
    window.goto(site + addresses["article"])
    slot = window.locator(".activity .filled[data-shows]").first
    slot.hover()
    key = (slot.get_attribute("data-shows") or "").split()[0]
    in_text, in_quote = (window.locator(f"{where} [data-key='{key}']") for where in (".clipping", ".evidence"))
    expect(in_text).to_have_class(re.compile(r"\blit\b"))
    expect(in_quote).to_have_class(re.compile(r"\blit\b"))
    block = window.locator(".clipping .block").last
    number = block.get_attribute("data-b")
    block.hover(position={"x": 40, "y": 8})
    piece = window.locator(f".page-text .piece[data-b='{number}']").first
    expect(piece).to_have_class(re.compile(r"\blit\b"))
    expect(piece).to_be_in_viewport()
    piece.hover()
    expect(block).to_have_class(re.compile(r"\blit\b"))
    in_text.first.hover()
    expect(slot).to_have_class(re.compile(r"\blit\b"))
    window.mouse.move(5, 5)
    expect(window.locator(".lit")).to_have_count(0)
    window.locator(f".page-text a.number-mark[data-b='{number}']").first.focus()  # the same without a mouse
    expect(block).to_have_class(re.compile(r"\blit\b"))


def test_the_reasons_are_shown_where_they_are_asked_for(window: Page, site: str, addresses: dict[str, str]) -> None:
    window.goto(site + addresses["article"])
    window.locator("[data-why]").click()
    expect(window.locator("#reasons li").first).to_be_visible()
    assert window.url == site + addresses["article"]


def test_the_language_stays(window: Page, site: str, addresses: dict[str, str]) -> None:
    window.goto(site + addresses["search narrowed"])
    window.get_by_role("link", name="English").click()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    assert "type=health" in window.url
    window.locator(".hit h3 a").first.click()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    expect(window.get_by_role("link", name="Home page")).to_be_visible()
    window.goto(f"{site}/activities")
    expect(window.get_by_role("heading", level=1)).to_have_text("Activities")
    window.get_by_role("link", name="中文").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("活动")
    window.goto(site + addresses["article"])
    expect(window.locator("html")).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize("kind", ["search", "article", "pivot"])
def test_the_keyboard_alone_goes_through_a_page(window: Page, site: str, addresses: dict[str, str], kind: str) -> None:
    window.goto(site + addresses[kind])
    window.keyboard.press("Tab")
    skip = window.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    window.keyboard.press("Enter")
    expect(window.locator("main")).to_be_focused()
    window.reload()
    assert window.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0
    passed = []
    for _ in range(30):
        window.keyboard.press("Tab")
        passed.append(window.evaluate(FOCUSED))
    assert all(each["seen"] for each in passed), [each for each in passed if not each["seen"]]
    places = [each["place"] for each in passed]
    assert places == sorted(places)  # as the page is read
    assert len(set(places)) > 15  # a field of a date takes four


FOCUSED = """() => {
  const own = document.activeElement, box = own.getBoundingClientRect(), look = getComputedStyle(own);
  return {
    place: [...document.querySelectorAll("*")].indexOf(own),
    html: own.outerHTML.slice(0, 200),
    seen: own !== document.body && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
  };
}"""


@pytest.mark.parametrize("kind", ["search", "article", "activities"])
def test_printed_it_is_what_was_read_and_nothing_of_the_site(
    window: Page, site: str, addresses: dict[str, str], kind: str
) -> None:
    window.goto(site + addresses[kind])
    heading = window.locator(".clipping h1, .hit h3, .activities th[scope=row] a").first
    wanted = "".join(re.sub(r"\s|^\d", "", heading.inner_text()))[-4:]
    window.emulate_media(media="print")
    expect(window.locator("header.site nav")).to_be_hidden()
    expect(window.locator(".skip")).to_be_hidden()
    printed = pypdfium2.PdfDocument(window.pdf(format="A4"))
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert wanted in re.sub(r"\s", "", text)
    assert "供程序使用" not in text
    assert "供程序使用" in window.locator("body").text_content()  # type: ignore[operator]


def test_without_javascript_all_but_charts_works(browser: Browser, site: str, addresses: dict[str, str]) -> None:
    with browsing.opened(browser, java_script_enabled=False) as window:
        window.goto(f"{site}/")
        window.locator("main input[name=q]").fill("社区")
        window.locator("main form[action='/search'] button").click()
        every = found(window)
        window.locator("#narrow [data-facet] li a").first.click()
        assert found(window) < every
        window.locator("ul.chips a.chip").first.click()
        assert found(window) == every
        window.get_by_role("link", name="下一页").click()
        expect(window.locator(".hit").first).to_be_visible()
        with window.expect_download() as saved:
            window.locator(".downloads a", has_text="CSV").click()
        assert saved.value.suggested_filename.endswith(".csv")
        window.goto(site + addresses["article"])
        window.locator(".to-source").first.click()
        assert "#p1" in window.url
        window.locator("[data-why]").click()
        expect(window.locator("#reasons li").first).to_be_visible()
        window.goto(site + addresses["home"])
        window.locator("details.figures summary").first.click()
        expect(window.locator("details.figures table").first).to_be_visible()
        window.goto(site + addresses["pivot"])
        expect(window.locator("table.grid td.number a").first).to_be_visible()
        window.locator("main form select[name=rows]").select_option("type")
        window.locator("main form.asking button").click()
        expect(window.locator("table.grid tbody th").first).to_be_visible()
        assert "rows=type" in window.url
        window.get_by_role("link", name="English").click()
        expect(window.locator("html")).to_have_attribute("lang", "en")
