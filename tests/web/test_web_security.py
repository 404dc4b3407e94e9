"""Hosts, origins, tokens, the password, headers, hostile texts, limits: what strangers and hostile pages meet."""

import base64
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from corpus.archive.snippets import Marked
from web import application
from web.reading import archive
from web.security import csrf, password, sessions
from web.security.headers import HEADERS
from web.settings import Limits, Settings
from web.templating import environment, marked, page

ADDRESS = "http://localhost:8000"
PASSWORD = "长江大桥1957"


def saved(request: Request, form: FormData) -> Response:
    """A change."""
    return PlainTextResponse(f"saved {form['what']}")


def form(request: Request) -> Response:
    """A page that shows the token."""
    return PlainTextResponse(sessions.token(request))


def broken(request: Request) -> Response:
    """A page with a mistake in it."""
    raise RuntimeError(f"/secret/path of {request.app.state.settings.archive}")


def endless(request: Request) -> Response:
    """A query that never ends."""
    with archive(request) as database:
        database.execute(
            "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        ).fetchone()
    return PlainTextResponse("")


def writing(request: Request) -> Response:
    """A page that tries to change the archive."""
    with archive(request) as database:
        database.execute("DELETE FROM article")
    return PlainTextResponse("")


@pytest.fixture
def site(own_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """`site(edit=True, …)`: a browser in front of an archive, with pages of our own beside the others."""
    extra = (
        csrf.change("/save", saved),
        *(Route(f"/{each.__name__}", each) for each in (form, broken, endless, writing)),
        Route("/api/v1/broken", broken),
    )
    monkeypatch.setattr(application, "ROUTES", (*application.ROUTES, *extra))

    def made(address: str = ADDRESS, **settings: object) -> TestClient:
        app = application.create_app(Settings(own_archive, **settings))  # type: ignore[arg-type]
        return TestClient(app, base_url=address, raise_server_exceptions=False)

    return made


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
        ("evil.example", 400), ("localhost.evil.example:8000", 400), ("127.0.0.1.nip.io", 400), ("10.0.0.7:8000", 400),
        ("", 400), ("localhost:8000@evil.example", 400), ("localhost/../", 400), ("localhost:80000000", 400),
    ],
)  # fmt: skip
def test_only_its_own_names_reach_it(client: TestClient, host: str, status: int) -> None:
    assert client.get("/about", headers={"host": host}).status_code == status


def test_served_to_others_it_is_reached_by_its_name_and_by_number(site: Callable[..., TestClient]) -> None:
    browser = site(hosts=frozenset({"archive.lan"}), by_number=True)
    statuses = {
        host: browser.get("/about", headers={"host": host}).status_code
        for host in ("archive.lan:8000", "10.0.0.7:8000", "[fe80::1]", "evil.example")
    }
    assert statuses == {"archive.lan:8000": 200, "10.0.0.7:8000": 200, "[fe80::1]": 200, "evil.example": 400}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": ADDRESS}, 200),
        ({"sec-fetch-site": "same-origin", "origin": ADDRESS}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:9000"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": ADDRESS}, 403),
    ],
)
def test_only_its_own_pages_change_something(
    site: Callable[..., TestClient], headers: dict[str, str], status: int
) -> None:
    browser = site(edit=True)
    token = browser.get("/form").text
    assert browser.post("/save", data={"token": token, "what": "x"}, headers=headers).status_code == status


def test_a_change_needs_the_token_of_this_browser(site: Callable[..., TestClient]) -> None:
    browser, other = site(edit=True), site(edit=True)
    token = browser.get("/form").text
    assert browser.post("/save", data={"token": token, "what": "甲"}).text == "saved 甲"
    assert browser.post("/save", data={"what": "甲"}, headers={"x-token": token}).status_code == 200
    for wrong in ("", "x", token[:-1], other.get("/form").text):
        assert browser.post("/save", data={"token": wrong, "what": "甲"}).status_code == 403
    assert browser.post("/save", data={"what": "甲"}).status_code == 403
    browser.cookies.clear()
    assert browser.post("/save", data={"token": token, "what": "甲"}).status_code == 403


def test_a_forged_session_is_none() -> None:
    secret = b"secret"

    def known(value: str) -> sessions.Session | None:
        return sessions.read(
            Request({"type": "http", "headers": [(b"cookie", f"session={value}".encode())]}), "session", secret
        )

    own = sessions.new()
    value = own.cookie(secret)
    assert known(value) == own
    for forged in (value.replace(".0.", ".1."), value[:-1], f"x{value}", "", "..", own.cookie(b"other")):
        assert known(forged) is None


def test_without_edit_nothing_changes(site: Callable[..., TestClient], own_archive: Path) -> None:
    browser = site()
    token = browser.get("/form").text
    answer = browser.post("/save", data={"token": token, "what": "x"})
    assert answer.status_code == 403
    assert "serve --edit" in answer.text
    before = own_archive.read_bytes()
    assert browser.get("/writing").status_code == 503
    assert own_archive.read_bytes() == before


def test_every_route_that_changes_something_checks_the_token(samples: Path) -> None:
    for route in application.create_app(Settings(samples, edit=True)).routes:
        assert isinstance(route, Route)
        if (route.methods or set()) - {"GET", "HEAD"}:
            assert getattr(route.endpoint, "__module__", "") == csrf.__name__, route.path


def basic(text: str) -> dict[str, str]:
    """The header that brings a password."""
    return {"authorization": "Basic " + base64.b64encode(f"editor:{text}".encode()).decode()}


def test_the_password_is_needed_once(site: Callable[..., TestClient]) -> None:
    browser = site(password=PASSWORD)
    refused = browser.get("/about")
    assert (refused.status_code, refused.headers["www-authenticate"][:5]) == (401, "Basic")
    assert "说明" not in refused.text
    for path in ("/", "/static/style.css", "/api/v1/openapi.json", "/nothing"):
        assert browser.get(path).status_code == 401
    assert browser.get("/about", headers={"authorization": "Basic ***"}).status_code == 401
    assert browser.get("/about", headers={"authorization": "Bearer abc"}).status_code == 401
    assert browser.get("/about", headers=basic(PASSWORD)).status_code == 200
    assert browser.get("/about").status_code == 200  # by its session
    browser.cookies.clear()
    assert browser.get("/about").status_code == 401


def test_guessing_is_slow_and_shuts_nobody_out_who_is_in(
    site: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(password.time, "monotonic", lambda: now)
    browser = site(password=PASSWORD)
    assert browser.get("/about", headers=basic(PASSWORD)).status_code == 200
    cookies = dict(browser.cookies)
    browser.cookies.clear()
    statuses = [browser.get("/about", headers=basic("wrong")).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    told = browser.get("/about", headers=basic(PASSWORD))
    assert (told.status_code, told.headers["retry-after"]) == (429, "1")
    browser.cookies.update(cookies)
    assert browser.get("/about").status_code == 200
    browser.cookies.clear()
    now += 1.5
    assert browser.get("/about", headers=basic(PASSWORD)).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/about", "/nothing", "/static/style.css", "/static/none.css", "/broken", "/about?since=x", "/api/v1/nothing"],
)
def test_every_answer_carries_the_headers(site: Callable[..., TestClient], path: str) -> None:
    answer = site().get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_refusals_carry_the_headers_too(site: Callable[..., TestClient]) -> None:
    browser = site(password=PASSWORD, limits=Limits(body=100))
    answers = [
        browser.get("/about"),
        browser.get("/about", headers={"host": "evil.example"}),
        browser.get("/about?" + "x" * 40_000),
        browser.post("/save", content=b"x" * 1000, headers=basic(PASSWORD)),
    ]
    assert [answer.status_code for answer in answers] == [401, 400, 414, 413]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "name",
    ["../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "..\\settings.py", "/etc/passwd", "style.css%00", ".",
     "....//settings.py", "templates/base.html", "%2fetc%2fpasswd"],
)  # fmt: skip
def test_only_static_files_are_files(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_static_files_are_kept_by_their_digest(client: TestClient) -> None:
    with_digest = client.get(client.get("/about").text.partition('rel="stylesheet" href="')[2].partition('"')[0])
    assert with_digest.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "set-cookie" not in with_digest.headers
    assert client.get("/static/style.css?v=old").headers["cache-control"] == "no-cache"


HOSTILE = (
    "<script>alert(1)</script>", '" onmouseover="alert(1)', "'><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "</title><svg onload=alert(1)>", "{{ 1234 * 5678 }}", "{% raw %}",
    "社区\u202e\u2066讲座\x1b[31m", "&lt;b&gt;", "`${1}`",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_and_do_nothing(client: TestClient, text: str) -> None:
    request = Request({"type": "http", "path": "/about", "query_string": b"", "headers": [], "app": client.app,
                       "scheme": "http", "server": ("localhost", 8000)})  # fmt: skip
    template = environment("zh").from_string(
        '{% import "parts/record.html" as record %}{{ text }}{{ text|safely }}{{ text|marked }}{{ text|named("type") }}'
        '<a title="{{ text }}" href="{{ to.organization(text) }}">{{ record.entity(text, text, "/x", text) }}</a>'
    )
    shown = template.render(text=text)
    assert page(request, "problem.html", title=text, remedy=text).status_code == 200
    for html in (shown, page(request, "problem.html", title=text, remedy=text).body.decode()):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<svg onload" not in html
        assert '" onmouseover' not in html
        assert "7006652" not in html
        assert 'href="javascript:' not in html
    assert not set("\u202e\u2066\x1b") & set(str(marked(Marked(text, ((0, 2),)))))


def test_a_hostile_address_is_shown_and_does_nothing(client: TestClient) -> None:
    for parameter in ("q", "type", "street", "lang", "page", "since"):
        html = client.get("/about", params={parameter: '"><script>alert(1)</script>'}).text
        assert "<script>alert" not in html


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_an_error_says_nothing_of_the_inside(
    site: Callable[..., TestClient], path: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = site().get(path)
    assert answer.status_code == 500
    for inside in ("secret", "RuntimeError", "Traceback", ".db", "site-packages"):
        assert inside not in answer.text
    assert "secret" in caplog.text  # the terminal knows
    assert ("problem+json" in answer.headers["content-type"]) == path.startswith("/api")


def test_a_query_ends_in_time(site: Callable[..., TestClient]) -> None:
    browser = site(limits=Limits(seconds=0.2))
    started = time.monotonic()
    answer = browser.get("/endless")
    assert (answer.status_code, time.monotonic() - started < 5) == (503, True)
    assert "缩小范围" in answer.text
    assert browser.get("/about").status_code == 200


def test_an_archive_that_is_gone_comes_back(site: Callable[..., TestClient], own_archive: Path, samples: Path) -> None:
    browser = site()
    assert browser.get("/about").status_code == 200
    own_archive.rename(own_archive.with_suffix(".away"))
    gone = browser.get("/about")
    assert gone.status_code == 503
    assert str(own_archive) not in gone.text
    shutil.copy(samples, own_archive)
    with sqlite3.connect(own_archive) as database:  # another archive in its place is seen at once
        database.execute("DELETE FROM activity WHERE id > 1")
    assert "1 项活动" in browser.get("/about").text
