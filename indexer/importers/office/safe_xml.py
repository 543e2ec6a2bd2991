"""Parse untrusted XML without expanding entities or fetching files, up to a maximum depth."""

from lxml import etree

from indexer.importers.shared.zip_archive import Archive


def tree(archive: Archive, part: str, recover: bool = False) -> etree._Element:
    """Parse a part of an archive. Raise UnreadableError if it is damaged or declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        collect_ids=False,
        recover=recover,
    )
    content = archive.read(part)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:  # an unknown encoding
        said = str(getattr(error, "msg", error))
        if "XML_PARSE_HUGE" in said or "huge" in said.lower():
            wrong = "nested too deeply, or a single text of more than 10 MB"
            raise archive.wrong(part, wrong, "an ordinary document") from error
        if "amplification" in said or b"<!ENTITY" in content:
            raise archive.wrong(part, *ENTITIES) from error
        wrong = f"damaged in line {getattr(error, 'lineno', None) or 1} ({said})"
        expected = "well-formed XML. Next: open and save the document"
        raise archive.wrong(part, wrong, expected) from error
    if root is None:
        return etree.Element("nothing")
    refuse_entities(root, archive, part)
    return root


# What is wrong, and what was expected.
ENTITIES = (
    "declares XML entities",
    "a document without them, because they can expand without limit or read other files",
)
TOO_DEEP = ("lists, quotes or tables nested too deeply", "a few dozen levels at most")


def refuse_entities(root: etree._Element, archive: Archive, part: str) -> None:
    """Raise UnreadableError if the document type declaration declares an entity."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise archive.wrong(part, *ENTITIES)


def in_utf8(root: etree._Element) -> bytes:
    """Serialize a tree as UTF-8 XML for pandoc."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
