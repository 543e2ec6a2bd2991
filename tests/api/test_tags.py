"""ETags: an answer that the client holds is not sent again."""

import pytest
from fastapi.testclient import TestClient

PATHS = (
    "/v1/search?q=police&k=3",
    "/v1/documents?k=2",
    "/v1/documents/m4bl-vision-2016",
    "/v1/records?topic=policing",
    "/v1/records/m4bl-vision-2016/reallocate-from-policing",
    "/v1/passages?k=1",
    "/v1/passages/m4bl-vision-2016",
    "/v1/passages/m4bl-vision-2016/reallocate-from-policing",
    "/v1/topics",
    "/v1/topics/policing",
    "/v1/places",
    "/v1/places/us",
    "/v1/coverage?place=us",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_known_answer_is_not_sent_again(client: TestClient, path: str) -> None:
    """A GET with the weak ETag of its current answer gets a 304 without a body."""
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})

    assert first.headers["etag"].startswith('W/"')
    assert first.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_star_matches_any_existing_answer(client: TestClient) -> None:
    """`If-None-Match: *` gets a 304 where the resource exists, and the 404 where it does not."""
    star = {"If-None-Match": "*"}

    assert client.get("/v1/topics", headers=star).status_code == 304
    assert client.get("/v1/topics/nothing", headers=star).status_code == 404


def test_other_questions_have_other_tags(client: TestClient) -> None:
    """Different addresses have different ETags, and an error has none."""
    tags = {client.get(path).headers["etag"] for path in PATHS}

    assert len(tags) == len(PATHS)
    assert "etag" not in client.get("/v1/topics/nothing").headers
