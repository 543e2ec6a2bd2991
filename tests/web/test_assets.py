"""The files that pages load have names made from their content, so that caches may keep them."""

from hashlib import sha256
from importlib.resources import files

import pytest
from fastapi.testclient import TestClient

from kb.web.view.assets import MEDIA_TYPES, asset, assets, short

NAMES = sorted(one.name for one in (files("kb.web") / "static").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_served_under_the_name_of_its_content(client: TestClient, name: str) -> None:
    """The file is served without comments, with its media type, and may be cached for a year."""
    answer = client.get(asset(name))

    stem, ending = name.rsplit(".", 1)
    written = (files("kb.web") / "static" / name).read_text("utf-8")
    content = short(f".{ending}", written).encode()
    assert asset(name) == f"/static/{stem}.{sha256(content).hexdigest()[:12]}.{ending}"
    assert answer.content == content
    assert answer.headers["content-type"].startswith(MEDIA_TYPES[f".{ending}"])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", ["style.css", "style.000000000000.css", "..%2Froute.py", ""])
def test_no_other_name_is_served(client: TestClient, path: str) -> None:
    """A file without a digest, with an old digest, or outside the folder is a 404."""
    assert client.get(f"/static/{path}").status_code == 404


def test_every_file_has_an_address_of_its_own() -> None:
    """The addresses of files differ; an unknown file raises KeyError."""
    assert len({one.address for one in assets().values()}) == len(NAMES)
    with pytest.raises(KeyError):
        asset("nothing.js")
