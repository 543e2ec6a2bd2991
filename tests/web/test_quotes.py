"""The page that checks quotations, where nothing is imported."""

from fastapi.testclient import TestClient


def test_the_page_says_what_to_do_without_imports(client: TestClient) -> None:
    """The page says that nothing is imported, and that our own words are not for quoting."""
    page = client.get("/quotes?lang=en").text
    answer = client.post(
        "/v1/quotes/check", json={"text": "They write “Ask for rent <script>alert(1)</script>”."}
    )

    assert "Add the documents that you quote first." in page
    assert [one["verdict"] for one in answer.json()["quotations"]] == ["not-checkable"]
