"""A whole newspaper page as one web page: several articles below each other, told apart by headings or by <article>."""

from html import escape

from bench.rendering.files import File
from bench.rendering.issue import Sheet, Story
from bench.rendering.templates import fill


def files(sheet: Sheet) -> list[File]:
    """One file a page: h2 and p in a row for some papers, <article> with <figure> for the others."""
    modern = sum(map(ord, sheet.stem)) % 2 == 0
    stories = "\n".join(_article(story) if modern else _headed(story) for story in sheet.stories)
    notices = "".join(f"<p>{escape(notice)}</p>" for notice in sheet.notices)
    page = fill(
        "whole_page.html",
        paper=sheet.paper,
        iso=sheet.date,
        day=sheet.day,
        number=sheet.number,
        name=sheet.name,
        stories=stories,
        notices=notices,
    )
    return [File(f"{sheet.stem}.html", page.encode("utf-8"))]


def _article(story: Story) -> str:
    head = "".join(f'<p class="kicker">{escape(t)}</p>' for t in story.kicker)
    head += f"<h2>{'<br>'.join(map(escape, story.main))}</h2>" if story.main else ""
    head += "".join(f'<p class="subtitle">{escape(t)}</p>' for t in story.subtitle)
    head += f'<p class="byline">{escape(story.byline)}</p>' if story.byline else ""
    label = f'<div class="column-label">{escape(story.label)}</div>\n' if story.label else ""
    body = "\n".join(
        f"<{tag}>{escape(t)}</{tag}>" for r, t in story.body for tag in ("h3" if r == "crosshead" else "p",)
    )
    return f"<article>{label}<header>{head}</header>\n{body}\n{_figures(story)}</article>\n"


def _figures(story: Story) -> str:
    return "".join(
        f'<figure><img src="{at}.jpg" alt=""><figcaption>{escape(text)}'
        f"{'<br>' + escape(story.credit) if story.credit and not at else ''}</figcaption></figure>\n"
        for at, text in enumerate(story.captions)
    )


def _headed(story: Story) -> str:
    label = f"<p>{escape(story.label)}</p>\n" if story.label else ""
    kicker = "".join(f"<h4>{escape(t)}</h4>\n" for t in story.kicker)
    main = f"<h2>{'<br>'.join(map(escape, story.main))}</h2>\n" if story.main else ""
    subtitle = "".join(f"<h4>{escape(t)}</h4>\n" for t in story.subtitle)
    byline = f"<p>{escape(story.byline)}</p>\n" if story.byline else ""
    body = "\n".join(
        f"<p><strong>{escape(t)}</strong></p>" if r == "crosshead" else f"<p>　　{escape(t)}</p>" for r, t in story.body
    )
    return f"{label}{kicker}{main}{subtitle}{byline}{body}\n{_figures(story)}<hr>\n"
