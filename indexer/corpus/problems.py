"""Problems of one file, gathered with the line of the value that each speaks of."""

from indexer.corpus.dates import bounds
from indexer.corpus.front_matter import Lines, Location
from kb.errors import Problem


class File:
    """The problems of one file, each put at the line of the value it speaks of."""

    def __init__(self, path: str, lines: Lines) -> None:
        self.path, self.lines = path, lines
        self.problems: list[Problem] = []

    def add(self, at: Location, wrong: str, expected: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(self.path, self.lines.of(at), wrong, expected))

    def date(self, at: Location, date: str | None) -> None:
        """A date must be EDTF where it is given."""
        if date is None:
            return
        try:
            bounds(date)
        except ValueError as error:
            wrong, _, expected = str(error).partition("; expected ")
            self.add(at, wrong, expected)
