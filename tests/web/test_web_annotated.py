"""web/annotated.py: nested and crossing marks; every character once, every mark's words inside its elements."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.annotated import DEEPEST, Mark, Step, steps

TEXT = "南湖街道办事处在幸福里小区办了3场义诊"  # a street office held three free clinics


def mark(start: int, end: int, key: str = "e1.1", address: str | None = None) -> Mark:
    return Mark(start, end, "street", key, key.partition(".")[0], address)


def told(made: Sequence[Step]) -> str:
    signs = {"close": "]"}
    return "".join(f"{step.mark.key}{'+' if step.again else ''}[" if step.mark else signs.get(step.does, step.words)
                   for step in made)  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "南湖街道办事处在"),
        ([mark(0, 4)], "e1.1[南湖街道]办事处在"),
        ([mark(0, 4, "e2.1"), mark(0, 7, "e1.1")], "e1.1[e2.1[南湖街道]办事处]在"),
        ([mark(0, 4, "e1.1"), mark(2, 7, "e2.1")], "e1.1[南湖e2.1[街道]]e2.1+[办事处]在"),
        ([mark(0, 2, "e1.1"), mark(2, 4, "e2.1")], "e1.1[南湖]e2.1[街道]办事处在"),
        ([mark(0, 4, "e1.1"), mark(0, 4, "e2.1")], "e1.1[e2.1[南湖街道]]办事处在"),
        ([mark(0, 8, "a1.1"), mark(2, 7, "e2.1"), mark(4, 7, "e3.1")], "a1.1[南湖e2.1[街道e3.1[办事处]]在]"),
        ([mark(4, 99, "e1.1")], "南湖街道e1.1[办事处在]"),
        ([mark(9, 12, "e1.1"), mark(3, 3, "e2.1")], "南湖街道办事处在"),
    ],
)
def test_examples(marks: list[Mark], shown: str) -> None:
    assert told(list(steps(TEXT, marks, 0, 8))) == shown


def test_words_lead_where_the_innermost_mark_does() -> None:
    made = list(steps(TEXT, [mark(0, 7, "e1.1", "/office"), mark(0, 4, "e2.1", "/street"), mark(1, 3, "c1.1")], 0, 8))
    assert [(step.words, step.address) for step in made if step.does == "words"] == [
        ("南", "/street"), ("湖街", "/street"), ("道", "/street"), ("办事处", "/office"), ("在", None),
    ]  # fmt: skip


spans = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=DEEPEST)


@given(st.text(max_size=28), spans, st.integers(0, 28), st.integers(0, 28))
def test_every_character_once_and_every_mention_inside(
    text: str, given_spans: list[tuple[int, int]], one: int, other: int
) -> None:
    start, end = min(one, other), min(max(one, other), len(text))
    marks = [mark(s, e, f"e{n}.1") for n, (s, e) in enumerate(given_spans)]
    around: list[str] = []
    whole, inside = "", {each.key: "" for each in marks}
    opened: list[str] = []
    for step in steps(text, marks, start, end):
        if step.mark:
            around.append(step.mark.key)
            begun = marks[int(step.mark.of[1:])].start < start
            assert step.again == (begun or step.mark.key in opened)
            opened.append(step.mark.key)
        elif step.does == "close":
            around.pop()
        else:
            whole += step.words
            assert step.words
            for key in around:
                inside[key] += step.words
    assert not around
    assert whole == text[start:end]
    for each in marks:
        held = text[max(each.start, start) : max(min(each.end, end), 0)] if each.start < each.end else ""
        assert inside[each.key] == held


def test_a_flood_of_marks_leaves_the_text_whole() -> None:
    marks = [mark(at % 5, 19 - at % 3, f"e{at}.1") for at in range(2000)]
    made = list(steps(TEXT, marks))
    assert "".join(step.words for step in made) == TEXT
    depth = deepest = 0
    for step in made:
        depth += {"open": 1, "close": -1}.get(step.does, 0)
        deepest = max(deepest, depth)
    assert deepest == DEEPEST
