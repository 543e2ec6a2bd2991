"""XML of a stranger -> a tree: no entity is expanded, nothing is fetched, depth is bounded."""

import re
from xml.parsers import expat

from lxml import etree

from indexer.importers.shared.zip_archive import Archive

# A root element ends the prolog, the only place where entities are declared.
_ENCODED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")


class _DeclaredError(Exception):
    """An entity is declared."""


class _PrologEndError(Exception):
    """The root element begins: all declarations have been seen."""


def declares_entities(content: bytes) -> bool:
    """Whether a DOCTYPE of this XML declares an entity, its own or from elsewhere."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _declared
    parser.StartElementHandler = _root
    try:
        parser.Parse(content, True)
    except _DeclaredError:
        return True
    except _PrologEndError:
        return False
    except (expat.ExpatError, LookupError, ValueError):
        # Damaged, or in an encoding that nobody knows: told by who reads it, if it hides nothing.
        return b"<!ENTITY" in content[: 64 * 1024]
    return False


def _declared(*_: object) -> None:
    raise _DeclaredError


def _root(*_: object) -> None:
    raise _PrologEndError


def vetted(archive: Archive, part: str) -> bytes:
    """A part that holds XML; UnreadableError where it declares entities."""
    content = archive.read(part)
    if declares_entities(content):
        expected = "a document without them: they can grow without end or read other files"
        raise archive.wrong(part, "declares XML entities", expected)
    return content


def tree(archive: Archive, part: str, recover: bool = False) -> etree._Element:
    """The root of a part; UnreadableError with its line where it is not well-formed.

    With `recover`, what can be read of a part that is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        collect_ids=False,
        recover=recover,
    )
    try:
        root = etree.fromstring(vetted(archive, part), parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:  # no such encoding
        said = str(getattr(error, "msg", error))
        if "XML_PARSE_HUGE" in said or "huge" in said.lower():
            wrong = "nested too deeply, or a single text of more than 10 MB"
            raise archive.wrong(part, wrong, "a document as people write it") from error
        wrong = f"damaged in line {getattr(error, 'lineno', None) or 1} ({said})"
        raise archive.wrong(part, wrong, "well-formed XML; open and save the document") from error
    return etree.Element("nothing") if root is None else root


def in_utf8(root: etree._Element) -> bytes:
    """The XML of a tree, as pandoc reads it: in UTF-8."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def is_utf8(content: bytes) -> bool:
    """Whether XML is in UTF-8 and says nothing else."""
    said = _ENCODED.match(content)
    if said and said[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        return False
    return not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in content[:100]
