"""Reduce an OpenDocument text to a package of its text, prepared for pandoc."""

from pathlib import Path

from indexer.importers.office import metadata, odt_text
from indexer.importers.office.package import Prepared
from indexer.importers.office.safe_xml import in_utf8, tree
from indexer.importers.shared.zip_archive import Archive, write

_CONTENT, _STYLES, _LIST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_LOCK = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"


def prepare(archive: Archive, folder: Path) -> Prepared:
    """Write the package into the folder; UnreadableError if it is damaged or encrypted."""
    if _LIST in archive and any(True for _ in tree(archive, _LIST).iter(_LOCK)):
        raise archive.wrong(_LIST, "encrypted", "a document that is saved without a password")
    content, styles = tree(archive, _CONTENT), tree(archive, _STYLES)
    looks = odt_text.Styles(content, styles)
    changed = next(content.iter(f"{odt_text.TEXT}changed-region"), None) is not None
    odt_text.prepare(content, looks)
    title = odt_text.title(content, looks)
    formulas = [one for one in archive.names if one.endswith("/content.xml")]
    parts = {one: in_utf8(tree(archive, one)) for one in formulas}
    file = folder / "document.odt"
    write(file, parts | {_CONTENT: in_utf8(content), _STYLES: in_utf8(styles)})
    return Prepared(file, "odt", metadata.of_odt(archive), title, changed=changed)
