"""What an editor's form says of an article, as corrections: one function a form, the fields told in its docstring.

CorrectionError says what cannot be meant. Nothing is looked up but the article itself and its page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.corrections import making
from corpus.corrections.correction import Correction, CorrectionError, Quote, text_digest
from corpus.corrections.kinds import KINDS
from corpus.corrections.matching import reference
from schemas.record import ArticleRecord

Form = Mapping[str, str]
"""One value a field; of fields that are given several times they are set apart by ;"""
Said = tuple[str, dict[str, Any]]
"""Kind and values of a correction."""
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Article:
    """What a form speaks of: the article as it stands, the text of its page, and the page's other articles."""

    record: ArticleRecord
    page: str
    others: Mapping[str, ArticleRecord]

    @property
    def seal(self) -> str:
        """Stands for the article as it was shown, so that a form for what it was is noticed."""
        record = self.record
        told = (record.article, record.entities, record.counts, record.dates, record.activities)
        return text_digest(repr(told))

    def other(self, form: Form, field: str) -> dict[str, Any]:
        """Another article of the page, by its id."""
        found = self.others.get(form.get(field, ""))
        if found is None:
            raise CorrectionError("choose another article of this page")
        return making.other(found)


def name(article: Article, form: Form) -> list[Said]:
    """`name`: TYPE:NAME of the article; `change`: not, nothing, type, called, same, in or code; `value`: what is right.

    `type`: the type, or that of the other one where `value` names it without.
    """
    told = making.which(_needed(form, "name"))
    kind, value, change = told.get("type", ""), form.get("value", "").strip(), form.get("change", "")
    match change:
        case "not":
            group = kind if kind in ("person", "organization") else "place"
            return [("not_entity", {"entity": {"name": told["name"], "type": group}})]
        case "nothing":
            return [("not_entity", {"entity": {"name": told["name"]}})]
        case "type":
            return [("entity", {"entity": told, "set": {"type": _needed(form, "type")}})]
        case "called":
            return [("entity", {"entity": told, "set": {"name": _needed(form, "value")}})]
        case "same":
            return [("same", {"entity": told, "as": _typed(article, form)})]
        case "in":
            return [("entity", {"entity": told, "set": {"in": _typed(article, form) if value else None}})]
        case "code":
            return [("entity", {"entity": told, "set": {"code": value or None}})]
    raise CorrectionError("choose what is to be changed")


def teach(article: Article, form: Form) -> list[Said]:
    """`name` is of `type` wherever it is printed."""
    return [("is", {"name": _needed(form, "name"), "type": _needed(form, "type")})]


def mark(article: Article, form: Form) -> list[Said]:
    """The words (`words`, or `start` and `end`) are of `type`; `type` none: they name nothing here."""
    quote = _words(article, form)
    kind = _needed(form, "type")
    return [("unmark", {"words": quote})] if kind == "none" else [("mark", {"words": quote, "type": kind})]


def block(article: Article, form: Form) -> list[Said]:
    """`block`: its number; `change`: split, drop, move (`to`: an id) or role (`role`).

    `words` or `start`: where within the block it is cut first.
    """
    quote = _block(article, form)
    match form.get("change", ""):
        case "split":
            return [("split", {"before": quote})]
        case "drop":
            return [("drop", {"block": quote})]
        case "move":
            return [("move", {"block": quote, "to": article.other(form, "to")})]
        case "role":
            return [("role", {"block": quote, "role": _needed(form, "role")})]
    raise CorrectionError("choose what is to be changed")


def join(article: Article, form: Form) -> list[Said]:
    """The article `to` goes on where this one ends."""
    return [("join", {"with": article.other(form, "to")})]


def take(article: Article, form: Form) -> list[Said]:
    """Words of the page that no article has: `start` and `end` on the page, or `words`; `role`."""
    start, end = _offsets(form)
    if start is not None and end is not None and 0 <= start < end <= min(len(article.page), start + MOST):
        quote = Quote.of(article.page, start, end).to_dict()
    else:
        quote = making.leftover_quote(article.page, _needed(form, "words"))
    return [("take", {"words": quote, "role": form.get("role") or "paragraph"})]


def title(article: Article, form: Form) -> list[Said]:
    """`title`: these printed words are the main headline."""
    return [("title", {"title": _needed(form, "title")})]


def bylines(article: Article, form: Form) -> list[Said]:
    """`bylines`: who is credited, a line each, as 记者 何苗; nothing for nobody."""
    lines = [each.strip().rpartition(" ") for each in re.split("[\n;；]", form.get("bylines", "")) if each.strip()]
    return [("bylines", {"bylines": [{"name": name, "role": role.strip()} for role, _, name in lines]})]


def activity(article: Article, form: Form) -> list[Said]:
    """`thing`: a1; `change` not: it is none; else the fields that are otherwise than they are."""
    quote = making.activity_quote(article.record, _needed(form, "thing"))
    if form.get("change") == "not":
        return [("not_activity", {"activity": quote})]
    return [("activity", {"activity": quote, "set": _otherwise(article, form, "activity")})]


def count(article: Article, form: Form) -> list[Said]:
    """`thing`: c1; as `activity`."""
    quote = making.thing_quote(article.record, _needed(form, "thing"), "count")
    if form.get("change") == "not":
        return [("not_count", {"count": quote})]
    return [("count", {"count": quote, "set": _otherwise(article, form, "count")})]


def date(article: Article, form: Form) -> list[Said]:
    """`thing`: d1; as `activity`."""
    quote = making.thing_quote(article.record, _needed(form, "thing"), "date")
    if form.get("change") == "not":
        return [("not_date", {"date": quote})]
    return [("date", {"date": quote, "set": {"value": form.get("value", "").strip() or None}})]


FORMS: Mapping[str, Callable[[Article, Form], list[Said]]] = {
    "name": name, "teach": teach, "mark": mark, "block": block, "join": join, "take": take, "title": title,
    "bylines": bylines, "activity": activity, "count": count, "date": date,
}  # fmt: skip
SCOPES = ("article", "paper", "everywhere")


def corrections(article: Article, form: Form) -> list[Correction]:
    """The corrections that a form asks for; `form`: one of FORMS, `scope`: one of SCOPES, for names only."""
    asked = FORMS.get(form.get("form", ""))
    if asked is None:
        raise CorrectionError("choose what is to be changed")
    scope, record = form.get("scope") or "article", article.record
    paper = record.source.paper if scope == "paper" else None
    if scope == "paper" and paper is None:
        raise CorrectionError("it is not known which paper the article is from; choose the article, or everywhere")
    made = []
    for kind, values in asked(article, form):
        wide = KINDS[kind].taught and scope in ("paper", "everywhere")
        made.append(making.correction(kind, values, None if wide else reference(record), paper if wide else None))
    return made


def _needed(form: Form, field: str) -> str:
    value = form.get(field, "").strip()
    if not value:
        raise CorrectionError("something is missing: choose or write what is right")
    return value


def _typed(article: Article, form: Form) -> dict[str, str]:
    value = _needed(form, "value")
    kind = form.get("type", "")
    return {"name": value, "type": kind} if kind and ":" not in value else making.typed(article.record, value)


def _offsets(form: Form) -> tuple[int | None, int | None]:
    found = [form.get(field, "") for field in ("start", "end")]
    start, end = (int(each) if each.isascii() and each.isdecimal() and len(each) < 8 else None for each in found)
    return start, end


def _words(article: Article, form: Form) -> dict[str, str]:
    start, end = _offsets(form)
    text = article.record.article.text
    if start is not None and end is not None and 0 <= start < end <= len(text):
        return Quote.of(text, start, end).to_dict()
    return making.words_quote(article.record, _needed(form, "words"))


def _block(article: Article, form: Form) -> dict[str, str]:
    start, _ = _offsets(form)
    text = article.record.article.text
    if start is not None and start < len(text):
        return Quote.of(text, start, min(start + making.QUOTED, _line(text, start))).to_dict()
    if words := form.get("words", "").strip():
        return making.words_quote(article.record, words)
    return making.block_quote(article.record, _needed(form, "block"))


def _line(text: str, start: int) -> int:
    """Where the block that holds `start` ends."""
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _otherwise(article: Article, form: Form, kind: str) -> dict[str, Any]:
    """The fields of a thing that the form has otherwise than the record."""
    fields = making.fields_of(kind)
    before = now(article.record, kind, _needed(form, "thing"))
    told = [f"{each}={form[each].strip()}" for each in fields if each in form and form[each].strip() != before[each]]
    if not told:
        raise CorrectionError("nothing is otherwise than it was; change a field first")
    return making.settings(article.record, kind, told)


def now(record: ArticleRecord, kind: str, thing: str) -> dict[str, str]:
    """What a form shows of an activity, a count or a date as it is, by field."""
    names = {each.id: f"{each.type}:{each.name}" for each in record.entities}
    for a in record.activities:
        if kind == "activity" and a.id == thing:
            slots = {"organizers": a.organizers, "partners": a.partners, "places": a.places}
            return {
                "name": a.name, "type": a.type, "status": a.status,
                **{field: "；".join(names[each] for each in ids) for field, ids in slots.items()},
                "date": a.date or "", "audience": "；".join(a.audience), "counts": "；".join(a.counts),
            }  # fmt: skip
    for c in record.counts:
        if kind == "count" and c.id == thing:
            most = "" if c.max is None else f"{c.max:.15g}"
            return {
                "value": f"{c.value:.15g}", "max": most, "unit": c.unit, "object": c.object, "mod": c.mod,
                "role": c.role or "",
            }  # fmt: skip
    for d in record.dates:
        if kind == "date" and d.id == thing:
            return {"value": d.value or ""}
    raise CorrectionError("it is not in the article any more; look again")
