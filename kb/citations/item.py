"""A source -> its CSL-JSON item (CSL 1.0.2), the form that every citation program reads."""

import re
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kb.citations.typography import place_in_source
from kb.domain.documents import DocumentKind, Locator, Name, Source

Item = dict[str, Any]

# What is printed in a periodical names that periodical as its first organization.
PERIODICALS = ("article-journal", "article-magazine", "article-newspaper")
# What a person says or writes on a programme or a site names that one as its first organization.
HOSTED = ("broadcast", "interview", "post-weblog")
# APA's own sign between joint publishers; a style that wants another one replaces it.
BETWEEN_PUBLISHERS = "; "

_NAMED_SUFFIX = re.compile(r"(?P<given>.+?),? (?P<suffix>Jr\.|Sr\.|II|III|IV)")
_PLAIN_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
_QUALIFIERS = "?~%"  # EDTF: uncertain, approximate, both
_FIRST_SEASON = 21  # EDTF numbers spring to winter 21 to 24, where a month would stand


def as_cited(source: Source, kind: DocumentKind) -> Source:
    """The source as a citation names it.

    What an outcome document describes are events: its organizations acted, and did not write the
    page where that was seen.
    """
    return source.model_copy(update={"organization": ()}) if kind == "outcome" else source


def csl_item(source: Source, locator: Locator | None, id: str) -> Item:
    """The item of a source, or of a place in it; what is not known is absent.

    Organizations are the authors where no person is named, else the publishers.
    """
    item: Item = {"id": id, "type": source.type, "title": source.title}
    item |= _responsible(source)
    for field, date in (("issued", source.issued), ("accessed", source.accessed)):
        item |= {field: csl_date(date)} if date else {}
    for field in ("URL", "DOI", "ISBN"):
        item |= {field: value} if (value := getattr(source, field)) else {}
    # The title of a speech does not say that it was spoken.
    item |= {"genre": "speech"} if source.type == "speech" else {}
    item["language"] = source.language
    place = place_in_source(locator)
    return item | ({"locator": place} if place else {})


def _responsible(source: Source) -> Item:
    """Who wrote it and who brought it out."""
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
    """A CSL name; a person of one name has a family name alone, for a literal is a group."""
    parts = {"family": name.family or name.literal or "", "given": name.given or ""}
    if parts["family"] and (named := _NAMED_SUFFIX.fullmatch(parts["given"])):
        parts |= named.groupdict()
    if not parts["family"]:
        parts = {"family": parts["given"]}
    return {part: value for part, value in parts.items() if value}


@lru_cache(maxsize=4096)
def _is_edtf(date: str) -> bool:
    try:
        parse_edtf(date)
    except EDTFParseException:
        return False
    return True


def csl_date(date: str) -> Item:
    """An EDTF date as CSL's date parts; one that they cannot say is kept in its own words."""
    ends = date.split("/")
    read = [_PLAIN_DATE.fullmatch(end.rstrip(_QUALIFIERS)) for end in ends]
    found = [end for end in read if end]
    if len(found) < len(ends) or not _is_edtf(date):
        return {"literal": date}
    parts = [[int(part) for part in end.group("year", "month", "day") if part] for end in found]
    circa: Item = {"circa": True} if any(sign in date for sign in _QUALIFIERS) else {}
    if all(len(one) == 1 or one[1] < _FIRST_SEASON for one in parts):
        return {"date-parts": parts} | circa
    if len(parts) > 1:  # CSL has one season a date, so none for a range
        return {"literal": date}
    return {"date-parts": [parts[0][:1]], "season": parts[0][1] - _FIRST_SEASON + 1} | circa
