"""Articles of a paper's WeChat account as they are saved: the story inside nested sections and spans of the editor."""

from html import escape

from bench.rendering.files import File
from bench.rendering.issue import Sheet, Story
from bench.rendering.templates import fill

TEXT = '<span style="font-size: 16px;letter-spacing: 1px;">{}</span>'
SMALL = '<p style="text-align: center;"><span style="font-size: 12px;color: rgb(136, 136, 136);">{}</span></p>\n'
STRONG = "<strong>{}</strong>"


def files(sheet: Sheet) -> list[File]:
    """One file an article that has a headline; a picture story has no article of its own there."""
    return [
        File(f"{sheet.stem}/{at:02} {story.main[0]}.html", _page(sheet, story).encode("utf-8"))
        for at, story in enumerate(sheet.stories)
        if not story.is_photo
    ]


def _page(sheet: Sheet, story: Story) -> str:
    parts: list[str] = []
    parts += [f"<p>{TEXT.format(escape(story.byline))}</p>"] if story.byline else []
    for role, text in story.body:
        if role == "crosshead":
            parts.append(
                f'<section style="text-align: center;"><p>{STRONG.format(TEXT.format(escape(text)))}</p></section>'
            )
            continue
        # the editor splits a paragraph into spans where it was typed or pasted in pieces
        middle = len(text) // 2
        halves = TEXT.format(escape(text[:middle])) + TEXT.format(escape(text[middle:]))
        parts.append(f'<section><section><p style="text-indent: 2em;">{halves}</p></section></section>\n<p><br></p>')
    pictures = []
    for at, caption in enumerate(story.captions):
        pictures.append(
            f'<p style="text-align: center;"><img class="rich_pages" data-src="https://mmbiz.example.com/{at}"></p>'
        )
        pictures.append(SMALL.format(escape(caption)))
        pictures.append(SMALL.format(escape(story.credit)) if story.credit and not at else "")
    return fill(
        "wechat.html",
        title=escape(" ".join(story.headlines)),
        paper=sheet.paper,
        iso=sheet.date,
        authors=escape(" ".join(dict.fromkeys(name for name, _ in story.names))),
        pictures="\n".join(pictures),
        body="\n".join(parts),
    )
