"""How fast the site answers: every kind of page over one archive, and many clients at once.

    python -m bench.site [--archive FILE] [--short]

Addresses are found as a visitor finds them, by following the links of each page, a few of every kind. A page's time is
that of the processor in a process that serves it to itself, with the archive in memory: what a visitor waits for where
nothing else runs. Then CLIENTS visitors ask the real server at once, over loopback, and every answer must be 200.
--short makes a small archive of made-up pages; the bars hold for 100,000 articles.
"""

import argparse
import html
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from starlette.testclient import TestClient

from web.application import create_app
from web.settings import Settings

ROOT = Path(__file__).parent.parent
MEDIAN, WORST = 50.0, 300.0
"""Milliseconds: the bars of the issue, over 100,000 articles."""
TIMES = 5
EACH = 12
"""Addresses of every kind."""
CLIENTS, REQUESTS = 50, 10
MADE = 40
"""Pages of the archive of --short."""
STARTS = (
    "/",
    "/search?q=社区",
    "/search?q=反诈 志愿者",
    "/search?q=title:居民",
    "/search?q=不存在的词",
    "/activities",
    "/activities?sort=date&page=40",
    "/pivot?rows=street&columns=month",
    "/pivot?rows=type&columns=district",
    "/papers",
    "/about",
)
_LINK = re.compile(r'(?:href|data-figure)="(/[^"]*)"')
_NO_PAGE = re.compile(r"[?&]lang=|^/(?:static/|favicon|.*\.(?:csv|xlsx|json|jsonl)(?:\?|$))")


def kind_of(address: str) -> str:
    """The first word of the path, and whether something is asked for.

    >>> kind_of("/places/410105?lang=en"), kind_of("/"), kind_of("/search")
    ('/places/…?', '/', '/search')
    """
    parts = urlsplit(address)
    first, _, rest = parts.path.strip("/").partition("/")
    return f"/{first}" + ("/…" if rest else "") + ("?" if parts.query else "")


def found(browser: TestClient, chance: random.Random) -> Mapping[str, Sequence[str]]:
    """Addresses of every kind that links lead to, at most EACH, always the same ones."""
    known: dict[str, dict[str, None]] = defaultdict(dict)
    waiting = list(STARTS)
    for address in STARTS:
        known[kind_of(address)][address] = None
    while waiting:
        body = browser.get(waiting.pop(0)).text
        links = sorted({html.unescape(link).partition("#")[0] for link in _LINK.findall(body)})
        chance.shuffle(links)
        for link in links:
            kind = known[kind_of(link)]
            if link not in kind and len(kind) < EACH and (not _NO_PAGE.search(link) or link.startswith("/charts/")):
                kind[link] = None
                if not link.startswith(("/charts/", "/api/")):
                    waiting.append(link)
    return {kind: tuple(addresses) for kind, addresses in sorted(known.items()) if addresses}


def times(browser: TestClient, addresses: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Milliseconds of the processor for each address, the least of TIMES."""
    for address in addresses:
        taken = []
        for _ in range(TIMES):
            began = time.process_time()
            answer = browser.get(address)
            taken.append((time.process_time() - began) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answers {answer.status_code}")
        yield min(taken), address


def at_once(archive: Path, addresses: Sequence[str]) -> tuple[int, float, float, list[str]]:
    """Answers, seconds in all and of the slowest, and what went wrong, of CLIENTS visitors of the real server."""
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--archive", str(archive), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stderr is not None
        told = next(line for line in server.stderr if "http://" in line)
        base = "http://" + told.partition("http://")[2].strip()
        try:
            began = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as visitors:
                visits = list(visitors.map(lambda number: _visit(base, addresses, number), range(CLIENTS)))
            taken = time.perf_counter() - began
        finally:
            server.terminate()
    answers = [answer for visit in visits for answer in visit]
    wrong = [what for _, what in answers if what]
    return len(answers), taken, max(seconds for seconds, _ in answers), wrong


def _visit(base: str, addresses: Sequence[str], number: int) -> list[tuple[float, str]]:
    chance, told = random.Random(number), []
    with httpx2.Client(base_url=base, timeout=60) as client:
        for address in chance.choices(addresses, k=REQUESTS):
            began = time.perf_counter()
            try:
                status = client.get(address).status_code
                what = "" if status == 200 else f"{address} answers {status}"
            except httpx2.HTTPError as error:
                what = f"{address}: {error!r}"
            told.append((time.perf_counter() - began, what))
    return told


def made(folder: Path) -> Path:
    """An archive of made-up pages."""
    pages = folder / "pages"
    subprocess.run([sys.executable, "-m", "bench.generate", str(pages), "--pages", str(MADE)], check=True, cwd=ROOT)
    archive = folder / "archive.db"
    command = [sys.executable, str(ROOT / "cli.py"), "index", str(pages), "--archive", str(archive), "-q"]
    subprocess.run(command, check=True, cwd=ROOT)
    return archive


def measure(archive: Path) -> int:
    """Measure and print; 1 where a bar is missed."""
    everything: list[tuple[float, str]] = []
    with TestClient(create_app(Settings(archive)), base_url="http://localhost") as browser:
        kinds = found(browser, random.Random(1))
        print(f"{'':28}pages  median ms  worst ms")
        for kind, addresses in kinds.items():
            taken = sorted(times(browser, addresses))
            everything += taken
            middle = statistics.median(each for each, _ in taken)
            print(f"{kind:28}{len(taken):5}{middle:11.1f}{taken[-1][0]:10.1f}  {taken[-1][1]}")
    median, (worst, where) = statistics.median(each for each, _ in everything), max(everything)
    print(
        f"\n{len(everything)} pages: median {median:.1f} ms (bar {MEDIAN:g}), worst {worst:.1f} (bar {WORST:g}) {where}"
    )
    answers, seconds, slowest, wrong = at_once(archive, [address for _, address in everything])
    print(
        f"{CLIENTS} clients at once: {answers} answers in {seconds:.1f} s, slowest {slowest:.1f} s, {len(wrong)} wrong"
    )
    for each in wrong[:10]:
        print(f"  {each}")
    return int(bool(wrong) or median > MEDIAN or worst > WORST)


def main() -> int:
    """Measure an archive, or a small one made for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="the archive to serve; without it one is made")
    parser.add_argument("--short", action="store_true", help="a small archive, the same bars")
    given = parser.parse_args()
    if given.archive:
        return measure(given.archive)
    if not given.short:
        parser.error("name an archive of 100,000 articles with --archive, or say --short")
    with tempfile.TemporaryDirectory() as folder:
        return measure(made(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
