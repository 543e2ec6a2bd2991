"""Parse EDTF dates (Library of Congress, ISO 8601-2) with the edtf library."""

from functools import lru_cache
from time import struct_time

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]


@lru_cache(maxsize=4096)
def bounds(date: str) -> tuple[Day, Day]:
    """Return the first and last day of an EDTF date or interval; ValueError if it is invalid."""
    try:
        # The library would invent the end of an interval with an unknown one: reject such dates.
        parsed = parse_edtf(date if date == date.strip("/ \n") else "")
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"date '{date}' is not EDTF; expected 2020, 2020-06 or 2019/2021"
        ) from error
    if first > last:
        raise ValueError(f"date '{date}' ends before it begins; expected FIRST/LAST")
    return first, last


def _day(time: struct_time) -> Day:
    return time[0], time[1], time[2]


def years(date: str) -> tuple[int, int]:
    """Return the first and last year of an EDTF date or interval; ValueError if it is invalid."""
    first, last = bounds(date)
    return first[0], last[0]


def decade(year: int) -> int:
    """Return the first year of a year's decade.

    >>> decade(1968), decade(2020)
    (1960, 2020)
    """
    return year - year % 10
