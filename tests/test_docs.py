"""The documents are true: what they show is what the program gives, what they name exists."""

import json
import re
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli import cli
from corpus.rejects import REMEDIES

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = [*READMES, *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]

sys.path.insert(0, str(ROOT / "docs"))
import reference  # noqa: E402 - a script beside its documents, not a package


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of a document in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(document: str) -> list[str]:
    """The commands that a document shows, without their comments."""
    lines = [line.partition("#")[0].strip() for block in blocks(document, "sh") for line in block.splitlines()]
    return [line for line in lines if line]


def contains(whole: Any, part: Any) -> bool:
    """Whether `part` is in `whole`: every key with its value, every item of a list somewhere in the list."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(k in whole and contains(whole[k], v) for k, v in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(w, p) for w in whole) for p in part)
    return bool(whole == part)


def test_the_command_reference_is_current() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.reference(cli), "run `make docs`"
    named = " ".join((ROOT / document).read_text("utf-8") for document in DOCUMENTS if document != "docs/cli.md")
    missing = [name for name in cli.commands if f"cli.py {name}" not in named]
    assert not missing, "a new command belongs into the documents"


def test_the_readme_s_commands_work_one_after_the_other(run: Callable[..., Result], tmp_path: Path) -> None:
    shown = [command for command in commands("README.md") if command.startswith("python cli.py")]
    assert len(shown) > 6
    for command in shown:
        words = [word.replace("out/", f"{tmp_path}/out/") for word in shlex.split(command, comments=True)[2:]]
        if words[0] == "serve":  # goes on until it is ended
            assert "<title>" in served(words)
            continue
        result = run(*(str(ROOT / w) if w.startswith("corpus/") else w for w in words))
        assert result.exit_code == 0, f"{command}: {result.stderr}"
        assert result.stdout or "-o" in words or words[0] == "index", f"{command} printed nothing"


def served(words: list[str]) -> str:
    """The first page of a server that is started so."""
    command = [sys.executable, str(ROOT / "cli.py"), *words, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://\S+", next(line for line in server.stderr if "http://" in line))
        assert address
        try:
            with urllib.request.urlopen(address[0], timeout=60) as answer:
                return str(answer.read().decode())
        finally:
            server.terminate()


@pytest.mark.parametrize("command", [c for c in commands("README.md") if c.startswith("make")])
def test_the_readme_s_make_targets_exist(command: str) -> None:
    assert subprocess.run([*command.split(), "-n"], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_both_readmes_show_the_same() -> None:
    for language in ("sh", "json"):
        english, chinese = (blocks(name, language) for name in READMES)
        assert english == chinese != []


def test_the_readme_s_record_is_what_the_program_gives(run: Callable[..., Result], monkeypatch: Any) -> None:
    (block,) = blocks("README.md", "json")
    shown = json.loads(block)
    monkeypatch.chdir(ROOT)
    lines = run("extract", shown["source"]["path"], "-o", "-").stdout.splitlines()
    (record,) = [r for r in map(json.loads, lines) if r["title"] == shown["title"]]
    different = [key for key in shown if not contains(record[key], shown[key])]
    assert different == [], {key: record[key] for key in different}


def test_every_reason_to_reject_is_documented_and_no_other() -> None:
    table = (ROOT / "docs" / "sources.md").read_text("utf-8").partition("## Rejects")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(REMEDIES)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_folders_that_are_named_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / document).parent / link).exists(), link
    if document in READMES:
        for name in re.findall(r"^\| `([\w./]+)` \|", text, re.MULTILINE):
            assert (ROOT / name).exists(), name
