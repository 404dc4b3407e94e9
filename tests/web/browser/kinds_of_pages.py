"""Every kind of page the site has, each found by following links as a visitor would."""

import html
import re
import urllib.request
from urllib.parse import quote

READ = (
    "home", "search", "search narrowed", "nothing found", "question not understood", "article", "photo", "why",
    "page", "places", "place", "district", "organizations", "organization", "people", "person", "types", "type",
    "activities", "pivot", "papers", "paper", "issue", "help", "missing",
)  # fmt: skip
"""What everybody sees."""
EDITED = ("correct", "review", "corrections")
"""What is there with --edit alone."""
REFUSED = {"question not understood": 400, "missing": 404}
"""Kinds that are refusals, with their status."""
DRAWN = ("home", "activities", "pivot")
"""A kind with each sort of chart."""


def follow(site: str, path: str, below: str) -> str:
    """The first address that the page at `path` links to and that the pattern `below` matches from its begin on."""
    with urllib.request.urlopen(f"{site}{path}", timeout=60) as answer:
        text = answer.read().decode()
    matched = re.search(rf'href="({below}[^"#]*)', text.partition("<main")[2])
    assert matched, f"{path} links to nothing like {below}"
    return html.unescape(matched[1])


def addresses(site: str) -> dict[str, str]:
    """The address of a page of each kind."""
    search = f"/search?q={quote('社区')}"
    article = follow(site, f"/search?q={quote('义诊')}", "/articles/")
    paper = follow(site, "/papers", "/papers/")
    return {
        "home": "/",
        "search": search,
        "search narrowed": f"{search}&type=health",
        "nothing found": f"/search?q={quote('长颈鹿 潜水艇')}",
        "question not understood": f"/search?q={quote('(社区')}",
        "article": article,
        "photo": follow(site, "/search?kind=photo", "/articles/"),
        "why": f"{article}/why",
        "page": follow(site, article, "/pages/"),
        "places": "/places?per_page=20",
        "place": follow(site, article, r"/places/\d{9}"),
        "district": follow(site, "/places?level=district", r"/places/\d{6}"),
        "organizations": "/organizations",
        "organization": follow(site, "/organizations", "/organizations/"),
        "people": "/people",
        "person": follow(site, "/people", "/people/"),
        "types": "/types",
        "type": "/types/health",
        "activities": "/activities?per_page=10",
        "pivot": "/pivot?rows=street&columns=month",
        "papers": "/papers",
        "paper": paper,
        "issue": follow(site, paper, re.escape(f"{paper}/issues/")),
        "help": "/about",
        "missing": "/articles/0000000000000000",
        "correct": f"{article}/correct",
        "review": "/review",
        "corrections": "/corrections",
    }
