"""Intermediate forms of an office document: prepared for pandoc, then as a tree."""

from pathlib import Path
from typing import NamedTuple

from lxml.html import HtmlElement

from indexer.importers.office.metadata import About


class Prepared(NamedTuple):
    """A prepared file in a private folder, with its metadata."""

    file: Path
    form: str  # what pandoc calls the format
    about: About
    title: str | None = None  # a paragraph that is styled as the title
    changed: bool = False  # it holds tracked changes


class Document(NamedTuple):
    """The tree of a document, with its metadata."""

    root: HtmlElement
    about: About
    title: str | None = None
    changed: bool = False
