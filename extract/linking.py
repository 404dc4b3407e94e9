"""From mentions to entities: one a distinct thing, with what lies above it and its official code.

`parents` decides what is above, `codes` which division of the table is meant; this module groups and joins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from extract.codes import decide_codes
from extract.gazetteer import Gazetteer, gazetteer, stem
from extract.parents import Key, decide_parents, key
from schemas.annotations import Basis, Entity, Mention, Span
from schemas.layout import Article

SUREST: tuple[Basis, ...] = ("stated", "listed", "inferred")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article's whereabouts besides its text. Codes as in the gazetteer, surest first.

    `home`: the paper's city or district, or `--region`; `page`: divisions that other articles of the page name.
    """

    home: tuple[str, ...] = ()
    page: tuple[str, ...] = ()

    @classmethod
    def of(cls, home: Sequence[str] = (), mentions: Sequence[Mention] = (), gaz: Gazetteer | None = None) -> "Context":
        """The context of a page from names: its paper's home region and the mentions of all its articles.

        A name that several divisions bear counts only if one of them lies in another of the context.

        >>> Context.of(["西安市"]).home
        ('610100',)
        >>> Context.of(mentions=[Mention(0, 3, "district", "碑林区")]).page
        ('610103',)
        """
        gaz = gaz or gazetteer()
        at_home = tuple(code for name in home for code in _upper(name, gaz))
        names = dict.fromkeys(m.name for m in mentions if m.type in ("province", "city", "district"))
        named = [_upper(name, gaz) for name in names]
        sure = [codes[0] for codes in named if len(codes) == 1]
        for codes in named:
            if len(codes) > 1:
                stems = tuple(map(stem, (*at_home, *sure)))
                near = [code for code in codes if code.startswith(stems)]
                sure.extend(near if len(near) == 1 else ())
        return cls(at_home, tuple(sure))


def _upper(name: str, gaz: Gazetteer) -> tuple[str, ...]:
    if name in gaz:
        return gaz.upper_codes(name)
    return tuple(code for full in gaz.full_names(name) for code in gaz.upper_codes(full))


def link(
    article: Article, mentions: Sequence[Mention], context: Context | None = None, gaz: Gazetteer | None = None
) -> tuple[Entity, ...]:
    """Entities of an article in the order of their first mention, ids e1, e2 …

    Mentions of one type and name are one entity. `parent` is the id of the entity directly above, where the text makes
    it plain; `code` the official one where text, page and `context` leave one division, else None.
    """
    ordered = _one_name(_outside_persons(sorted(mentions, key=attrgetter("start", "end"))))
    groups: dict[Key, list[Mention]] = {}
    for mention in ordered:
        groups.setdefault(key(mention), []).append(mention)
    parents = decide_parents(article, ordered)
    codes = decide_codes(groups.keys(), parents, context or Context(), gaz or gazetteer())
    ids = {k: f"e{n}" for n, k in enumerate(groups, 1)}
    return tuple(_entity(k, group, ids, parents, codes) for k, group in groups.items())


def _outside_persons(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Mentions without the places that are only a part of a person's name: 冯|资阳."""
    within = {i for m in mentions if m.type == "person" for i in range(m.start, m.end)}
    if not within:
        return mentions
    return [m for m in mentions if m.type in ("person", "organization") or not within.issuperset(range(m.start, m.end))]


def _one_name(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Mentions with the fullest name for variants: 丁香家园 is 丁香家园小区 where the article prints both."""
    estates = {m.name for m in mentions if m.type == "estate"}
    if len(estates) < 2:
        return mentions
    return [
        replace(m, name=m.name + "小区") if m.type == "estate" and m.name + "小区" in estates else m for m in mentions
    ]


def _entity(
    k: Key,
    group: Sequence[Mention],  # in order
    ids: Mapping[Key, str],
    parents: Mapping[Key, Key],
    codes: Mapping[Key, str],
) -> Entity:
    spans = tuple([Span(start, end) for start, end in dict.fromkeys([(m.start, m.end) for m in group])])
    basis = group[0].basis
    if len(group) > 1:
        basis = min([m.basis for m in group], key=SUREST.index)
    above = parents.get(k)
    return Entity(ids[k], k[0], k[1], ids[above] if above else None, codes.get(k), basis, spans)
