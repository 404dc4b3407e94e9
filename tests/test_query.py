"""The query language: what means what, and that nothing but a QueryError ever comes of what is no query."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.archive.query import LONGEST, MOST_TERMS, And, Expression, Not, Or, QueryError, Term, parse


def written(expression: Expression | None) -> str:
    """An expression with all its brackets."""
    match expression:
        case None:
            return ""
        case Term(_, folded, field):
            return f"{field}={folded}" if field else folded
        case Not(part):
            return f"!{written(part)}"
        case And(parts) | Or(parts):
            return f"({(' & ' if isinstance(expression, And) else ' | ').join(map(written, parts))})"


MEANINGS = [
    ("", ""),
    ("  \u3000 ", ""),
    ("社区", "社区"),
    ("社区 反诈", "(社区 & 反诈)"),
    ("社区　反诈", "(社区 & 反诈)"),
    ("社区 AND 反诈", "(社区 & 反诈)"),
    ("反诈 OR 防骗", "(反诈 | 防骗)"),
    ("反诈|防骗", "(反诈 | 防骗)"),
    ("反诈｜防骗", "(反诈 | 防骗)"),
    ("a b | c d", "((a & b) | (c & d))"),
    ("(a|b) c", "((a | b) & c)"),
    ("（a｜b）c", "((a | b) & c)"),
    ("-大学生", "!大学生"),
    ("社区 -大学生", "(社区 & !大学生)"),
    ("社区 NOT 大学生", "(社区 & !大学生)"),
    ("社区 AND NOT 大学生", "(社区 & !大学生)"),
    ("社区 -(a b)", "(社区 & !(a & b))"),
    ("NOT NOT 社区", "社区"),
    ("or and not", "(or & and & not)"),
    ('"反诈 OR 防骗"', "反诈or防骗"),
    ('"3 月 5 日"', "3月5日"),
    ('"Shui On"', "shui on"),
    ("“一老一小”", "一老一小"),
    ("「一老一小」", "一老一小"),
    ('"“一老一小”"', '"一老一小"'),
    ('"a""b"', 'a"b'),
    ('社区"养老', '社区"养老'),
    ('"文明\n社区"', "文明社区"),
    ("title:反诈", "title=反诈"),
    ("标题：反诈", "title=反诈"),
    ('org:"卫生服务中心" -person:王宁', "(org=卫生服务中心 & !person=王宁)"),
    ("TITLE:反诈", "title=反诈"),
    ("12:30", "12:30"),
    ("https://a.cn/b", "https://a.cn/b"),
    ("时间：3月", "时间:3月"),
    ("COVID-19", "covid-19"),
    ("——", "--"),
    ("社*", "社*"),
    ("NEAR(a b)", "(near & (a & b))"),
    ("a;DROP TABLE article", "(a;drop & table & article)"),
]
ERRORS = [
    ("(社区", "character 1 is never closed"),
    ("社区)", "character 3 closes nothing"),
    ("()", "a word is missing"),
    ("OR", "a word is missing"),
    ("社区 OR", "missing behind OR at its end"),
    ("AND 社区", "missing before AND at character 1"),
    ("社区 | | 反诈", "missing behind |"),
    ("-", "missing behind -"),
    ("NOT", "missing behind NOT"),
    ('"社区', "never closed"),
    ("“社区", "never closed: add ”"),
    ('""', "is empty"),
    ('"\u200b"', "not seen"),
    ("\x00", "not seen"),
    ("title:", "write title:WORD"),
    ("title:(a b)", "write title:WORD"),
    ("(" * 21 + "a" + ")" * 21, "deep"),
    ("NOT " * 21 + "a", "deep"),
    ("a" * (LONGEST + 1), "up to 2,000"),
    ("a " * (MOST_TERMS + 1), "more than 100 words"),
    ("社" * 10_000, "up to 2,000"),
]


@pytest.mark.parametrize(("query", "meaning"), MEANINGS)
def test_meaning(query: str, meaning: str) -> None:
    assert written(parse(query)) == meaning


@pytest.mark.parametrize(("query", "message"), ERRORS)
def test_error(query: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(query)
    assert message in str(error.value)


PIECES = [*"社a1 ()（）|｜-—\"“”「:：'*^;\x00\ud800\u200b🎉\n", "OR ", "NOT ", "title:", "NEAR("]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
@example("title:title:a")
@example('-"')
@example("a :")
def test_anything_is_an_expression_or_a_query_error(query: str) -> None:
    try:
        expression = parse(query)
    except QueryError:
        return
    assert (expression is None) == (not query.strip())
