"""Collect the problems of one file, each with the line of its value."""

import re

from indexer.corpus.dates import bounds
from indexer.corpus.front_matter import Lines, Location
from kb.domain.sources import SLUG
from kb.errors import Problem


class ProblemCollector:
    """The problems found in one file, and methods that add to them."""

    def __init__(self, path: str, lines: Lines) -> None:
        self.path, self.lines = path, lines
        self.problems: list[Problem] = []

    def add(self, at: Location, wrong: str, expected: str) -> None:
        """Add a problem with the value at a path."""
        self.problems.append(Problem(self.path, self.lines.of(at), wrong, expected))

    def slug(self, at: Location, name: str, slug: str, taken: set[str]) -> None:
        """Add a problem if an id is not a slug or is taken, and mark the id as taken."""
        if not re.match(SLUG, slug):
            self.add(at, f"{name} '{slug}' is not a slug", "a-z, 0-9 and single hyphens")
        if slug in taken:
            self.add(at, f"{name} '{slug}' is given twice", "ids unique in the file")
        taken.add(slug)

    def date(self, at: Location, date: str | None) -> None:
        """Add a problem if a date is given and is not EDTF."""
        if date is None:
            return
        try:
            bounds(date)
        except ValueError as error:
            wrong, _, expected = str(error).partition("; expected ")
            self.add(at, wrong, expected)
