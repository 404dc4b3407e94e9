"""What is looked at on every page: what axe-core finds, what moved while it was loading, whether it fits."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import BrowserContext, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LEAST_MOVE = 0.05
"""Cumulative layout shift that nobody minds; web.dev calls 0.1 good."""
_WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    const names = each.sources.map(({ node }) => node?.className ?? "");
    if (!each.hadRecentInput) window.moved.push([each.value, names.join()]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def watch(context: BrowserContext) -> None:
    """Note from now on what moves in the windows of a context."""
    context.add_init_script(_WATCH)


def moved(window: Page) -> list[tuple[float, str]]:
    """What moved since the page was asked for, if it is more than nobody minds: how much, and of which classes."""
    found: list[tuple[float, str]] = window.evaluate("window.moved")
    return found if sum(each[0] for each in found) >= LEAST_MOVE else []


def too_wide(window: Page) -> int:
    """Pixels by which one must scroll sideways to see all of the page."""
    return int(window.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def violations(window: Page) -> list[str]:
    """What axe-core finds wrong, one a rule, with the first elements."""
    if not window.evaluate("'axe' in window"):
        window.evaluate(f"{AXE};0")
    options = {"preload": False, "resultTypes": ["violations"]}
    found = window.evaluate("options => axe.run(document, options).then(({ violations }) => violations)", options)
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}" for each in found]
