"""Restoring pages: one mini page a layout phenomenon, against what an editor would make of it."""

from pathlib import Path

import pytest

from tests.restoration_examples import FOLDER, example, missing, restored, shown

HOLDS = sorted(FOLDER.glob("*.txt"))
KNOWN_FAILURES = sorted((FOLDER / "known_failures").glob("*.txt"))


@pytest.mark.parametrize("path", HOLDS, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    page, expected = example(path)
    assert shown(restored(page)) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("path", KNOWN_FAILURES, ids=lambda path: path.stem)
def test_known_failures(path: Path) -> None:
    page, expected = example(path)
    assert shown(restored(page)) == expected


@pytest.mark.parametrize("path", [*HOLDS, *KNOWN_FAILURES], ids=lambda path: path.stem)
def test_what_is_expected_is_printed(path: Path) -> None:
    page, expected = example(path)
    assert missing(page, expected) == []


def test_there_are_enough_pages() -> None:
    assert len(HOLDS) + len(KNOWN_FAILURES) >= 30
