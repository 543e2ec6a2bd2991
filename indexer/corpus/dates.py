"""EDTF dates (Library of Congress, ISO 8601-2), read by the edtf library."""

from functools import lru_cache
from time import struct_time

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]


@lru_cache(maxsize=4096)
def bounds(date: str) -> tuple[Day, Day]:
    """The first and last day of an EDTF date or interval; ValueError if it is none."""
    try:
        # Of an interval with an unknown end the library would make one up: such a date is none.
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
    """The first and last year of an EDTF date or interval; ValueError if it is none."""
    first, last = bounds(date)
    return first[0], last[0]


def decade(year: int) -> int:
    """The first year of the decade of a year.

    >>> decade(1968), decade(2020)
    (1960, 2020)
    """
    return year - year % 10
