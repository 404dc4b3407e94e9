"""An editor's work: a correction seen before it is saved, seen afterwards, taken back with one click; the review queue
by keyboard alone.
"""

import re

from playwright.sync_api import Browser, Page, expect

from tests.web import browsing

ORGANIZATION = re.compile(r"· 单位$")


def names_of(window: Page, article: str) -> list[str]:
    """The names that the page of an article shows."""
    window.goto(article)
    return window.locator("table.names th[scope=row] .entity").all_inner_texts()


def test_a_correction_is_previewed_saved_seen_and_taken_back(
    window: Page, desk: str, addresses: dict[str, str]
) -> None:
    article = desk + addresses["article"]
    before = names_of(window, article)
    window.goto(desk + addresses["correct"])
    asked = window.locator("form[data-form=name]")
    option = asked.locator("select[name=name] option", has_text=ORGANIZATION).first
    wrong = option.inner_text().removesuffix(" · 单位")
    asked.locator("select[name=name]").select_option(option.get_attribute("value"))
    expect(asked.locator("[data-when]:visible")).to_have_count(0)
    asked.locator("select[name=change]").select_option("type")
    expect(asked.locator("[data-when]:visible")).to_have_count(1)
    asked.locator("select[name=change]").select_option("not")
    asked.locator("button").click()
    preview = window.get_by_role("dialog")
    expect(preview.locator("del", has_text=wrong).first).to_be_visible()
    expect(preview.locator("[data-confirm]")).to_be_focused()
    window.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    assert names_of(window, article) == before  # shown, not saved
    window.goto(desk + addresses["correct"])
    asked.locator("select[name=name]").select_option(label=f"{wrong} · 单位")
    asked.locator("button").click()
    preview.get_by_label("姓名").fill("程砚秋")
    preview.locator("[data-confirm]").click()
    expect(window.locator(".said [role=status]")).to_contain_text("已保存")
    back = window.url
    assert wrong not in names_of(window, article)
    window.goto(f"{desk}/corrections")
    expect(window.locator("tbody tr").first).to_contain_text("程砚秋")
    window.goto(back)
    window.locator(".said [data-undo]").click()
    expect(window.locator(".said[role=status]")).to_be_visible()
    assert names_of(window, article) == before
    window.goto(f"{desk}/corrections")
    expect(window.locator("tbody tr")).to_have_count(0)


def test_the_queue_is_gone_through_by_keyboard_alone(window: Page, desk: str) -> None:
    window.goto(f"{desk}/review")
    heading = window.locator("main h2 a")
    first = heading.get_attribute("href")
    clock = window.locator("[data-clock]")
    expect(clock).to_be_visible()
    window.keyboard.press("?")
    help_ = window.locator("dialog.keys")
    expect(help_).to_be_visible()
    window.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    window.keyboard.press("j")
    expect(heading).not_to_have_attribute("href", first or "")
    expect(clock).to_be_visible()  # the script listens
    window.keyboard.press("k")
    expect(heading).to_have_attribute("href", first or "")
    expect(clock).to_be_visible()
    window.keyboard.press("l")  # a name, and what would change if it were none
    chosen = window.locator("[data-text] [data-value].chosen")
    expect(chosen).to_be_focused()
    window.keyboard.press("n")
    preview = window.locator("dialog.over")
    expect(preview.locator("[data-confirm], [data-close]").first).to_be_focused()
    window.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    looked = window.locator("[data-looked]")
    expect(looked).to_have_text("0")
    window.keyboard.press("a")
    expect(looked).to_have_text("1")
    expect(heading).not_to_have_attribute("href", first or "")
    undo = window.locator("form.said:visible button")
    expect(undo).to_be_visible()
    for _ in range(40):
        if undo.evaluate("each => each === document.activeElement"):
            break
        window.keyboard.press("Tab")
    expect(undo).to_be_focused()
    window.keyboard.press("Enter")
    expect(looked).to_have_text("0")
    expect(heading).to_have_attribute("href", first or "")


def test_without_javascript_a_correction_is_made_and_taken_back(
    browser: Browser, desk: str, addresses: dict[str, str]
) -> None:
    with browsing.opened(browser, java_script_enabled=False) as window:
        window.goto(desk + addresses["correct"])
        asked = window.locator("form[data-form=name]")
        asked.locator("select[name=name]").select_option(index=1)
        asked.locator("button").click()
        expect(window.locator(".preview del").first).to_be_visible()
        window.locator("[data-confirm]").click()
        expect(window.locator(".said [role=status]")).to_contain_text("已保存")
        window.locator(".said [data-undo]").click()
        expect(window.locator(".said[role=status]")).to_be_visible()
        window.goto(f"{desk}/review")
        window.locator("[data-approve] button").click()
        window.locator(".said button").first.click()
        expect(window.locator("[data-looked]")).to_have_text("0")
