"""Static files, served under names with a digest, so that browsers can cache them forever."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

STATIC = "/static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A file in `kb/web/static`, as it is served."""

    address: str
    media_type: str
    content: bytes


@cache
def assets() -> dict[str, Asset]:
    """Return all files in `kb/web/static`, by file name; cached."""
    folder = files("kb.web") / "static"
    return {
        one.name: _asset(one.name, one.read_bytes())
        for one in folder.iterdir()
        if PurePath(one.name).suffix in MEDIA_TYPES
    }


def _asset(name: str, content: bytes) -> Asset:
    path = PurePath(name)
    served = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
    return Asset(f"{STATIC}/{served}", MEDIA_TYPES[path.suffix], content)


def asset(name: str) -> str:
    """Return the URL of a file in `kb/web/static`; raise KeyError for an unknown name."""
    return assets()[name].address
