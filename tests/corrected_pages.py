"""A page of Luoyang's with two articles, read as extraction reads it, and what holds however it is corrected."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import jsonschema

from corpus.archive.packing import PageContent
from corpus.corrections.applying import Corrected, Corrections, apply
from corpus.corrections.correction import Correction
from extract.pipeline import Extractor
from schemas import published
from schemas.layout import Page, Source
from schemas.record import ArticleRecord, from_dict, to_dict

PAGE = """老城区敬老月暖意浓

本报讯（记者 何苗）10月9日，洛阳市老城区西关街道文明街社区组织20余名志愿者到福源家园开展义诊活动，为60位老人量血压。

福源家园的周桂香说：“医生上门，省得我们跑远路。”社区还发放健康手册100本。

清理楼道不留死角

本报讯（通讯员 罗一）近日，洛阳市涧西区长安路街道组织30名党员清理楼道杂物12车，华阳小区居民拍手称好。

下一步，街道将把清理行动扩大到8个小区。

居民在华阳小区门前晒太阳。 何苗 摄

新闻热线：0379-0000000
"""
"""A free clinic for the old, and stairwells cleared."""
VALID = jsonschema.Draft202012Validator(published.load("article"))


@dataclass(frozen=True)
class Read:
    """A page as extraction gives it to the archive."""

    pages: tuple[PageContent, ...]
    records: tuple[ArticleRecord, ...]

    def corrected(self, *corrections: Correction) -> Corrected:
        """With corrections, in the order of their lines."""
        return apply(Corrections(corrections), self.pages, self.records, extractor().read_again)


@cache
def extractor() -> Extractor:
    """One for all tests."""
    return Extractor()


@cache
def read(text: str = PAGE, paper: str | None = None, sha256: str = "ab" * 32) -> Read:
    """The page, read."""
    page = Page(Source("洛阳/page.txt", sha256, "utf-8", "text", paper=paper), text)
    result = extractor().extract(page)
    return Read((PageContent(page.source, text, result.leftovers, len(result.records)),), result.records)


def check(corrected: Corrected) -> None:
    """Everything that the contract says of records, and that every character of the page is still in its place."""
    ahead = iter(corrected.records)
    assert sum(page.articles for page in corrected.pages) == len(corrected.records)
    for page in corrected.pages:
        own = [next(ahead) for _ in range(page.articles)]
        conserved(page, own)
        for record in own:
            sound(record, page.text)
        ids = [record.article.id for record in own]
        assert len(set(ids)) == len(ids)


def conserved(page: PageContent, records: Sequence[ArticleRecord]) -> None:
    """Every printed character lies in exactly one block or leftover."""
    taken = [0] * len(page.text)
    ranges = [r for record in records for block in record.article.blocks for r in block.source]
    ranges += [(each.start, each.end) for each in page.leftovers]
    for start, end in ranges:
        assert 0 <= start < end <= len(page.text)
        for at in range(start, end):
            taken[at] += 1
    wrong = [(at, c, n) for at, (c, n) in enumerate(zip(page.text, taken, strict=True)) if n != 1 and not c.isspace()]
    assert wrong == []
    assert max(taken) <= 1
    leftovers = [(each.start, each.end) for each in page.leftovers]
    assert leftovers == sorted(leftovers)


def sound(record: ArticleRecord, page: str) -> None:
    """The record is valid, says what its text says, and refers to what is there."""
    values = json.loads(json.dumps(to_dict(record)))
    assert [error.message for error in VALID.iter_errors(values)] == []
    assert from_dict(values) == record
    article, text = record.article, record.article.text
    assert text == "\n".join(article.quote(block) for block in article.blocks)
    for block in article.blocks:
        printed = "".join(page[start:end] for start, end in block.source)
        assert "".join(printed.split()) == "".join(article.quote(block).split())
    stages = [STAGES[block.role] for block in article.blocks if block.role != "credit"]
    assert stages == sorted(stages)
    for kind, things in (("e", record.entities), ("c", record.counts), ("d", record.dates), ("a", record.activities)):
        assert [each.id for each in things] == [f"{kind}{n}" for n in range(1, len(things) + 1)]
    for each in (*record.counts, *record.dates):
        assert text[each.start : each.end] == each.text
    parents = {each.id: each.parent for each in record.entities}
    for each in record.entities:
        assert each.mentions == tuple(sorted(set(each.mentions)))
        assert all(m.end <= len(text) for m in each.mentions)
        assert each.mentions or each.basis == "inferred"
        above, seen = each.parent, {each.id}
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = parents[above]
    for activity in record.activities:
        assert {*activity.organizers, *activity.partners, *activity.places} <= parents.keys()
        assert activity.date is None or activity.date in {each.id for each in record.dates}
        assert set(activity.counts) <= {each.id for each in record.counts}
        assert activity.evidence.end <= len(text)
        assert activity.name in text


STAGES = {"kicker": 0, "main": 0, "subtitle": 0, "paragraph": 1, "crosshead": 1, "caption": 2}


def other_paper(text: str = PAGE) -> Read:
    """The same words on a page of other bytes, in another paper: its ids are its own."""
    return read(re.sub("何苗", "方圆", text), "涧河晨报", "cd" * 32)


def renumbered(page: Read) -> Read:
    """The page as another version of the extractor might leave it: every article has another id."""
    moved = [replace(r, article=replace(r.article, id=f"{n:016x}")) for n, r in enumerate(page.records)]
    return Read(page.pages, tuple(moved))
