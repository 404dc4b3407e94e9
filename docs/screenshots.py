"""The pictures in the READMEs: pages of the site over an archive of our samples, in Debian's Chromium.

python docs/screenshots.py     make them anew
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """A page as a file; `click`: the link that is followed first, `wait`: what must stand there."""

    name: str
    address: str
    wait: str
    click: str | None = None


PICTURES = (
    Picture("article.png", "/search?q=消防疏散", "article", click="main a[href^='/articles/']"),
    Picture("pivot.png", "/pivot?rows=district&columns=type", "table"),
)


def main() -> None:
    """Index the samples, serve them, take the pictures."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        raise SystemExit("no chromium; on Debian: apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive.db")
        program = [sys.executable, str(ROOT / "cli.py")]
        subprocess.run([*program, "index", str(ROOT / "corpus" / "samples"), "--archive", archive, "-q"], check=True)
        command = [*program, "serve", "--archive", archive, "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            told = next(line for line in server.stderr if "http://" in line)
            base = "http://" + told.partition("http://")[2].strip().rstrip("/")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1)
                for picture in PICTURES:
                    page.goto(base + picture.address)
                    if picture.click:
                        page.click(picture.click)
                    page.wait_for_selector(picture.wait)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=FOLDER / picture.name)
                browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
