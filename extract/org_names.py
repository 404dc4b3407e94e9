"""Is it a name, and how is it filed: proper against generic bodies, and which leading place belongs to the name.

雁塔区民政局 keeps its district, since 民政局 alone names nobody; 莲湖区向阳小学 is filed as 向阳小学, a name by itself.
"""

from extract.org_forms import OrganizationForms
from extract.org_walk import Walk

LOCAL = frozenset({"district", "street", "community", "estate"})
UPPER = frozenset({"province", "city"})
SOCIETIES = frozenset({"team", "association"})
SHORT = frozenset({"物业", "局", "学会", "厂", "队伍"})
"""Endings that are also words or ends of words: a place alone before them names nobody (小区物业, 全区布局)."""
WEAK_TAGS = ("v", "d", "a", "m")
PROPER_TAGS = ("ns", "nr", "nz", "nt", "x", "j")


def is_proper(walk: Walk, text: str, forms: OrganizationForms) -> bool:
    """Whether what was walked names one body."""
    stem = walk.proper
    ending = text[walk.head.start : walk.head.end]
    if walk.quoted or walk.enclosed or walk.posted:
        return True
    if walk.owner and forms.is_known(text[walk.start : walk.owner.end]):
        return True
    if ending.endswith("合作社") and not (stem or walk.inner):
        return False
    if walk.head.rule == "proper" and walk.head.kind == "team" and walk.firm and forms.is_epithet(stem):
        return True
    if walk.places and not stem and forms.is_known(ending):
        return True  # 遵义市|新华书店
    if walk.head.rule == "proper" and not (walk.owner or _own_name(walk, forms) or _local_team(walk)):
        return False
    if walk.head.rule == "number":
        return bool(walk.places or (stem and not forms.is_generic(stem))) or text[walk.start] == "第"
    if stem and (forms.is_generic(stem) or all(forms.is_generic(w) for w in walk.stem)):
        return False
    if stem and len(stem) == 1 and not walk.places:
        return False
    if ending in SHORT and not walk.inner and not _carries(ending, walk):
        return False
    if stem and not walk.places and not walk.national:
        return (
            walk.head.rule == "any"
            or (walk.head.rule == "proper" and walk.firm)
            or (walk.firm and (walk.head.rule == "body" or any(tag.startswith(PROPER_TAGS) for tag in walk.tags)))
        )
    return bool(walk.places or walk.national)


def _local_team(walk: Walk) -> bool:
    """Whether a team or society is a place's own: 嘉兴市|围棋协会; a shop (嘉兴市|药店) is one of many there."""
    return walk.head.kind in SOCIETIES and bool(walk.places) and not walk.stem


def _own_name(walk: Walk, forms: OrganizationForms) -> bool:
    """Whether the stem is no everyday noun: 鑫源|加工厂, 顾|阿姨|调解室; not 木材|加工厂."""
    if len(walk.proper) < 2 or any(tag.startswith(WEAK_TAGS) for tag in walk.tags):
        return False
    return any(
        tag.startswith(PROPER_TAGS) or (len(word) > 1 and not forms.is_word(word))
        for word, tag in zip(walk.stem, walk.tags, strict=True)
    ) or (not forms.is_word(walk.proper) and all(len(word) == 1 for word in walk.stem))


def _carries(ending: str, walk: Walk) -> bool:
    """Whether the stem makes a name of an ending that is also a word: 绿城|物业, 江岸区|城建|局."""
    if ending == "物业":
        return bool(walk.stem) and not any(tag.startswith(("v", "a", "d")) for tag in walk.tags)
    return ending == "局" and bool(walk.places) and len(walk.proper) > 1


def canonical(walk: Walk, text: str) -> tuple[int, str]:
    """Where the filed name begins, and the name: the longest as printed, a leading district only where it is needed."""
    end = walk.head.end
    places = walk.places
    if not places:
        return walk.start, text[walk.start : end]
    if walk.founder:
        return walk.start, text[walk.start : end]
    own = places[-1]
    needs_place = (walk.owner or walk.head).rule == "owner"
    by_itself = walk.quoted or (not needs_place and len(walk.proper) > 1)
    if by_itself:
        upper = [p for p in places if p.type in UPPER]
        if any(p.type in LOCAL for p in places):
            return own.end, text[own.end : end]
        start = upper[0].start if upper else own.start
        return start, text[start:end]
    start = own.start
    if own.type in ("district", "road", "venue"):
        for p in reversed(places[:-1]):
            if p.type in LOCAL and own.type != "district":
                break
            start = p.start
    return start, text[start:end]
