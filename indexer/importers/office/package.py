"""An office document on its way: prepared for pandoc, then as a tree to be read."""

from pathlib import Path
from typing import NamedTuple

from lxml.html import HtmlElement

from indexer.importers.office.metadata import About


class Prepared(NamedTuple):
    """A file in a private folder, with what is known of it beside its text."""

    file: Path
    form: str  # what pandoc calls the format
    about: About
    title: str | None = None  # a paragraph that is styled as the title
    changed: bool = False  # it holds tracked changes


class Document(NamedTuple):
    """The tree of a document, with what it states of itself."""

    root: HtmlElement
    about: About
    title: str | None = None
    changed: bool = False
