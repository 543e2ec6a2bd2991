"""Parse EDTF dates (Library of Congress, ISO 8601-2) with the edtf library."""

import datetime
import re
from calendar import monthrange
from functools import lru_cache
from time import struct_time

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]  # year, month, day

# Matches a year, month or day, as nearly all dates are. The library takes 15 ms a date.
_PLAIN = re.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?")


@lru_cache(maxsize=4096)
def bounds(date: str) -> tuple[Day, Day]:
    """Return the first and last day of an EDTF date or interval; raise ValueError if invalid."""
    ends = [_plain(end) for end in date.split("/", 1)]
    if ends[0] and ends[-1] and ends[0][0] <= ends[-1][1]:
        return ends[0][0], ends[-1][1]
    try:
        # The library would invent the missing end of an open interval, so reject such dates.
        parsed = parse_edtf(date if date == date.strip("/ \n") else "")
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"date '{date}' is not EDTF; expected 2020, 2020-06 or 2019/2021"
        ) from error
    if first > last:
        raise ValueError(f"date '{date}' ends before it begins; expected FIRST/LAST")
    return first, last


def _plain(date: str) -> tuple[Day, Day] | None:
    """Return the bounds of a plain year, month or day, or None for any other or invalid date."""
    found = _PLAIN.fullmatch(date)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
        end = datetime.date(int(year), int(month or 12), 1)
        last = end.replace(day=int(day or monthrange(end.year, end.month)[1]))
    except ValueError:
        return None
    return (first.year, first.month, first.day), (last.year, last.month, last.day)


def _day(time: struct_time) -> Day:
    return time[0], time[1], time[2]


def years(date: str) -> tuple[int, int]:
    """Return the first and last year of an EDTF date or interval; raise ValueError if invalid."""
    first, last = bounds(date)
    return first[0], last[0]


def decade(year: int) -> int:
    """Return the first year of the decade that a year is in.

    >>> decade(1968), decade(2020)
    (1960, 2020)
    """
    return year - year % 10
