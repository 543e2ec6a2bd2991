"""Read YAML front matter and the line of each value; scalars are strings, and empty ones None."""

from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode

from kb.errors import Problem

FENCE = "---"
# The loader in C is ten times as fast, but PyYAML may have been built without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[str | int, ...]


class Lines:
    """Line numbers of values by path; a lookup uses the longest known prefix of a path."""

    def __init__(self, first: int) -> None:
        self._lines: dict[Location, int] = {(): first}

    def put(self, location: Location, line: int) -> None:
        """Store the line (from 1) of a value."""
        self._lines[location] = line

    def put_all(self, at: Location, inner: "Lines") -> None:
        """Store every line of `inner` under the path `at`."""
        for location, line in inner._lines.items():
            self._lines[(*at, *location)] = line

    def of(self, location: Location) -> int:
        """Return the line of the value, or of the nearest value that contains it."""
        while location not in self._lines:
            location = location[:-1]
        return self._lines[location]


def split(path: str, text: str) -> tuple[str, str, int] | Problem:
    """Return the front matter, the body and the number of lines before the body, or a problem."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return Problem(path, 1, "no front matter", f"'{FENCE}' on the first line")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    return Problem(path, 1, "the front matter is not closed", f"'{FENCE}' on a line of its own")


def read_yaml(path: str, text: str, first: int) -> tuple[Any, Lines, list[Problem]]:
    """Return the value of a YAML text (dictionaries, lists, strings, None), its lines and problems.

    Scalars stay strings: `issued: 2016` gives "2016", and `language: no` gives "no".
    """
    reader = _Reader(path, first)
    try:
        node = _compose(text)
        value = reader.value(node, ()) if node else None
    except yaml.YAMLError as error:
        mark, position = getattr(error, "problem_mark", None), getattr(error, "position", 0)
        row = mark.line if mark else text[:position].count("\n")
        wrong = getattr(error, "problem", None) or str(error).partition("\n")[0]
        reader.problem(row, f"not YAML: {wrong}", "YAML 1.1")
        value = None
    except RecursionError:
        reader.problem(0, "YAML nested too deeply", "a few levels of lists and mappings")
        value = None
    return value, reader.lines, reader.problems


def _compose(text: str) -> Node | None:
    """Return the node tree of a YAML text, or None if the text is empty.

    Errors come from the Python loader, whose messages say more.
    """
    try:
        node: Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    return node


class _Reader:
    def __init__(self, path: str, first: int) -> None:
        self.path, self.first = path, first
        self.lines = Lines(first)
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def problem(self, row: int, wrong: str, expected: str) -> None:
        self.problems.append(Problem(self.path, self.first + row, wrong, expected))

    def value(self, node: Node, at: Location) -> Any:
        row = node.start_mark.line
        self.lines.put(at, self.first + row)
        if id(node) in self._seen:  # an alias; a recursive one would loop forever
            self.problem(row, "a YAML alias", "the value written out")
            return None
        self._seen.add(id(node))
        if isinstance(node, ScalarNode):
            empty = not node.style and node.value in {"", "~", "null"}
            return None if empty else node.value
        if isinstance(node, SequenceNode):
            return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, at)

    def _mapping(self, node: Node, at: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            row = key_node.start_mark.line
            if key in found:
                self.problem(row, f"'{key}' is given twice", "each key once")
            found[key] = self.value(value_node, (*at, key))
            self.lines.put((*at, key), self.first + row)
        return found
