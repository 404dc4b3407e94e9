"""Plotly draws under the strict Content-Security-Policy, in a real browser: no console line, pictures to save."""

from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment
from playwright.sync_api import Browser
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.web import browsing
from web import application, templating
from web.settings import Settings

TEMPLATE = """{% extends "base.html" %}{% import "parts/chart.html" as charts with context %}
{% block title %}t{% endblock %}{% block head %}{{ charts.scripts() }}{% endblock %}
{% block main %}<h1>t</h1>{% for name in ("bars", "heat") %}
{% call charts.chart("/charts/" ~ name ~ ".json", name) %}
<table><tr><th scope="row">a</th><td>1</td></tr></table>{% endcall %}{% endfor %}{% endblock %}"""
FIGURES = {
    "bars": [
        {"type": "bar", "x": ["一月", "二月"], "y": [3, 5], "customdata": ["/about?type=health", "//evil.example/"]}
    ],
    "heat": [{"type": "heatmap", "x": ["一", "二"], "y": ["甲", "乙"], "z": [[1, 2], [3, 4]]}],
}


def charts(request: Request) -> Response:
    """A page with two charts."""
    return templating.page(request, "charts.html")


def figure(request: Request) -> Response:
    """A figure."""
    return JSONResponse({"data": FIGURES[request.path_params["name"]], "layout": {"xaxis": {"type": "category"}}})


@pytest.fixture
def address(samples: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The site with that page beside its own."""
    made = templating.environment

    def with_ours(code: str) -> Environment:
        found = made(code).overlay()
        assert found.loader
        found.loader = ChoiceLoader([found.loader, DictLoader({"charts.html": TEMPLATE})])
        return found

    monkeypatch.setattr(templating, "environment", with_ours)
    routes = (Route("/charts", charts), Route("/charts/{name}.json", figure))
    monkeypatch.setattr(application, "ROUTES", (*application.ROUTES, *routes))
    with browsing.served(Settings(samples)) as served:
        yield served


@pytest.mark.parametrize(("size", "dark"), [(browsing.WIDE, False), (browsing.PHONE, True)])
def test_charts_are_drawn_under_the_policy(browser: Browser, address: str, size: tuple[int, int], dark: bool) -> None:
    with browsing.opened(browser, size, dark) as window:
        answer = window.goto(f"{address}/charts")
        assert answer
        assert "unsafe" not in answer.headers["content-security-policy"]
        box = window.locator("figure.chart").first.bounding_box()
        window.locator("[data-drawn]").nth(1).wait_for()
        assert window.locator("figure.chart").first.bounding_box() == box  # nothing has moved
        assert window.locator("html").evaluate("html => html.scrollWidth") == size[0]
        colour = window.locator("[data-drawn] .bars path").first.evaluate("bar => getComputedStyle(bar).fill")
        assert colour == ("rgb(242, 160, 143)" if dark else "rgb(155, 44, 31)")  # --chart-1 of style.css
        with window.expect_download() as saved:
            window.locator("[data-save=png]").first.click()
        assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
        with window.expect_download() as saved:
            window.locator("[data-save=svg]").nth(1).click()
        assert b"<svg" in Path(saved.value.path()).read_bytes()
        if not dark:
            bars = window.locator("[data-drawn] .bars .point path")
            for bar in (1, 0):  # Plotly takes for a click only what it has seen hovering
                bars.nth(bar).hover(force=True)
                window.locator(".hoverlayer .hovertext").wait_for()
                bars.nth(bar).click(force=True)
                if bar:
                    assert window.url == f"{address}/charts"  # never to another site
            window.wait_for_url(f"{address}/about?type=health")


def test_a_chart_that_cannot_be_had_shows_its_table(browser: Browser, address: str) -> None:
    with browsing.opened(browser) as window:
        window.route("**/charts/heat.json", lambda route: route.fulfill(status=200, body="no json"))
        window.goto(f"{address}/charts")
        window.locator("figure.undrawn table").wait_for()
