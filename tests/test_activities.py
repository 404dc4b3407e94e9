"""Activities: example tables by origin, each lexicon against its own examples, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.activities import ActivityReader, Told
from extract.activity_roles import parts
from extract.activity_story import story
from extract.activity_triggers import triggers
from extract.activity_types import classify, type_ids
from extract.clauses import cut, quotations, sentences
from extract.lexicon import rules, table
from extract.reality import verdicts
from schemas.annotations import Activity
from tests.activity_examples import NOTHING, Marked, examples, marked

READER = ActivityReader()
PUBLISHED = {
    *("volunteer", "cleanup", "enforcement", "safety", "fire", "antifraud", "antidrug", "recycling"),
    *("consumer", "health", "care", "jobs", "learning", "culture", "training", "party"),
    *("governance", "civility", "service", "mediation", "legal", "meeting", "award", "other"),
}
NAMES = ["{community:柳荫社区}", "{street:花园街道}", "{organization:启明小学}", "{venue:人民广场}"]
WORDS = [
    "联合",
    "在",
    "开展",
    "举办",
    "了",
    "“迎春”",
    "联欢活动",
    "，为",
    "居民",
    "义诊",
    "将",
    "下一步",
    "清理",
    "垃圾",
    "未",
]
MARKS = ["近日，", "{d:3月5日}，", "。", "“", "”", "（", "\n", "的", "、", "和", "；", "说：", "12", "！"]
PIECES = st.sampled_from(NAMES + WORDS + MARKS)
TRIGGERS = [t for t in rules("activity_triggers")["trigger"] if t["kind"] != "idle"]


def read(line: str) -> tuple[Marked, tuple[Activity, ...]]:
    made = marked(line)
    return made, READER.read(made.words(), made.article, made.entities, made.dates, ())


def check(line: str, wanted: str) -> None:
    made, found = read(line)
    if wanted == NOTHING:
        assert [a.name for a in found] == []
        return
    assert len(found) == wanted.count(" ;; ") + 1
    for activity, line_wanted in zip(found, wanted.split(" ;; "), strict=True):
        name, types, organizers, places, date, audience = (field.strip() for field in line_wanted.split(" | "))
        assert activity.name == name
        assert activity.type in types.split("/")
        assert made.names(activity.organizers + activity.partners) == bodies(organizers)
        assert made.names(activity.places) == bodies(places)
        assert next((d.text for d in made.dates if d.id == activity.date), "-") == date
        if audience == NOTHING:
            assert activity.audience == ()
        else:
            assert audience == "-" or set(audience.split("/")) & set(activity.audience)


def bodies(field: str) -> set[str]:
    return set() if field == "-" else set(field.split("+"))


@pytest.mark.parametrize(("line", "wanted"), examples("in_the_wild"))
def test_in_the_wild(line: str, wanted: str) -> None:
    check(line, wanted)


@pytest.mark.parametrize(("line", "wanted"), examples("made_up"))
def test_made_up(line: str, wanted: str) -> None:
    check(line, wanted)


@pytest.mark.parametrize(("line", "wanted"), examples("must_stay_untouched"))
def test_must_stay_untouched(line: str, wanted: str) -> None:
    assert wanted == NOTHING
    check(line, wanted)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("line", "wanted"), examples("known_failures"))
def test_known_failures(line: str, wanted: str) -> None:
    check(line, wanted)


def test_tables_are_wide_enough() -> None:
    negative = len(examples("must_stay_untouched"))
    positive = len(examples("in_the_wild")) + len(examples("made_up"))
    assert positive + negative >= 150
    assert negative >= (positive + negative) / 3


@pytest.mark.parametrize("entry", rules("activity_types")["type"], ids=lambda e: e["id"])
def test_types_show_their_examples(entry: dict) -> None:  # type: ignore[type-arg]
    assert {name: classify(name) for name in entry["examples"]} == dict.fromkeys(entry["examples"], entry["id"])
    assert entry["id"] not in {classify(name) for name in entry["counter_examples"]}


def test_types_are_the_published_ones() -> None:
    assert set(type_ids()) == PUBLISHED
    assert len(type_ids()) == 24


@pytest.mark.parametrize("cue", rules("reality")["cue"], ids=lambda c: f"{c['kind']}-{c['at']}")
def test_reality_cues_show_their_examples(cue: dict) -> None:  # type: ignore[type-arg]
    assert all(cue["kind"] in claims(example) for example in cue["examples"])
    assert not any(cue["kind"] in claims(example) for example in cue["counter_examples"])


def claims(text: str) -> set[str]:
    made = marked(text)
    text = made.article.text
    return {v.claim for judged in verdicts(text, sentences(made.article), quotations(text)) for v in judged}


@pytest.mark.parametrize("cue", rules("activity_roles")["cue"], ids=lambda c: f"{c['role']}-{c['side']}")
def test_role_cues_show_their_examples(cue: dict) -> None:  # type: ignore[type-arg]
    assert all(cue["role"] in roles(example) for example in cue["examples"])
    assert not any(cue["role"] in roles(example) for example in cue["counter_examples"])


def roles(text: str) -> set[str]:
    """The roles of what stands for X."""
    made = marked(text.replace("X", "{organization:晨光小学}"))
    seen = story(made.words(), made.article, made.entities, made.dates, ())
    return {p.role for s in seen.sentences for p in parts(seen, s)}


@pytest.mark.parametrize("entry", TRIGGERS, ids=lambda t: f"{t['kind']}-{t['weight']}")
def test_trigger_words_show_their_examples(entry: dict) -> None:  # type: ignore[type-arg]
    assert all(entry["kind"] in fired(example, entry["words"]) for example in entry["examples"])
    assert not any(entry["kind"] in fired(example, entry["words"]) for example in entry["counter_examples"])


def fired(text: str, words: list[str]) -> set[str]:
    """The kinds of the triggers of `text` that are among `words`."""
    made = marked(text)
    seen = story(made.words(), made.article, made.entities, made.dates, ())
    found = (t for s in seen.sentences for told in triggers(seen, s) for t in told)
    return {t.kind for t in found if text[t.start : t.end] in words}


def test_word_lists_have_no_spaces() -> None:
    for name, column in (("event_nouns", "noun"), ("audience", "word"), ("body_people", "word")):
        assert all(row[column] == row[column].strip() and " " not in row[column] for row in table(name))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_the_same_and_quotes_itself(line: str) -> None:
    made = marked(line)
    if not made.article.text.strip():
        return
    told = READER.explain(made.words(), made.article, made.entities, made.dates, ())
    again = READER.explain(made.words(), made.article, made.entities, made.dates, ())
    assert [(t.activity, t.grounds) for t in told] == [(t.activity, t.grounds) for t in again]
    for one in told:
        holds(made, one)


def holds(made: Marked, told: Told) -> None:
    text, activity = made.article.text, told.activity
    known = {e.id for e in made.entities}
    assert activity.name
    assert activity.name in text
    assert activity.evidence.end <= len(text)
    assert set(activity.organizers + activity.partners + activity.places) <= known
    assert not set(activity.organizers) & set(activity.partners)
    assert activity.date is None or activity.date in {d.id for d in made.dates}
    assert all(phrase in text for phrase in activity.audience)
    assert activity.type in PUBLISHED
    assert told.activity.status in ("done", "under_way")
    assert activity.name.count("“") == activity.name.count("”") or text.count("“") != text.count("”")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="社区开展“”（），。！\n活动x ", max_size=60))
def test_sentences_cover_what_they_cut(text: str) -> None:
    covered = "".join(text[c.start : c.end] for s in cut(text, 0, len(text)) for c in s)
    kept = [c for c in text if not c.isspace() and c not in "，。！"]
    assert [c for c in covered if not c.isspace() and c not in "，。！"] == kept


def test_every_slot_says_what_it_rests_on() -> None:
    line = "{d:5月6日}，{community:柳荫社区}联合{organization:启明小学}，在{venue:人民广场}为老年人量血压。"
    made, _ = read(line)
    told = READER.explain(made.words(), made.article, made.entities, made.dates, ())
    shown = {(g.slot, g.words and made.article.text[g.words.start : g.words.end]) for t in told for g in t.grounds}
    assert {
        ("told by", "量血压"),
        ("organizer", "柳荫社区"),
        ("partner", "联合"),
        ("place", "在"),
        ("date", "5月6日"),
        ("audience", "老年人"),
    } <= shown


def test_what_goes_on_is_under_way() -> None:
    _, found = read("{d:连日来}，{community:锦绣社区}的老旧管网改造正在进行。")
    assert [a.status for a in found] == ["under_way"]
    _, found = read("{d:昨日}，{community:锦绣社区}举办换书市集。")
    assert [a.status for a in found] == ["done"]
