"""Parse and print a quantity on one line of a corpus file.

For example: `over 40 percent; of: arrests; period: 2018`
"""

import re
from typing import Any

from kb.domain.quantities import Quantity, grouped

# Commas only separate thousands, so a decimal comma is an error.
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_HEAD = re.compile(
    r"^(?:(?P<qualifier>about|over|under|nearly|exactly|at-least|up-to)\s+)?"
    rf"(?P<value>{_NUMBER})(?:\s+to\s+(?P<upper>{_NUMBER}))?\s+(?P<unit>[A-Za-z-]+)$"
)
_PARTS = ("of", "per", "period", "stated")
EXAMPLE = "'[QUALIFIER] NUMBER UNIT; of: ...; per: ...; period: ...; stated: ...'"


def parse_quantity(line: str) -> dict[str, Any]:
    """Return the fields of a quantity. Raise ValueError if the line is not a quantity."""
    head, *rest = line.split(";", 1)
    match = _HEAD.match(head.strip())
    if not match:
        raise ValueError(f"'{head.strip()}' is not a quantity; expected {EXAMPLE}")
    fields: dict[str, Any] = {k: v for k, v in match.groupdict().items() if v is not None}
    for key in ("value", "upper"):
        if key in fields:
            fields[key] = _number(fields[key])
    return fields | _parts(rest[0] if rest else "")


def _number(digits: str) -> int | float:
    bare = digits.replace(",", "")
    return float(bare) if "." in bare else int(bare)


def _parts(rest: str) -> dict[str, str]:
    """Parse `key: value` pairs between semicolons; `stated` is last and may contain semicolons."""
    fields: dict[str, str] = {}
    while rest.strip():
        key, _, value = rest.strip().partition(":")
        if key not in _PARTS or key in fields or not value.strip():
            raise ValueError(f"'{rest.strip()}' is not part of a quantity; expected {EXAMPLE}")
        if key == "stated":
            value, rest = value, ""
        else:
            value, _, rest = value.partition(";")
        fields[key] = value.strip()
    return fields


def print_quantity(quantity: Quantity) -> str:
    """Return the line that `parse_quantity` parses to this quantity."""
    number = grouped(quantity.value)
    if quantity.upper is not None:
        number += f" to {grouped(quantity.upper)}"
    head = " ".join(part for part in (quantity.qualifier, number, quantity.unit) if part)
    parts = [f"{key}: {getattr(quantity, key)}" for key in _PARTS if getattr(quantity, key)]
    return "; ".join([head, *parts])
