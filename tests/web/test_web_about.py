"""/about."""

from starlette.testclient import TestClient


def test_it_is_chinese_unless_english_is_asked_for(client: TestClient) -> None:
    assert "<h1>说明</h1>" in client.get("/about").text
    assert "<h1>Help</h1>" in client.get("/about?lang=en").text
    assert "<h1>Help</h1>" in client.get("/about").text  # the cookie keeps it
    assert "<h1>说明</h1>" in client.get("/about?lang=zh").text
