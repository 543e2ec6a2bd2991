"""Convert sources to CSL-JSON items (CSL 1.0.2)."""

import datetime
import re
from functools import lru_cache
from typing import Any, NamedTuple

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kb.citations.typography import place_in_source
from kb.domain.documents import DocumentKind
from kb.domain.passages import Entry
from kb.domain.records import Locator
from kb.domain.sources import CslType, FactSource, Name, Source

Item = dict[str, Any]

# For these types the first organization is the periodical.
PERIODICALS = ("article-journal", "article-magazine", "article-newspaper")
# For these types with an author, the first organization is the program or website.
HOSTED = ("broadcast", "interview", "post-weblog")
# APA's separator of publishers; styles with another separator replace it.
BETWEEN_PUBLISHERS = "; "

# What can be cited: the source of a document, or a source of a record.
Work = Source | FactSource

OURSELVES = "Precedent"
GENRES: dict[CslType, str] = {"speech": "speech", "entry": "campaign dossier"}

_NAMED_SUFFIX = re.compile(r"(?P<given>.+?),? (?P<suffix>Jr\.|Sr\.|II|III|IV)")
_PLAIN_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
_QUALIFIERS = "?~%"  # EDTF: uncertain, approximate, both
_FIRST_SEASON = 21  # EDTF writes spring to winter as months 21 to 24


class Cited(NamedTuple):
    """A work, and the place in it as a locator or in words."""

    work: Work
    place: Locator | str | None = None


def as_cited(source: Source, kind: DocumentKind) -> Source:
    """Return the source in the form to cite; a case file becomes a dossier by Precedent.

    The organizations of a case file took part in the events and did not publish it. Its date is
    that of the last check of the evidence.
    """
    if kind != "outcome":
        return source
    return source.model_copy(
        update={"organization": (OURSELVES,), "issued": source.accessed, "accessed": None}
    )


def works(entry: Entry) -> tuple[Cited, ...]:
    """Return the works to cite for a passage.

    For a record of a case file, these are the sources that it names, weak ones last. For any other
    passage, it is the source of its document.
    """
    if entry.document.kind == "outcome" and entry.evidence:
        best_first = sorted(entry.evidence, key=lambda one: one.source.weak is not None)
        return tuple(Cited(one.source, one.place or None) for one in best_first)
    return (Cited(as_cited(entry.source, entry.document.kind), entry.locator),)


def csl_item(source: Work, locator: Locator | str | None, id: str) -> Item:
    """Return the CSL item for a work, with the place in it if given; omit unknown fields.

    Organizations are authors if no person is named, and publishers otherwise.
    """
    item: Item = {"id": id, "type": source.type}
    item |= {"title": source.title} if source.title else {}
    item |= _responsible(source)
    for field in ("issued", "accessed"):
        item |= {field: csl_date(date)} if (date := getattr(source, field, None)) else {}
    for field in ("URL", "DOI", "ISBN"):
        item |= {field: value} if (value := getattr(source, field)) else {}
    # CSL styles print the genre, because a title does not show that the work is a speech.
    if source.type in GENRES:
        item["genre"] = GENRES[source.type]
    item["language"] = source.language
    place = place_in_source(locator)
    return item | ({"locator": place} if place else {})


def _responsible(source: Work) -> Item:
    """Return the CSL author, container-title and publisher fields of a work."""
    persons = [_person(name) for name in source.author]
    organizations = list(source.organization)
    found: Item = {}
    contained = source.type in PERIODICALS or (source.type in HOSTED and persons)
    if contained and organizations:
        found["container-title"] = organizations.pop(0)
    elif not persons:
        persons, organizations = [{"literal": name} for name in organizations], []
    if persons:
        found = {"author": persons} | found
    if organizations:
        found["publisher"] = BETWEEN_PUBLISHERS.join(organizations)
    return found


def _person(name: Name) -> dict[str, str]:
    """Return a CSL name; a mononym becomes the family name, because literals are for groups."""
    parts = {"family": name.family or name.literal or "", "given": name.given or ""}
    if parts["family"] and (named := _NAMED_SUFFIX.fullmatch(parts["given"])):
        parts |= named.groupdict()
    if not parts["family"]:
        parts = {"family": parts["given"]}
    return {part: value for part, value in parts.items() if value}


@lru_cache(maxsize=4096)
def _is_edtf(date: str) -> bool:
    if _is_day(date):  # nearly all dates are; the library needs 15 ms for each
        return True
    try:
        parse_edtf(date)
    except EDTFParseException:
        return False
    return True


def _is_day(date: str) -> bool:
    """Return whether the date is a plain year, month or day that exists in the calendar."""
    found = _PLAIN_DATE.fullmatch(date)
    if not found or not date.isascii():
        return False
    year, month, day = found.group("year", "month", "day")
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # also a season, which is written as a month
        return False
    return True


def csl_date(date: str) -> Item:
    """Return an EDTF date as CSL date parts, or as a literal if they cannot express it."""
    ends = date.split("/")
    read = [_PLAIN_DATE.fullmatch(end.rstrip(_QUALIFIERS)) for end in ends]
    found = [end for end in read if end]
    if len(found) < len(ends) or not _is_edtf(date):
        return {"literal": date}
    parts = [[int(part) for part in end.group("year", "month", "day") if part] for end in found]
    circa: Item = {"circa": True} if any(sign in date for sign in _QUALIFIERS) else {}
    if all(len(one) == 1 or one[1] < _FIRST_SEASON for one in parts):
        return {"date-parts": parts} | circa
    if len(parts) > 1:  # CSL allows one season per date, so none in a range
        return {"literal": date}
    return {"date-parts": [parts[0][:1]], "season": parts[0][1] - _FIRST_SEASON + 1} | circa
