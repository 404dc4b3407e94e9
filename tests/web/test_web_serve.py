"""cli.py serve, the real program: what it says when it starts, what it refuses, 50 readers at once."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import Result

ROOT = Path(__file__).parents[2]
CLIENTS = 50
PATHS = (
    "/about",
    "/api/v1/archive",
    f"/api/v1/search?q={quote('社区')}",
    "/api/v1/activities",
    "/api/v1/facets/articles",
)


@pytest.fixture(scope="module")
def program(samples: Path) -> Iterator[str]:
    """Where the program serves the samples."""
    command = [sys.executable, "cli.py", "serve", "--archive", str(samples), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr
        said = started.stderr.readline()
        found = re.search(r"http://localhost:\d+", said)
        assert found, said
        assert "read-only; --edit" in started.stderr.readline()
        yield found[0]
        started.send_signal(signal.SIGINT)
        rest = started.communicate(timeout=20)[1]
        assert "Traceback" not in rest
        assert started.returncode == 0


def fetched(url: str) -> int:
    """The status of an answer that was read to its end."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
        return int(answer.status)


def test_fifty_at_once_are_served(program: str) -> None:
    urls = [f"{program}{PATHS[number % len(PATHS)]}" for number in range(CLIENTS * 4)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        assert set(pool.map(fetched, urls)) == {200}


def test_others_are_not_let_in_without_a_password(run: Callable[..., Result], samples: Path, tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.7"):
        done = run("serve", "--archive", samples, "--host", host)
        assert done.exit_code == 2
        assert "--password-file" in done.output
    short = tmp_path / "password"
    short.write_text("secret\n")
    done = run("serve", "--archive", samples, "--host", "0.0.0.0", "--password-file", short)
    assert done.exit_code == 2
    assert "8 at least" in done.output
    assert "secret" not in done.output


def test_a_port_that_is_taken_is_said(run: Callable[..., Result], samples: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--archive", samples, "--port", str(port))
    assert done.exit_code == 1
    assert f"port {port} is taken" in done.output
    assert "--port" in done.output


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.7"])
def test_an_address_that_is_not_here_is_said(
    run: Callable[..., Result], samples: Path, tmp_path: Path, host: str
) -> None:
    password = tmp_path / "password"
    password.write_text("correct horse\n")
    done = run("serve", "--archive", samples, "--host", host, "--password-file", password)
    assert done.exit_code == 1
    assert "another --host" in done.output


def test_without_an_archive_it_does_not_start(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("serve", "--archive", tmp_path / "none.db")
    assert done.exit_code == 1
    assert "cli.py index" in done.output
    other = tmp_path / "other.db"
    other.write_text("no archive")
    assert run("serve", "--archive", other).exit_code == 1
