"""The real program in front of a real browser: `site` reads, `desk` may correct a copy of its own."""

import contextlib
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser import kinds_of_pages

ROOT = Path(__file__).parents[3]
expect.set_options(timeout=30_000)  # a machine may be busy with other tests


@contextlib.contextmanager
def serving(archive: Path, *options: str) -> Iterator[str]:
    """Where `cli.py serve` serves an archive; it has ended in order afterwards, and said nothing."""
    command = [sys.executable, "cli.py", "serve", "--archive", str(archive), "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr
        said = started.stderr.readline()
        found = re.search(r"http://localhost:\d+", said)
        assert found, said + started.stderr.read()
        yield found[0]
        started.send_signal(signal.SIGINT)
        rest = started.communicate(timeout=30)[1]
    assert "Traceback" not in rest, rest
    assert started.returncode == 0


Serve = Callable[..., contextlib.AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serve(browser: Browser) -> Serve:  # nothing is served where there is no browser
    """Serves an archive: `with serve(archive, "--edit") as address`."""
    return serving


@pytest.fixture(scope="session")
def site(serve: Serve, samples: Path) -> Iterator[str]:
    """Where the samples are served, read-only."""
    with serve(samples) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(site: str) -> dict[str, str]:
    """A page of every kind: kinds_of_pages.READ and EDITED."""
    return kinds_of_pages.addresses(site)


@pytest.fixture(scope="session")
def desk(serve: Serve, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a copy of the samples is served to be corrected; whoever changes it takes it back."""
    own = shutil.copy(samples, tmp_path_factory.mktemp("desk") / "archive.db")
    with serve(Path(own), "--edit") as address:
        yield address
