"""Read records from JSON: one object per line, a list of objects, or an object with a list."""

import json
import re
from collections.abc import Iterator
from typing import Any

from indexer.importers.base import SourceInfo
from indexer.importers.rows.record import Record
from indexer.importers.shared.remarks import Remarks
from kb.errors import UnreadableError

_OBJECT = re.compile(r"\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
_MAX_DEPTH = 20  # nested values; deeper ones are not data that people entered


def json_form(text: str) -> str | None:
    """Return `jsonl` or `json` if a text begins like one of them, else None."""
    if not _OBJECT.match(text):
        return None
    if text.lstrip().startswith("["):
        return "json"
    first, _, rest = text.strip().partition("\n")
    # If the first line is broken, the next decides: in JSONL it begins with an unindented object.
    return "jsonl" if rest and (_parsed(first) is not None or rest.startswith("{")) else "json"


def json_records(text: str, form: str, info: SourceInfo, remarks: Remarks) -> Iterator[Record]:
    """Yield the objects in a file in order, and add a remark for each value that is not one.

    Raise UnreadableError for invalid JSON; in JSONL, an invalid line is only a remark.
    """
    if form == "jsonl":
        yield from _lines(text, remarks)
        return
    for number, value in enumerate(_listed(_whole(text, info)), start=1):
        place = f"row {number}"
        if isinstance(value, dict):
            yield Record(place, number, _fields(value))
        else:
            remarks.add(place, "not a JSON object; left out")


def _lines(text: str, remarks: Remarks) -> Iterator[Record]:
    number = 0
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        number += 1
        value = _parsed(row)
        if isinstance(value, dict):
            yield Record(f"line {line}", number, _fields(value))
        else:
            remarks.add(f"line {line}", "not a JSON object; left out")


def _whole(text: str, info: SourceInfo) -> Any:
    try:
        return _read(text)
    except json.JSONDecodeError as error:
        wrong, place = f"not JSON: {error.msg}", f"line {error.lineno}"
        raise UnreadableError(info.name, wrong, "a list of JSON objects", place) from error
    except RecursionError as error:
        wrong = "JSON nested too deeply"
        raise UnreadableError(info.name, wrong, "a list of JSON objects") from error


def _listed(value: Any) -> list[Any]:
    """Return the rows in a value: a list, the longest list of objects in it, or the value alone."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return [value]
    lists = (one for one in value.values() if isinstance(one, list) and one)
    return max((one for one in lists if isinstance(one[0], dict)), key=len, default=[value])


def _parsed(row: str) -> Any:
    """Parse a line as JSON; return None if it is invalid."""
    try:
        return _read(row)
    except (json.JSONDecodeError, RecursionError):
        return None


def _read(text: str) -> Any:
    """Parse JSON, keeping numbers as written: they are displayed, not used in calculations."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _fields(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, _shown(held)) for name, held in value.items()]


def _shown(value: Any, depth: int = 0) -> str:
    """Format a value as text, with semicolons between its members."""
    if isinstance(value, str):
        return value
    if value is None or depth > _MAX_DEPTH:
        return ""
    if isinstance(value, list):
        parts = [_shown(one, depth + 1) for one in value]
    elif isinstance(value, dict):
        held = ((name, _shown(one, depth + 1)) for name, one in value.items())
        parts = [f"{name}: {words}" for name, words in held if words]
    else:
        return "true" if value else "false"
    return "; ".join(filter(None, parts))
