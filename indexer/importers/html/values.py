"""Normalize names, dates and addresses from the metadata of pages."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from indexer.importers.html.statements import MAX_VALUE, plain
from indexer.importers.shared.stated import creators, stated_date

MAX_NAME = 200  # characters; more is a sentence about a person

_TIME = re.compile(r"[T\s,]+\d{1,2}:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_BY = re.compile(r"(?:by|por|von|par)\s+", re.IGNORECASE)


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names of people and organizations, without addresses, programs and logins."""
    single = (name.strip() for value in values for name in plain(value).split(";"))
    shown = (_BY.sub("", name, count=1) for name in single if "://" not in name)
    return creators(name for name in shown if len(name) <= MAX_NAME)


def day(value: str) -> str | None:
    """Return the EDTF date of a date or time, as far as it is unambiguous; else None."""
    shown = _TIME.sub("", plain(value)[:MAX_VALUE])
    return stated_date(_COMPACT.sub(r"\1-\2-\3", shown) if len(shown) == len("20210515") else shown)


def address(base: str, value: str) -> str | None:
    """Return an absolute http(s) address; None if it is invalid or contains credentials."""
    value = value.strip()
    try:
        whole = urljoin(base, value) if value else ""
        parts = urlsplit(whole)
        fine = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return whole if fine and len(whole) <= MAX_VALUE and whole.isprintable() else None
