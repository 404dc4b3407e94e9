"""Articles as rows: what a content system exports as CSV or JSON Lines."""

import csv
import io
import json
from html import escape

from bench.rendering.files import File
from bench.rendering.issue import Sheet, Story

COLUMNS = ("title", "text", "date", "author")


def rows(sheet: Sheet) -> list[dict[str, str]]:
    """One row an article: the headline's lines in one, paragraphs and captions on lines of the text."""
    return [
        {
            "title": " ".join(story.headlines),
            "text": "\n".join([*_byline(story), *(text for _, text in story.body), *_captions(story)]),
            "date": sheet.date.isoformat(),
            "author": "、".join(_names(story)),
        }
        for story in sheet.stories
    ]


def as_csv(sheet: Sheet) -> list[File]:
    """As spreadsheets write it: a byte order mark, quoted where needed, line feeds inside cells."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(sheet))
    return [File(f"{sheet.stem}.csv", out.getvalue().encode("utf-8-sig"))]


def as_chinese_csv(sheet: Sheet) -> list[File]:
    """As a Chinese system exports it for Excel: GB18030, Chinese names of columns, the text as HTML, more columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("编号", "引题", "标题", "副题", "报纸名称", "刊期", "版次", "版名", "作者", "正文", "字数"))
    for number, story in enumerate(sheet.stories, 1):
        paragraphs = [*_byline(story), *(text for _, text in story.body), *_captions(story)]
        content = "".join(f"<p>　　{escape(text)}</p>" for text in paragraphs)
        parts = [" ".join(lines) for lines in (story.kicker, story.main, story.subtitle)]
        paper = (sheet.paper, f"{sheet.date:%Y/%m/%d}", sheet.number, sheet.name)
        writer.writerow((number, *parts, *paper, " ".join(_names(story)), content, sum(map(len, paragraphs))))
    return [File(f"{sheet.stem}.csv", out.getvalue().encode("gb18030"))]


def as_jsonl(sheet: Sheet) -> list[File]:
    """One object a line, named as crawlers name things."""
    names = {"title": "title", "text": "content", "date": "pub_time", "author": "author"}
    objects = (
        {"id": number, **{names[name]: value for name, value in row.items()}, "source": sheet.paper, "url": ""}
        for number, row in enumerate(rows(sheet))
    )
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
    return [File(f"{sheet.stem}.jsonl", lines.encode("utf-8"))]


def _names(story: Story) -> list[str]:
    return list(dict.fromkeys(name for name, _ in story.names))


def _byline(story: Story) -> list[str]:
    return [story.byline] if story.byline else []


def _captions(story: Story) -> list[str]:
    # the credit of the first picture stands on its own line, as in the papers' dumps
    return [line for line in (*story.captions[:1], story.credit, *story.captions[1:]) if line]
