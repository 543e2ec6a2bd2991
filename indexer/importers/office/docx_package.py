"""A Word file -> a package with nothing in it but the text, made ready for pandoc."""

import posixpath
from pathlib import Path

from lxml import etree

from indexer.importers.office import docx_text, metadata
from indexer.importers.office.docx_numbers import Numbers, W
from indexer.importers.office.package import Prepared
from indexer.importers.office.safe_xml import in_utf8, is_utf8, tree, vetted
from indexer.importers.shared.zip_archive import Archive, write

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_ASIDE = ("media/", "embeddings/", "fonts/", "theme/", "glossary/", "charts/", "diagrams/")


def prepare(archive: Archive, folder: Path) -> Prepared:
    """The package, written into the folder; UnreadableError where a part of it is damaged."""
    main = _main(archive)
    home = posixpath.dirname(main) + "/"
    aside = tuple(home + one for one in _ASIDE)
    texts = [one for one in archive.names if one.startswith(home) and not one.startswith(aside)]
    texts = [one for one in ("[Content_Types].xml", "_rels/.rels", *texts) if one in archive]
    parts = {one: _part(archive, one) for one in texts if one.endswith((".xml", ".rels"))}
    document = tree(archive, main)
    changed = next(document.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None
    numbering, styles = (_root(archive, home + one) for one in ("numbering.xml", "styles.xml"))
    looks = docx_text.Styles(styles)
    docx_text.prepare(document, Numbers(numbering, styles), looks)
    parts[main] = in_utf8(document)
    for part in (home + name for name in _NOTES):
        if part in archive:
            notes = tree(archive, part)
            docx_text.prepare_notes(notes, looks)
            parts[part] = in_utf8(notes)
    file = folder / "document.docx"
    write(file, parts)
    # The names of styles tell titles, captions and tables of contents.
    return Prepared(file, "docx+styles", metadata.of_docx(archive), changed=changed)


def _main(archive: Archive) -> str:
    """The path of the part that holds the text."""
    if "_rels/.rels" in archive:
        for one in tree(archive, "_rels/.rels").iter(_RELATION):
            if one.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(one.get("Target", "").lstrip("/"))
                return target if target in archive else _MAIN
    return _MAIN


def _part(archive: Archive, part: str) -> bytes:
    content = vetted(archive, part)
    return content if is_utf8(content) else in_utf8(tree(archive, part))


def _root(archive: Archive, part: str) -> etree._Element | None:
    return tree(archive, part) if part in archive else None
