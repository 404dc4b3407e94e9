"""Organizations: from an ending (派出所, 小学, 服务队) to the longest printed name and the name it is filed under.

The flow: endings (`org_forms`) → the walk to the left edge (`org_edges`) → is it a name (`org_names`) → lists that
share an ending are opened → longest wins → other mentions of the same body under the same name.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from extract.credits import credit_spans, inside
from extract.org_edges import Edges
from extract.org_forms import OrganizationForms
from extract.org_names import canonical, is_proper
from extract.org_walk import Walk
from extract.tokens import Words
from schemas.annotations import Mention, Span
from schemas.layout import Article

WHOLE = frozenset({"district", "street", "community", "estate", "road"})
LIST = frozenset("、和与及")


class OrganizationReader:
    """Reads the organizations of an article. Stateless after loading; safe to share."""

    def __init__(self) -> None:
        self._forms = OrganizationForms()

    def read(self, words: Words, article: Article, places: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """Every mention of an organization, in order, none inside another; `name` is the name it is filed under.

        >>> from extract.tokens import WordCutter, segmenter
        >>> text = "社区联合春晖养老院走进第五中学，与国务院"  # with Chunhui Care Home went into No. 5 Middle School
        >>> words = WordCutter(segmenter(), lambda _: ())(text)
        >>> [m.name for m in OrganizationReader().read(words, Article("0" * 16, "article", text, ()))]
        ['春晖养老院', '国务院']
        """
        text = article.text
        credits = credit_spans(article)
        found = self._ended(words, places, credits)
        found += [
            Mention(s, e, "organization", text[s:e])
            for s, e in chain(self._forms.known_names(text), self._segmented(words))
            if words.begins(s) and words.begins(e) and not inside(s, e, credits)
        ]
        if not found:
            return ()
        return tuple(_one_name(sorted(_longest(found), key=lambda m: m.start), {text[m.start : m.end] for m in places}))

    def _ended(self, words: Words, places: Sequence[Mention], credits: Sequence[Span]) -> list[Mention]:
        """What an ending and the words before it tell."""
        text = words.text
        heads = self._forms.heads(text)
        if not heads:
            return []
        ends = {h.end for h in heads}
        around = [m for m in places if m.type != "venue" or m.end not in ends]  # a library is a venue and a body
        edges = Edges(words, self._forms, around, heads)
        found: list[Mention] = []
        covered = {i: m.end for m in places if m.type in WHOLE for i in range(m.start, m.end)}
        for head in heads:
            if covered.get(head.start, 0) >= head.end or self._forms.part_of_place(text, head):
                continue  # 合作|社区, 机械厂|家属院
            walk = edges.walk(head)
            if not is_proper(walk, text, self._forms):
                lower = walk.lower()
                if lower is None or not is_proper(lower, text, self._forms):
                    continue
                walk = lower
            if inside(walk.start, head.end, credits):
                continue
            start, name = canonical(walk, text)
            found.append(Mention(start, head.end, "organization", name))
            found.extend(self._listed(walk, text, places))
        return found

    def _segmented(self, words: Words) -> Iterator[tuple[int, int]]:
        """What the segmenter's dictionary has as an organization and is no generic body: 中共中央政治局, 中国男篮."""
        if "nt" not in words.tags:
            return
        for number, tag in enumerate(words.tags):
            start, end = words.starts[number], words.starts[number + 1]
            if tag == "nt" and end - start >= 4 and self._forms.opens_national(words.text, start):
                yield start, end

    @staticmethod
    def _listed(walk: Walk, text: str, places: Sequence[Mention]) -> Iterator[Mention]:
        """柳林、桃园社区新时代文明实践站: the places before in the list have such a body too."""
        if not walk.places or walk.stem:
            return
        rest = text[walk.places[-1].end : walk.head.end]
        at = walk.start
        kind = walk.places[-1].type
        ends = {m.end: m for m in places if m.type == kind and m.basis == "listed"}
        while at > 1 and text[at - 1] in LIST and at - 1 in ends:
            place = ends[at - 1]
            yield Mention(place.start, place.end, "organization", place.name + rest, "listed")
            at = place.start


def _longest(mentions: list[Mention]) -> Iterator[Mention]:
    """The mentions that lie in no longer one."""
    end = -1
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.end > end:
            yield m
            end = m.end


def _one_name(mentions: list[Mention], places: Collection[str]) -> Iterator[Mention]:
    """A body that is printed with and without its place is one: 宁德市春山学校, 春山学校."""
    longer = {m.name for m in mentions}
    for m in mentions:
        full = [n for n in longer if n.endswith(m.name) and n[: -len(m.name)] in places]
        yield replace(m, name=full[0]) if len(full) == 1 else m
