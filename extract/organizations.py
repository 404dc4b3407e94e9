"""Organizations: from an ending (派出所, 小学, 服务队) to the longest name that is printed, its left edge and filed form.

The flow: endings → the walk to the left edge (`org_edges`) → is it a name (`org_names`) → longest wins → lists that share
an ending are opened → other mentions of the same body under the same name.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extract.credits import credit_spans, inside
from extract.org_edges import Edges, Walk
from extract.org_forms import OrganizationForms
from extract.org_names import canonical, is_proper
from extract.tokens import Words
from schemas.annotations import Mention
from schemas.layout import Article

WHOLE = frozenset({"district", "street", "community", "estate", "road"})
LIST = frozenset("、和与及")


class OrganizationReader:
    """Reads the organizations of an article. Stateless after loading; safe to share."""

    def __init__(self) -> None:
        self._forms = OrganizationForms()

    def read(self, doc: Doc, article: Article, places: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """Every mention of an organization, in order, none inside another; `name` is the name it is filed under.

        >>> import spacy
        >>> from extract.tokens import NewsTokenizer, segmenter
        >>> text = "社区联合康乐养老院走进第五中学，与国务院"  # with Kangle Care Home went into No. 5 Middle School
        >>> doc = NewsTokenizer(spacy.blank("zh").vocab, segmenter(), lambda _: ())(text)
        >>> [m.name for m in OrganizationReader().read(doc, Article("0" * 16, "article", text, ()))]
        ['康乐养老院', '国务院']
        """
        text = article.text
        heads = self._forms.heads(text)
        edges = Edges(Words(doc), self._forms, list(places), heads)
        credits = credit_spans(article)
        found: list[Mention] = []
        covered = {i: m.end for m in places if m.type in WHOLE for i in range(m.start, m.end)}
        for head in heads:
            if covered.get(head.start, 0) >= head.end or self._forms.part_of_place(text, head.end):
                continue  # 合作|社区, 机械厂|家属院
            walk = edges.walk(head)
            if not is_proper(walk, text, self._forms):
                lower = edges.without_owner(walk)
                if lower is None or not is_proper(lower, text, self._forms):
                    continue
                walk = lower
            if inside(walk.start, head.end, credits):
                continue
            start, name = canonical(walk, text)
            found.append(Mention(start, head.end, "organization", name))
            found.extend(self._listed(walk, text, places))
        found += [
            Mention(s, e, "organization", text[s:e])
            for s, e in self._forms.known_names(text)
            if not inside(s, e, credits)
        ]
        return tuple(sorted(_longest(found), key=lambda m: m.start))

    @staticmethod
    def _listed(walk: Walk, text: str, places: Sequence[Mention]) -> Iterator[Mention]:
        """水泉湾龙园、友谊街社区新时代文明实践站: the places before in the list have such a body too."""
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
