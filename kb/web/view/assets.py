"""Static files, served under names with a digest, so that browsers can cache them forever."""

import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

STATIC = "/static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*")
_COLON = re.compile(r":\s+")


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


def _asset(name: str, written: bytes) -> Asset:
    path = PurePath(name)
    content = short(path.suffix, written.decode()).encode()
    served = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
    return Asset(f"{STATIC}/{served}", MEDIA_TYPES[path.suffix], content)


def short(suffix: str, text: str) -> str:
    r"""Return a style sheet or script without comments and indentation, to load faster.

    >>> short(".css", "/* Ink. */\nbody { color: red; }\n")
    'body{color:red}'
    >>> short(".js", "// Say it.\n  say();\n")
    'say();\n'
    """
    if suffix == ".css":
        bare = _SPACE.sub(r"\1", _COMMENT.sub("", text).strip())
        return _COLON.sub(":", bare).replace(";}", "}")
    if suffix == ".js":
        lines = (line.strip() for line in text.splitlines())
        return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
    return text


def asset(name: str) -> str:
    """Return the URL of a file in `kb/web/static`; raise KeyError for an unknown name."""
    return assets()[name].address
