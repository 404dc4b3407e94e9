"""The site over an archive of our samples, for tests of pages: `client` reads, `editor` may change a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

import cli
from tests.web import browsing
from web.application import create_app
from web.settings import Settings

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
ADDRESS = "http://localhost:8000"
Site = Callable[..., TestClient]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of our samples; nobody changes it."""
    archive = tmp_path_factory.mktemp("archive") / "samples.db"
    done = CliRunner().invoke(cli.cli, ["index", str(SAMPLES), "--archive", str(archive), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return archive


@pytest.fixture(scope="session")
def client(samples: Path) -> Iterator[TestClient]:
    """A browser in front of the samples, read-only."""
    with TestClient(create_app(Settings(samples)), base_url=ADDRESS) as browser:
        yield browser


@pytest.fixture
def own_archive(samples: Path, tmp_path: Path) -> Path:
    """A copy of the samples that a test may change."""
    return Path(shutil.copy(samples, tmp_path / "archive.db"))


@pytest.fixture
def editor(own_archive: Path) -> Iterator[TestClient]:
    """A browser that may correct; `editor.get(…)` first, then the token is in the page (see `token_of`)."""
    with TestClient(create_app(Settings(own_archive, edit=True)), base_url=ADDRESS) as browser:
        yield browser


@pytest.fixture
def token_of() -> Callable[[str], str]:
    """The token in a page with a form."""

    def found(html: str) -> str:
        return html.partition('name="token" value="')[2].partition('"')[0]

    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, of one process for all tests."""
    with browsing.launched() as launched:
        yield launched


@pytest.fixture(scope="session")
def address(samples: Path) -> Iterator[str]:
    """Where the samples are served, read-only: http://localhost:PORT."""
    with browsing.served(Settings(samples)) as served:
        yield served


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A window of the browser; the test fails where anything is written to its console."""
    with browsing.opened(browser) as opened:
        yield opened
