"""Read the metadata of office documents and e-books."""

from pathlib import Path
from typing import NamedTuple

from lxml import etree

from indexer.importers.office.safe_xml import tree
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.stated import About, creators, stated_date, stated_language
from indexer.importers.shared.zip_archive import Archive

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"

_OTHER_HANDS = {"trl", "ill", "bkp", "bkd", "mrk", "trc", "tyd", "tyg", "cov", "pfr", "clb", "ctb"}


def of_docx(archive: Archive) -> About:
    """Return the core properties of a Word file, except dates, which are not those of the text."""
    part = next((one for one in archive.names if one.lower().startswith("docprops/core")), None)
    if part is None:
        return About()
    core = tree(archive, part)
    return About(
        title=core.findtext(f"{DC}title"),
        creator=creators(_texts(core, f"{DC}creator")),
        language=stated_language(core.findtext(f"{DC}language")),
    )


def of_odt(archive: Archive) -> About:
    """Return the metadata in `meta.xml`; the last editor is the creator if no other is stated."""
    if "meta.xml" not in archive:
        return About()
    meta = tree(archive, "meta.xml")
    first = _texts(meta, f".//{META}initial-creator")
    return About(
        title=meta.findtext(f".//{DC}title"),
        creator=creators(first or _texts(meta, f".//{DC}creator")),
        language=stated_language(meta.findtext(f".//{DC}language")),
    )


def of_epub(package: etree._Element) -> About:
    """Return the metadata in the package document of an EPUB."""
    titles, roles = _refined(package, "title-type"), _refined(package, "role")
    mains = [one for one in package.iter(f"{DC}title") if titles.get(one.get("id", "")) == "main"]
    authors = [
        one
        for one in package.iter(f"{DC}creator")
        if (one.get(f"{OPF}role") or roles.get(one.get("id", ""))) not in _OTHER_HANDS
    ]
    identifiers = _texts(package, f".//{DC}identifier")
    return About(
        title=mains[0].text if mains else package.findtext(f".//{DC}title"),
        creator=creators(one.text for one in authors),
        issued=_published(package),
        language=stated_language(package.findtext(f".//{DC}language")),
        site=next(iter(creators(_texts(package, f".//{DC}publisher"))), None),
        url=next((one for one in identifiers if one.startswith(("https://", "http://"))), None),
    )


def _texts(root: etree._Element, path: str) -> list[str]:
    return [one_line(one.text or "") for one in root.iterfind(path)]


def _refined(package: etree._Element, name: str) -> dict[str, str]:
    """Return the values of refining `meta` elements by the id of the element they refine."""
    return {
        one.get("refines", "").removeprefix("#"): one_line(one.text or "")
        for one in package.iter("{*}meta")
        if one.get("property") == name
    }


def _published(package: etree._Element) -> str | None:
    """Return the publication date, or else a date whose event is not stated, or None."""
    dates = [
        (one.get(f"{OPF}event"), stated_date(one_line(one.text or "")))
        for one in package.iter(f"{DC}date")
    ]
    stated = [day for event, day in dates if event in {"publication", "original-publication"}]
    return next(filter(None, [*stated, *(day for event, day in dates if event is None)]), None)


class Prepared(NamedTuple):
    """A file that has been prepared for pandoc, with its metadata."""

    file: Path
    form: str  # pandoc's name for the format
    about: About
    changed: bool = False  # whether it has tracked changes
