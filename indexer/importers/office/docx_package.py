"""Reduce a Word file to a package of its text, prepared for pandoc."""

import posixpath
from pathlib import Path

from indexer.importers.office import docx_text, metadata
from indexer.importers.office.docx_numbers import Numbers, W
from indexer.importers.office.package import Prepared
from indexer.importers.office.safe_xml import in_utf8, tree
from indexer.importers.shared.zip_archive import Archive, write

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_ASIDE = ("media/", "embeddings/", "fonts/", "theme/", "glossary/", "charts/", "diagrams/")


def prepare(archive: Archive, folder: Path) -> Prepared:
    """Write the package into the folder; UnreadableError if a part is damaged."""
    main = _main(archive)
    home = posixpath.dirname(main) + "/"
    aside = tuple(home + one for one in _ASIDE)
    names = [one for one in archive.names if one.startswith(home) and not one.startswith(aside)]
    names = [one for one in ("[Content_Types].xml", "_rels/.rels", *names) if one in archive]
    parts = {one: tree(archive, one) for one in names if one.endswith((".xml", ".rels"))}
    document = parts[main] if main in parts else tree(archive, main)
    changed = next(document.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None
    numbering, styles = (parts.get(home + one) for one in ("numbering.xml", "styles.xml"))
    looks = docx_text.Styles(styles)
    docx_text.prepare(document, Numbers(numbering, styles), looks)
    for notes in (parts.get(home + one) for one in _NOTES):
        if notes is not None:
            docx_text.prepare_notes(notes, looks)
    file = folder / "document.docx"
    write(file, {one: in_utf8(root) for one, root in {**parts, main: document}.items()})
    # Style names identify titles, captions and tables of contents.
    return Prepared(file, "docx+styles", metadata.of_docx(archive), changed=changed)


def _main(archive: Archive) -> str:
    """Return the path of the main document part."""
    if "_rels/.rels" in archive:
        for one in tree(archive, "_rels/.rels").iter(_RELATION):
            if one.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(one.get("Target", "").lstrip("/"))
                return target if target in archive else _MAIN
    return _MAIN
