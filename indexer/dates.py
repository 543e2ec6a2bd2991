"""EDTF dates (Library of Congress, ISO 8601-2), read by the edtf library."""

from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException


@lru_cache(maxsize=4096)
def years(date: str) -> tuple[int, int]:
    """The first and last year of an EDTF date or interval; ValueError if it is none."""
    try:
        parsed = parse_edtf(date)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        span = int(first[0]), int(last[0])
    except (EDTFParseException, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"date '{date}' is not EDTF; expected 2020, 2020-06 or 2019/2021") from error
    if tuple(first)[:3] > tuple(last)[:3]:
        raise ValueError(f"date '{date}' ends before it begins; expected FIRST/LAST")
    return span


def starts_after(date: str, other: str) -> bool:
    """Whether the first day of one date lies after the last day of another."""
    first, last = parse_edtf(date).lower_strict(), parse_edtf(other).upper_strict()
    return tuple(first)[:3] > tuple(last)[:3]
