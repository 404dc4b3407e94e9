"""A real browser for tests: Debian's chromium, driven by Playwright; skipped with the reason where there is none."""

import contextlib
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from web.application import create_app
from web.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE = (1280, 900)
PHONE = (360, 740)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """The browser; pytest.skip without one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no browser: on Debian apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextlib.contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address at which the site is served, in a thread."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://localhost:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    listening.close()


@contextlib.contextmanager
def opened(browser: Browser, size: tuple[int, int] = WIDE, dark: bool = False, **options: Any) -> Iterator[Page]:
    """A window with cookies of its own, quiet as those of `quiet`. `options` are those of Browser.new_context."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
        **options,
    )
    with contextlib.closing(context), quiet(context) as window:
        yield window


@contextlib.contextmanager
def quiet(context: BrowserContext) -> Iterator[Page]:
    """A further window; at its end nothing may have been written to its console, and nothing that a page asked for may
    have failed.
    """
    window = context.new_page()
    window.set_default_timeout(30_000)
    said: list[str] = []
    visited: set[str] = set()

    def asked(request: Request) -> None:
        if request.is_navigation_request():
            visited.add(request.url)

    def heard(message: ConsoleMessage) -> None:
        # of a page that is a refusal itself the console says so: its test looks at the status
        if not (message.location["url"] in visited and message.text.startswith("Failed to load resource")):
            said.append(f"{message.type}: {message.text}")

    window.on("request", asked)
    window.on("console", heard)
    window.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield window
    window.close()
    assert not said, "\n".join(said)
