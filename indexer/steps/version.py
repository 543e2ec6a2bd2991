"""Compute the version of the builder: a digest of the code that determines an index."""

import ast
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

# Code that determines an index: the build steps, the stored models, text analysis, citations,
# the names and labels in charts, the table of places, and the engine that writes the index.
PACKAGES = (
    "indexer.steps",
    "kb.domain",
    "kb.text",
    "kb.places",
    "kb.citations",
    "kb.index",
    "kb.languages",
)


@cache
def builder_version() -> str:
    """Return a digest of the code that determines an index."""
    return code_digest({package: files(package) for package in PACKAGES})


def code_digest(folders: Mapping[str, Traversable]) -> str:
    """Return a digest of code and data; comments, docstrings and layout of Python do not count."""
    digest = hashlib.sha256()
    for package, folder in folders.items():
        for name, source in sorted(_sources(folder, package)):
            digest.update(name.encode() + b"\0" + _code(name, source) + b"\0")
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _sources(one, f"{name}/{one.name}")
        elif one.name.endswith((".py", ".po", ".yaml", ".tsv")):
            found.append((f"{name}/{one.name}", one.read_bytes()))
    return found


def _code(name: str, source: bytes) -> bytes:
    """Return the syntax tree of a Python file without docstrings, or the bytes of a data file."""
    if not name.endswith(".py"):
        return source
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_docstring(one)]  # type: ignore[attr-defined]
    return ast.dump(tree).encode()


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
