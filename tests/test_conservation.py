"""Nothing of a page vanishes: every printed character is in one block of one article, or in one leftover.

Held on arbitrary text, on pages built as the genre builds them, and on sample pages that were mangled. Only the
restoration runs, and for a few pages the whole way against the published schema.
"""

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.pipeline import Extractor
from schemas import published, record
from schemas.layout import Page, Source
from tests.restoration_examples import FOLDER, Restored, restored, words
from tests.restoration_examples import example as example_of

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
ORDER = {"kicker": 0, "main": 0, "subtitle": 0, "credit": 0, "paragraph": 1, "crosshead": 1, "caption": 2}
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# ---------------------------------------------------------------- what must hold


def check(page: str) -> Restored:
    """Restore a page and hold it against everything that is law."""
    made = restored(page)
    conserved(made)
    quoted(made)
    ordered(made)
    reasoned(made)
    again = restored(page)
    assert (again.articles, again.leftovers) == (made.articles, made.leftovers)
    return made


def conserved(made: Restored) -> None:
    """Every non-blank character lies in exactly one block or one leftover."""
    taken = [0] * len(made.page)
    ranges = [r for a in made.articles for b in a.blocks for r in b.source]
    for start, end in [*ranges, *((left.start, left.end) for left in made.leftovers)]:
        assert 0 <= start < end <= len(made.page)
        for at in range(start, end):
            taken[at] += 1
    wrong = [(at, c, n) for at, (c, n) in enumerate(zip(made.page, taken, strict=True)) if n != 1 and not c.isspace()]
    assert wrong == []
    assert max(taken, default=0) <= 1


def quoted(made: Restored) -> None:
    """A block's text is its source ranges, put together; an article's text is its blocks, a line each."""
    for article in made.articles:
        assert article.text == "\n".join(article.quote(b) for b in article.blocks)
        at = 0
        for block in article.blocks:
            assert block.start == at < block.end
            assert article.quote(block) == "".join(made.page[s:e] for s, e in block.source)
            at = block.end + 1


def ordered(made: Restored) -> None:
    """Headlines stand before the body and captions behind it (a credit under a picture follows its caption)."""
    for article in made.articles:
        stages = [ORDER[b.role] for b in article.blocks if b.role != "credit"]
        assert stages == sorted(stages)
        headlines = [b for b in article.blocks if ORDER[b.role] == 0 and b.role != "credit"]
        assert [b.source for b in headlines] == sorted(b.source for b in headlines)
        assert article.kind in ("article", "photo")
        assert article.kind == "article" or not headlines
        assert all(b.role == "paragraph" or not b.incomplete for b in article.blocks)
        assert all(b.name for b in article.bylines)
    ids = [article.id for article in made.articles]
    assert len(set(ids)) == len(ids)
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)
    starts = [(left.start, left.end) for left in made.leftovers]
    assert starts == sorted(starts)
    assert all(left.reason for left in made.leftovers)


def reasoned(made: Restored) -> None:
    """Every decision has its reasons, in finite points."""
    decisions = [r.evidence for r in made.readings] + [link.evidence for link in made.assembly.links]
    assert all(evidence for evidence in decisions)
    for evidence in [*decisions, *(p.evidence for p in made.assembly.placements)]:
        assert all(e.reason and math.isfinite(e.points) for e in evidence)
    for reading in made.readings:
        assert 0 <= reading.torn_start <= 1
        assert 0 <= reading.torn_end <= 1
    firsts = [link.first for link in made.assembly.links]
    seconds = [link.second for link in made.assembly.links]
    assert len(set(firsts)) == len(firsts)
    assert len(set(seconds)) == len(seconds)


# ---------------------------------------------------------------- any text


@QUICK
@given(st.text(max_size=200))
@example("")
@example("\n\n\u3000\n")
@example("\ufeff")
@example("（")
@example("”")
@example("本报讯")
@example("本报讯（")
@example("本报讯（记者）")
@example("、" * 50)
@example("\x00\x0c\x1c\x85\u2028")
@example("\u200b\u200b")
@example("社" * 5000)
@example("社区。\n" * 40)
@example("本报讯（记者 何苗）社区。本报讯（记者 何苗）社区。本报讯（记者 何苗）社区。")
def test_any_text(page: str) -> None:
    check(page)


@pytest.mark.xfail(strict=True, raises=UnicodeEncodeError, reason="the segmenter takes no lone surrogates")
@pytest.mark.parametrize(
    "page", ["\ud800", "老街\ud83d亮灯\n本报讯（记者 何苗）近日，小巷\ud83d装上路灯，居民\ude00说亮。"]
)
def test_lone_surrogates(page: str) -> None:
    check(page)


# ---------------------------------------------------------------- pages made as the genre makes them

PLACES = st.sampled_from(
    ["玉林街道", "道里区", "天山区和平路街道", "滩尖子社区", "朱紫坊社区", "石浦镇", "大田镇水牛村"]
)
NAMES = st.sampled_from(["何苗", "王秀兰", "古丽·吐尔逊", "王 宁", "平公宣", "欧阳雪"])
WORDS = [
    "志愿者",
    "居民",
    "清扫",
    "小巷",
    "老人",
    "包粽子",
    "“",
    "”",
    "，",
    "，",
    "。",
    "。",
    "（",
    "）",
    "12",
    "余名",
    "3月5日",
    "、",
    "的",
    " ",
]
CLAUSES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map("".join)
LEADS = st.builds(
    lambda role, name, place, rest: f"本报讯（{role} {name}）近日，{place}{rest}",
    st.sampled_from(["记者", "通讯员", "实习生", ""]),
    NAMES,
    PLACES,
    CLAUSES,
)
HEADLINES = st.builds(
    lambda place, words: f"{place}{words}",
    PLACES | st.just(""),
    st.sampled_from(["老街换新颜", "灯亮了 路平了", "一元菜摊", "谁来管？"]),
)
CAPTIONS = st.builds(
    lambda place, name, tail: f"{place}的志愿者清扫小巷{tail}".replace("NAME", name),
    PLACES,
    NAMES,
    st.sampled_from(["。", "", "。 NAME摄", "。本报记者 NAME 摄"]),
)
CREDITS = st.builds(
    lambda form, name: form.replace("NAME", name),
    st.sampled_from(["本报记者 NAME", "NAME摄", "本报记者", "□NAME 文/图", "（NAME）"]),
    NAMES,
)
FURNITURE = st.sampled_from(
    ["新闻热线 027-85550000", "【街巷新风】", "责编 何苗", "2024年3月5日 星期二", "（下转第4版）", "——"]
)
ROLES = st.one_of(HEADLINES, LEADS, CLAUSES, CLAUSES, CAPTIONS, CREDITS, FURNITURE, PLACES)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n\n", "\n　　", "\r\n", "\f", ""])


@st.composite
def built(draw: st.DrawFn) -> str:
    """Lines of the genre with gaps of any kind between them, some cut by a column break and put elsewhere."""
    lines = draw(st.lists(ROLES, min_size=1, max_size=16))
    for k in draw(st.lists(st.integers(0, len(lines) - 1), max_size=3)):
        cut = draw(st.integers(0, len(lines[k])))
        lines.insert(draw(st.integers(0, len(lines))), lines[k][cut:])
        lines[min(k, len(lines) - 1)] = lines[min(k, len(lines) - 1)][:cut]
    return "".join(line + draw(GAPS) for line in lines)


@QUICK
@given(built())
def test_pages_built_like_news(page: str) -> None:
    check(page)


def test_a_half_without_headline_before_its_first_half() -> None:
    """Chaoyang in Liaoning: the page begins with the second half of the lead below."""
    check(
        "愿者扫完了三条街，又把冻住的井盖一个个凿开，手套湿了就在炉子边烤一烤，烤干了接着干，一直忙到中午才回家。\n\n"
        "本报讯（记者 关朔）12月20日，双塔区前进街道的雪下了一夜，社区就组织志\n"
    )


@settings(QUICK, max_examples=60)
@given(st.lists(st.text("社区居民，。“”（）记者", min_size=8, max_size=12), min_size=10, max_size=30))
def test_lines_of_one_width(lines: list[str]) -> None:
    check("\n".join(lines))


# ---------------------------------------------------------------- sample pages, mangled

PAGES = sorted(SAMPLES.glob("*.txt"))
DIRT = [
    "\x00",
    "\x0c",
    "\x1c",
    "\x7f",
    "\x85",
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\u3000",
    "　\n　",
    "\n\n\n",
]


@cache
def stretches() -> tuple[tuple[str, ...], ...]:
    """The lines of the sample pages, forty at a time: as long as a test can afford."""
    found = []
    for path in PAGES:
        lines = path.read_text("utf-8").splitlines()
        found += [tuple(lines[k : k + 40]) for k in range(0, len(lines), 40)]
    return tuple(found)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """Part of a sample page with lines lost, doubled, moved or cut, gaps changed and dirt strewn in."""
    lines = list(draw(st.sampled_from(stretches())))
    for _ in range(draw(st.integers(1, 5))):
        k = draw(st.integers(0, max(len(lines) - 1, 0)))
        if not lines:
            break
        match draw(st.sampled_from(["delete", "double", "move", "cut", "glue", "gap", "close", "dirt"])):
            case "delete":
                del lines[k]
            case "double":
                lines.insert(draw(st.integers(0, len(lines))), lines[k])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(k))
            case "cut":
                at = draw(st.integers(0, len(lines[k])))
                lines[k : k + 1] = [lines[k][:at], lines[k][at:]]
            case "glue":
                lines[k : k + 2] = ["".join(lines[k : k + 2])]
            case "gap":
                lines[k:k] = [""] * draw(st.integers(1, 4))
            case "close":
                lines = [line for line in lines if line]
            case "dirt":
                at = draw(st.integers(0, len(lines[k])))
                lines[k] = lines[k][:at] + draw(st.sampled_from(DIRT)) + lines[k][at:]
    return "\n".join(lines)


@settings(QUICK, max_examples=250)
@given(mangled())
def test_mangled_pages(page: str) -> None:
    check(page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_sample_pages(path: Path) -> None:
    check(path.read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.txt")), ids=lambda path: path.stem)
def test_example_pages(path: Path) -> None:
    check(example_of(path)[0])


def test_order_of_lines_is_not_taken_for_granted() -> None:
    """The sample pages bottom up and shuffled by a stride: nonsense, but conserved."""
    for path in PAGES[:4]:
        lines = path.read_text("utf-8").splitlines()
        check("\n".join(reversed(lines)))
        check("\n".join(lines[::2] + lines[1::2]))


# ---------------------------------------------------------------- identity


def test_ids_are_the_page_s_and_nobody_else_s() -> None:
    """The same page has the same ids; a page that differs in one character shares none."""
    text = PAGES[0].read_text("utf-8")
    ids = {a.id for a in restored(text).articles}
    assert ids == {a.id for a in restored(text).articles}
    assert not ids & {a.id for a in restored(text + "。").articles}


# ---------------------------------------------------------------- the whole way


@cache
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("path", PAGES[:3], ids=lambda path: path.stem)
def test_records_of_sample_pages_are_valid_and_conserve_the_page(path: Path) -> None:
    page = Page(Source(path.name, "0" * 64, "utf-8", "text"), path.read_text("utf-8"))
    result = extractor().extract(page)
    validator = jsonschema.Draft202012Validator(published.load("article"))
    for data in dumped(result.records):
        assert [error.message for error in validator.iter_errors(data)] == []
    alone = restored(page.text)
    assert tuple(r.article for r in result.records) == alone.articles
    assert result.leftovers == alone.leftovers


def dumped(records: tuple[record.ArticleRecord, ...]) -> Iterator[object]:
    """Records as they are written, read back."""
    for r in records:
        assert dataclasses.is_dataclass(r)
        yield json.loads(json.dumps(record.to_dict(r)))


# ---------------------------------------------------------------- size


def news(articles: int) -> list[str]:
    """Short articles: a headline, a lead, a torn paragraph and its second half behind a caption."""
    lines = []
    for k in range(10 * articles, 11 * articles):
        lines += [
            f"第{k}条小巷亮起来",
            f"本报讯（记者 何苗）近日，{k}号巷的路灯全部换新，居民夜里出门不再打手电。",
            f"施工队在{k}号巷里忙了三天，换下旧灯{k}盏，老人们端来茶",
            f"居民在{k}号巷里散步。 何苗摄",
            f"水，孩子们数着灯泡，{k}号巷一下子热闹了。",
        ]
    return lines


def one_article(paragraphs: int, line: str) -> list[str]:
    """One article of many like lines, each with its own number; no two sizes share a line, so that no cache helps."""
    lead = "本报讯（记者 何苗）近日，小巷装上路灯，居民夜里出门不再打手电。"
    return ["老街亮灯", lead, *(line.replace("NUMBER", str(k)) for k in range(10 * paragraphs, 11 * paragraphs))]


SHAPES: dict[str, Callable[[int], list[str]]] = {
    "news": lambda n: news(n // 5),
    "paragraphs": lambda n: one_article(n, "第NUMBER号巷的灯由NUMBER户居民认养，坏了当天修，没有一盏黑过，大家说好。"),
    "captions": lambda n: one_article(n, "居民在NUMBER号巷里散步。 何苗摄"),
    "torn": lambda n: one_article(n, "第NUMBER号巷的灯由NUMBER户居民认养，坏了当天修，三年来没有一盏灯黑过，老人把热"),
    "headlines": lambda n: [f"第{k}条小巷亮起来" for k in range(n)],
    "one line": lambda n: ["社区的居民清扫小巷，老人包粽子。" * n],
    "open quotations": lambda n: ["“" * n],
}  # fmt: skip


def work(page: str) -> int:
    """How many calls the restoration of a page takes: the same on every machine, however busy."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        restored(page)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_page_and_not_with_its_square(shape: str) -> None:
    """Twice the page may take twice the work and a little more; a square would make it four times."""
    words()
    small, large = (work("\n\n".join(SHAPES[shape](n))) for n in (200, 400))
    assert large < 2.6 * small


def test_a_page_of_thousands_of_lines_is_read() -> None:
    """Two thousand lines, twenty times an ordinary page: read and conserved."""
    check("\n".join(news(400)))
