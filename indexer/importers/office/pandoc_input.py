"""A document as pandoc gets it."""

from pathlib import Path
from typing import NamedTuple

from indexer.importers.office.metadata import About


class Chapter(NamedTuple):
    """A file of a book, in reading order."""

    mark: str  # its name in what pandoc reads
    title: str | None  # in the table of contents, where it stands there
    level: int
    contents: bool  # it is the table of contents


class Prepared(NamedTuple):
    """A file in a private folder, with what is known of it beside its text."""

    file: Path
    form: str  # what pandoc calls the format
    about: About
    title: str | None = None  # a paragraph that is styled as the title
    chapters: tuple[Chapter, ...] = ()
    changed: bool = False  # it holds tracked changes
