"""Articles of a paper's site as a reader saves them: the story among navigation, advertisements and other stories."""

from html import escape

from bench.rendering.files import File
from bench.rendering.issue import Sheet, Story
from bench.rendering.templates import fill


def files(sheet: Sheet) -> list[File]:
    """One file an article; every other page in GB2312, as older sites are."""
    codec = "gb18030" if sum(map(ord, sheet.stem)) % 2 else "utf-8"
    return [
        File(f"{sheet.stem}/{sheet.date:%Y%m%d}_{at:02}.html", _page(sheet, story, codec).encode(codec))
        for at, story in enumerate(sheet.stories)
    ]


def _page(sheet: Sheet, story: Story, codec: str) -> str:
    authors = escape(" ".join(dict.fromkeys(name for name, _ in story.names)))
    lines = [*((("paragraph", story.byline),) if story.byline else ()), *story.body]
    return fill(
        "saved_article.html",
        charset="gb2312" if codec == "gb18030" else codec,
        slashed=f"{sheet.date:%Y/%m%d}",
        iso=sheet.date,
        date=f"{sheet.date:%Y年%m月%d日}",
        paper=sheet.paper,
        name=sheet.name,
        title=escape(" ".join(story.main)) or "图片新闻",
        kicker=f'<h3 class="pre">{escape(" ".join(story.kicker))}</h3>' if story.kicker else "",
        subtitle=f'<h4 class="sub">{escape(" ".join(story.subtitle))}</h4>' if story.subtitle else "",
        authors=authors,
        byline=f"作者：{authors}" if authors else "",
        pictures="".join(_pictures(story)),
        body="\n".join(
            f"<p>　　<strong>{escape(text)}</strong></p>" if role == "crosshead" else f"<p>\n\t　　{escape(text)}</p>"
            for role, text in lines
        ),
    )


def _pictures(story: Story) -> list[str]:
    desc = '<p class="desc" style="text-align: center;">{}</p>\n'
    made = []
    for at, caption in enumerate(story.captions):
        made.append(f'<p style="text-align: center;"><img src="files/{at}.jpg" alt="" /></p>\n')
        made.append(desc.format(f'<span style="font-size:12px">{escape(caption)}</span>'))
        made.append(desc.format(escape(story.credit)) if story.credit and not at else "")
    return made
