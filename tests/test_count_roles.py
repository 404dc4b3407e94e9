"""Roles of counts: the examples that the lexicon brings, both ways; and percentages checked against other counts."""

from typing import get_args

import pytest

from extract import lexicon
from schemas.annotations import Check, CountRole
from tests.test_counts import counts

ROLES = lexicon.rules("count_roles")
EXAMPLES = [(role, text) for role, entry in ROLES.items() for text in entry["examples"]]
COUNTER_EXAMPLES = [(role, text) for role, entry in ROLES.items() for text in entry["counter_examples"]]


@pytest.mark.parametrize(("role", "text"), EXAMPLES)
def test_an_example_has_the_role(role: str, text: str) -> None:
    assert counts(text)[0].role == role


@pytest.mark.parametrize(("role", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_has_another(role: str, text: str) -> None:
    found = counts(text)
    assert found
    assert found[0].role != role


def test_the_lexicon_and_the_schema_know_the_same_roles() -> None:
    assert (*ROLES, "money", "rate", "age") == get_args(CountRole)
    keys = {"about", "people", "before", "behind", "objects", "units", "examples", "counter_examples"}
    assert all(set(entry) <= keys for entry in ROLES.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漳州市受理诉求320件，办结282件，办结率88.13%。", Check("c1", "c2", True)),
        ("渭南市排查隐患40处，整改30处，整改率75%。", Check("c1", "c2", True)),
        ("渭南市排查隐患40处，整改30处，整改率85%。", Check("c1", "c2", False)),
        ("曲靖市小区共有住户800户，其中租户200户，占25%。", Check("c1", "c2", True)),
        ("曲靖市小区共有住户800户，其中租户200户，占35%。", Check("c1", "c2", False)),
        ("玉林市完成改造32栋，完成率达到八成，总共40栋。", Check("c3", "c1", True)),
        ("衡水市受理投诉300件，同比下降12.5%，办结280件。", None),
        ("丹东市发放资料300份，满意率98%。", None),
        ("盐城市组织志愿者30人，清理垃圾40吨，参与率75%。", None),
        ("盐城市走访约400户，约300户签约，签约率75%。", Check("c1", "c2", True)),
        ("第一季度办件200件。\n街道满意率50%，回访100件。", None),
    ],
)
def test_percentages_are_checked(text: str, expected: Check | None) -> None:
    (rate,) = (c for c in counts(text) if c.unit == "%")
    assert rate.check == expected
