"""What several test modules share: a page of our own writing and the way to run the command line."""

import atexit
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

import cli

# where no bytecode may be written beside the code, each process that a test starts would compile all of it anew
if sys.dont_write_bytecode:
    _compiled = tempfile.TemporaryDirectory(prefix="compiled-")
    atexit.register(_compiled.cleanup)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = _compiled.name
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

# how long an example takes says more of the machine than of the program; time is measured in bench/
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

PAGE = """玉泉区：
冬日里的“红马甲”

本报讯（记者 苏日娜）12月3日，呼和浩特市玉泉区石东路街道通顺社区组织30余名志愿者清扫积雪，方便居民出行。

“路面干净了，老人出门也放心。”家住玉泉家园的周大娘说。

新闻热线：0471-0000000
"""
"""A page in Hohhot: volunteers clear the snow."""


@pytest.fixture
def page_text() -> str:
    """One short page."""
    return PAGE


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages, one of them in a folder of its own."""
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(PAGE, "utf-8")
    (folder / "b" / "2024-03-12-A05.txt").write_text(PAGE.replace("玉泉", "回民"), "utf-8")
    return folder


@pytest.fixture
def run() -> Callable[..., Result]:
    """`run("extract", …)` as on the command line, in this process; the pages themselves go to workers."""

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli.cli, [str(a) for a in arguments])

    return invoke
