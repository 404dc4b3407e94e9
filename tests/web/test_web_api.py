"""/api/v1: what its document promises, asked by schemathesis; paging, ETag, problems."""

import base64
import json
import shlex
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from corpus.archive import records
from corpus.archive.database import reading, writing
from corpus.records import article_lines
from web import settings as site
from web.api.endpoints import ENDPOINTS
from web.api.openapi import BASE, document
from web.application import create_app

HOSTS = frozenset({"testserver"})
"""What schemathesis calls an application that it asks without a network."""
EXAMPLES = 12
"""Requests for each endpoint: the suite has to stay fast; bench asks more."""


@pytest.fixture(scope="module")
def api(samples: Path) -> Any:
    """What schemathesis asks."""
    return schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", create_app(site.Settings(samples, hosts=HOSTS)))


@pytest.mark.parametrize("path", [endpoint.path for endpoint in ENDPOINTS])
def test_it_keeps_what_it_promises(api: Any, path: str) -> None:
    @settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(api[BASE + path]["GET"].as_strategy())
    def check(case: Any) -> None:
        # two days in the wrong order and half a bracket are refused, which no schema can say
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()


def get(client: TestClient, path: str) -> Any:
    """The answer to a request that is served."""
    answer = client.get(BASE + path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def walked(client: TestClient, path: str) -> Iterator[Any]:
    """All rows, page by page."""
    following: str | None = BASE + path
    while following:
        answer = client.get(following).json()
        yield from answer["rows"]
        following = answer["next"]


REAL = (
    "/archive", "/search?q=社区", "/search?type=health", "/activities?sort=name", "/activities?distinct=1", "/counts",
    "/places", "/facets/articles", "/facets/activities?q=居民", "/pivot?rows=type&columns=status", "/papers",
    "/corrections", "/types/volunteer", "/pages/1",
)  # fmt: skip


@pytest.mark.parametrize("path", REAL)
def test_real_answers_are_as_the_document_says(client: TestClient, path: str) -> None:
    whole = document()
    [of_path] = [each for each in whole["paths"] if _is(each, path)]
    answer = whole["paths"][of_path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(answer | {"components": whole["components"]}).validate(get(client, path))


def _is(template: str, path: str) -> bool:
    parts, asked = template.split("/"), (BASE + path.partition("?")[0]).split("/")
    return len(parts) == len(asked) and all(a == b or a.startswith("{") for a, b in zip(parts, asked, strict=True))


def test_pages_of_rows_are_all_rows_once(client: TestClient) -> None:
    every = get(client, "/activities?per_page=500")
    assert every["next"] is None
    assert every["total"] == len(every["rows"]) > 50
    assert list(walked(client, "/activities?per_page=7")) == every["rows"]
    behind = get(client, "/activities?per_page=7&page=5000")
    assert (behind["rows"], behind["next"], behind["total"]) == ([], None, every["total"])


def test_things_are_found_by_their_addresses(client: TestClient) -> None:
    place = next(row for row in walked(client, "/places?per_page=100") if row["code"] and row["activities"])
    assert get(client, f"/places/{place['code']}")["place"]["address"]["name"] == place["name"]
    named = get(client, f"/places/{place['type']}/{quote(place['name'])}")
    assert named["portrait"]["articles"] >= place["articles"] > 0  # with what lies in it
    organization = get(client, "/facets/articles")["organizations"]["values"][0]
    assert get(client, f"/organizations/{quote(organization['name'])}")["articles"] == organization["count"]
    row = get(client, "/search?q=社区&per_page=1")["rows"][0]
    [record] = get(client, f"/articles/{row['id']}")["records"]
    assert "社区" in record["text"]
    around = get(client, f"/articles/{row['id']}/around")
    assert around["before"] or around["behind"]


def test_a_record_is_as_extracted(client: TestClient, samples: Path) -> None:
    with reading(samples) as database:
        [expected, *_] = records.every(database)
    assert get(client, f"/articles/{expected.article.id}")["records"][0] == json.loads(article_lines([expected]))


def test_what_has_not_changed_is_not_sent_again(editor: TestClient, own_archive: Path) -> None:
    first = editor.get(f"{BASE}/search?q=社区")
    again = editor.get(f"{BASE}/search?q=社区", headers={"if-none-match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = editor.get(f"{BASE}/search?q=居民")
    assert other.headers["etag"] != first.headers["etag"]
    with writing(own_archive) as database:
        database.execute("UPDATE article SET title = '另一个标题' WHERE id = 1")
    changed = editor.get(f"{BASE}/search?q=社区", headers={"if-none-match": first.headers["etag"]})
    assert (changed.status_code, changed.headers["etag"] != first.headers["etag"]) == (200, True)


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/search?q=(社区", 400, "bracket"), ("/search?q=" + "长" * 2001, 400, "2,000"),
        ("/activities?type=nothing", 400, "type is one of: volunteer"), ("/activities?since=x", 400, "2024-03-12"),
        ("/activities?page=0", 400, "from 1"), ("/pivot?rows=colour", 400, "rows is one of: street"),
        ("/nothing", 404, "home page"), ("/articles/none", 404, ""), ("/pages/99999", 404, ""),
        ("/pages/99999999999999999999999", 404, ""), ("/pages/x", 404, ""), ("/places/none", 404, ""),
        ("/places/galaxy/x", 404, ""),
        ("/organizations/none", 404, ""), ("/people/%00", 404, ""), ("/types/none", 404, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_a_problem(client: TestClient, path: str, status: int, detail: str) -> None:
    answer = client.get(BASE + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert detail in told["detail"]


def test_a_misspelled_parameter_is_refused_and_goes_into_no_link(client: TestClient) -> None:
    refused = client.get("/api/v1/activities?distrct=410105&lang=en")
    assert refused.status_code == 400
    assert "distrct" in refused.json()["detail"]
    assert "district" in refused.json()["detail"]
    for page in ("/search", "/activities", "/pivot", "/"):
        assert client.get(f"{page}?q=社区&distrct=410105").text.count("distrct") <= 2  # the switch of the language


def test_nothing_can_be_changed(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, f"{BASE}/archive").status_code == 405


def lines_for_programs(html: str) -> list[str]:
    """What a page tells programs: the line of curl and the lines of Python."""
    found = [part.partition("</code>")[0] for part in html.split("<code>")[1:]]
    return [unescape(each) for each in found if "/api/v1/" in each]


def test_the_lines_for_programs_work(address: str) -> None:
    with urllib.request.urlopen(f"{address}/activities?type=health&lang=en") as page:
        curl, python = lines_for_programs(page.read().decode())
    known: dict[str, Any] = {}
    exec(python, known)
    assert set(known["answer"]) >= {"total", "rows"}
    assert {row["type"] for row in known["answer"]["rows"]} == {"health"}
    if shutil.which("curl"):
        command = shlex.split(curl)
        assert (
            json.loads(subprocess.run([*command, "--silent"], capture_output=True, check=True).stdout)
            == known["answer"]
        )


def test_where_a_password_is_needed_the_lines_bring_it(samples: Path) -> None:
    browser = TestClient(create_app(site.Settings(samples, password="one two three")), base_url="http://localhost")
    header = {"authorization": "Basic " + base64.b64encode(b"reader:one two three").decode()}
    curl, python = lines_for_programs(browser.get("/about", headers=header).text)
    assert "--user reader" in curl
    assert "getpass" in python
    assert "one two three" not in curl + python
    compile(python, "python", "exec")
