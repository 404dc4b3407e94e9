"""An e-paper's web edition (数字报), as 方正's systems publish it: a page list of its articles and a file for each.

The two generations that archives hold: tables with the article's fields in a comment (<!--enpproperty …), and divs with
h1 to h3. After the forms that crawlers of such sites are written for.
"""

from html import escape

from bench.rendering.files import File
from bench.rendering.issue import Sheet, Story
from bench.rendering.templates import fill

PHOTO = "图片新闻"  # the title that the system wants and the paper page does not have


def files(sheet: Sheet) -> list[File]:
    """The edition of one page: html/2024-03/12/node_5.htm with content_….htm beside it, or layout/ and content/."""
    number = int("".join(c for c in sheet.number if c.isdigit()))
    first = 100000 + sum(map(ord, sheet.stem))
    old = number % 2 == 1
    names = [f"content_{first + at}.{'htm' if old else 'html'}" for at in range(len(sheet.stories))]
    if old:
        folder = f"{sheet.stem}/html/{sheet.date:%Y-%m/%d}"
        node = File(f"{folder}/node_{number}.htm", _tables_node(sheet, number, names).encode("utf-8"))
        article = _tables_article
    else:
        day = f"{sheet.date:%Y%m/%d}"
        folder = f"{sheet.stem}/pc/content/{day}"
        listing = fill(
            "epaper_divs_node.html", **_masthead(sheet), here=f"node_{number:02}.html", titles=_titles(sheet, names)
        )
        node = File(f"{sheet.stem}/pc/layout/{day}/node_{number:02}.html", listing.encode("utf-8"))
        article = _divs_article
    pages = (article(sheet, at, number, names) for at in range(len(names)))
    return [node, *(File(f"{folder}/{n}", page.encode("utf-8")) for n, page in zip(names, pages, strict=True))]


def _masthead(sheet: Sheet) -> dict[str, str]:
    return {"paper": sheet.paper, "day": sheet.day, "number": sheet.number, "name": sheet.name}


def _headline(story: Story) -> dict[str, str]:
    return {
        "title": escape(" ".join(story.main)) or PHOTO,
        "kicker": escape(" ".join(story.kicker)),
        "main": "<BR>".join(map(escape, story.main)) or PHOTO,
        "subtitle": escape(" ".join(story.subtitle)),
    }


def _authors(story: Story) -> str:
    return escape(" ".join(dict.fromkeys(name for name, _ in story.names)))


def _turn(at: int, names: list[str], form: str) -> str:
    """Links to the articles before and after, in the given form of href and word."""
    return " ".join(
        form.format(href=names[to], word=word)
        for to, word in ((at - 1, "上一篇"), (at + 1, "下一篇"))
        if 0 <= to < len(names)
    )


def _tables_article(sheet: Sheet, at: int, number: int, names: list[str]) -> str:
    story = sheet.stories[at]
    fields = {
        "articleid": names[at][8:-4], "date": f"{sheet.date} 00:00:00:0", "author": _authors(story),
        "title": _headline(story)["title"], "keyword": "", "subtitle": _headline(story)["subtitle"],
        "introtitle": _headline(story)["kicker"], "siteid": "1", "nodeid": str(number), "nodename": sheet.name,
        "nodesearchname": "", "picurl": "",
    }  # fmt: skip
    lines = [*((("paragraph", story.byline),) if story.byline else ()), *story.body]
    body = "".join(
        f"<P>　　<STRONG>{escape(text)}</STRONG></P>\n" if role == "crosshead" else f"<P>　　{escape(text)}</P>\n"
        for role, text in lines
    )
    credit = f'<TR><TD align="right">{escape(story.credit)}</TD></TR>' if story.credit else ""
    pictures = "".join(
        f'<table width="300" border="0" align="center" class="pic"><TR><TD align="center">'
        f'<IMG src="../../../images/p{at}{i}_b.jpg"></TD></TR>\n'
        f'<TR><TD class="picdesc">{escape(text)}</TD></TR>{credit if not i else ""}</table>\n'
        for i, text in enumerate(story.captions)
    )
    return fill(
        "epaper_tables_article.html",
        **_masthead(sheet),
        **_headline(story),
        before=number - 1,
        after=number + 1,
        date=f"{sheet.date:%Y年%m月%d日}",
        turn=_turn(at, names, '<a class="preart" href="{href}">{word}<img src="../../../res/turn.gif"></a>'),
        properties="".join(f"<{field}>{value}</{field}>" for field, value in fields.items()),
        pictures=pictures,
        body=body,
    )


def _tables_node(sheet: Sheet, number: int, names: list[str]) -> str:
    areas = "".join(
        f'<Area coords="{i * 9}%,{i * 7}%,{i * 9 + 20}%,{i * 7 + 9}%" shape="polygon" href="{name}">'
        for i, name in enumerate(names)
    )
    titles = "".join(
        f'<tr><td class="default" valign="top"><li></td><td><a href="{name}">'
        f'<div style="display:inline" id=mp{i}>{_headline(story)["title"]}</div></a></td></tr>\n'
        for i, (name, story) in enumerate(zip(names, sheet.stories, strict=True))
    )
    here = f"node_{number}.htm"
    return fill("epaper_tables_node.html", **_masthead(sheet), here=here, areas=areas, titles=titles)


def _titles(sheet: Sheet, names: list[str], folder: str = "../../content/") -> str:
    return "".join(
        f'<li><a href="{folder}{name}">{_headline(story)["title"]}</a></li>\n'
        for name, story in zip(names, sheet.stories, strict=True)
    )


def _divs_article(sheet: Sheet, at: int, number: int, names: list[str]) -> str:
    story = sheet.stories[at]
    pictures = "".join(
        f'<div class="attachment"><img src="../../../att/{at}{i}.jpg"><p class="pic-intro">{escape(text)}</p></div>'
        for i, text in enumerate(story.captions)
    )
    pictures += f'<p class="pic-intro">{escape(story.credit)}</p>' if story.credit else ""
    lines = [*((("paragraph", story.byline),) if story.byline else ()), *story.body]
    body = "\n".join(
        f"<p><b>{escape(text)}</b></p>" if role == "crosshead" else f"<p>　　{escape(text)}</p>" for role, text in lines
    )
    return fill(
        "epaper_divs_article.html",
        **_masthead(sheet),
        **_headline(story),
        here=f"node_{number:02}.html",
        titles=_titles(sheet, names, ""),
        turn=_turn(at, names, '<li><a href="{href}">{word}</a></li>'),
        authors=_authors(story),
        date=sheet.day.split()[0],
        pictures=pictures,
        body=body,
    )
