"""Write verdicts on quotations as comments into a copy of a Word file (ECMA-376).

Only the document part, the comments part and its declarations are changed; every other part of the
package keeps its bytes. The same draft, verdicts and date give the same file.
"""

import copy
import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

from lxml import etree

from kb.quotes.drafts import DocxBlock, W, docx_blocks, docx_pieces, read_part
from kb.quotes.nouns import Checked

AUTHOR, INITIALS = "Precedent", "P"
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can state


def commented(
    content: bytes, checked: Sequence[Checked], words: Callable[[Checked], str], date: str = ""
) -> bytes:
    """Return a copy of a Word file with comments on its quotations.

    `words` returns the text of a comment, or "" for none. `date` is an ISO 8601 date and time; if
    it is empty, the comments are undated.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {one.filename for one in package.infolist()}
        part = cache(lambda name: read_part(package, name, "draft"))
        blocks = list(docx_blocks(part, names))
        comments = _comments(part(COMMENTS) if COMMENTS in names else None)
        first = 1 + max((int(one.get(f"{W}id", "0")) for one in comments), default=-1)
        said = [(one, text) for one in checked if (text := words(one))]
        for id, (_, text) in enumerate(said, start=first):
            comments.append(_comment(id, text, date))
        for id, (one, _) in reversed(list(enumerate(said, start=first))):
            # From the end, so that splitting a run does not affect earlier quotations.
            _mark(blocks[one.quotation.block], one, id)
        changed = {DOCUMENT: part(DOCUMENT), COMMENTS: comments}
        if COMMENTS not in names:
            changed |= {TYPES: _declared(part(TYPES)), RELATIONS: _related(part, names)}
        return _packed(package, {name: _serialized(root) for name, root in changed.items()})


def _comments(root: etree._Element | None) -> etree._Element:
    return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]}) if root is None else root


def _comment(id: int, text: str, date: str) -> etree._Element:
    made = etree.Element(f"{W}comment", {f"{W}id": str(id), f"{W}author": AUTHOR})
    made.set(f"{W}initials", INITIALS)
    if date:
        made.set(f"{W}date", date)
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(made, f"{W}p"), f"{W}r")
        words = etree.SubElement(run, f"{W}t")
        words.text = "".join(one for one in line if one.isprintable())
        words.set(_SPACE, "preserve")
    return made


def _mark(block: DocxBlock, one: Checked, id: int) -> None:
    """Add a comment range around the quoted characters or, for a note, its reference mark."""
    if block.paragraph is None:
        if block.mark is not None:
            _enclose([block.mark], id)
        return
    runs, at = [], 0
    for element, text in list(docx_pieces(block.paragraph)):
        start, end = at, at + len(text)
        at = end
        first, last = max(start, one.quotation.start), min(end, one.quotation.end)
        if first < last:
            runs.append(_cut(element, first - start, last - start))
    if runs:
        _enclose(runs, id)


def _cut(element: etree._Element, first: int, last: int) -> etree._Element:
    """Split an element's run so that one run has only its characters [first, last); return it."""
    _split_before(element, element)
    if element.tag == f"{W}t" and last < len(element.text or ""):
        _split_text(element, last)
    else:
        following = element.getnext()
        if following is not None:
            _split_before(element, following)
    if element.tag == f"{W}t" and first:
        element = _split_text(element, first)
    run: etree._Element = element.getparent()
    return run


def _split_text(element: etree._Element, at: int) -> etree._Element:
    """Split a text element and its run at a position, and return the second text element."""
    text = element.text or ""
    rest = etree.Element(f"{W}t")
    element.text, rest.text = text[:at], text[at:]
    for one in (element, rest):
        one.set(_SPACE, "preserve")
    element.addnext(rest)
    _split_before(element, rest)
    return rest


def _split_before(element: etree._Element, child: etree._Element) -> None:
    """Move a child of the element's run, and all after it, to a new run with the same properties.

    Nothing is moved if the child is the first one after the properties.
    """
    run = element.getparent() if child.getparent() is None else child.getparent()
    before = [one for one in run[: run.index(child)] if one.tag != f"{W}rPr"]
    if not before:
        return
    fresh = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        fresh.append(copy.deepcopy(properties))
    for one in run[run.index(child) :]:
        fresh.append(one)
    fresh.tail, run.tail = run.tail, None
    run.addnext(fresh)


def _enclose(runs: Sequence[etree._Element], id: int) -> None:
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(id)})
    end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": str(id)})
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(id)})
    runs[0].addprevious(start)
    runs[-1].addnext(reference)
    runs[-1].addnext(end)


def _declared(types: etree._Element) -> etree._Element:
    """Add the content type of the comments part, and return the content types."""
    override = {"PartName": f"/{COMMENTS}", "ContentType": _TYPE}
    etree.SubElement(types, f"{_TYPES_NS}Override", override)
    return types


def _related(part: Callable[[str], etree._Element], names: set[str]) -> etree._Element:
    """Add the relationship to the comments part, and return the document's relationships."""
    if RELATIONS in names:
        relations = part(RELATIONS)
    else:
        names_of = {None: _RELATIONS_NS[1:-1]}
        relations = etree.Element(f"{_RELATIONS_NS}Relationships", nsmap=names_of)
    taken = {one.get("Id") for one in relations}
    id = next(name for n in range(1, len(taken) + 2) if (name := f"rIdPrecedent{n}") not in taken)
    relation = {"Id": id, "Type": _RELATION, "Target": "comments.xml"}
    etree.SubElement(relations, f"{_RELATIONS_NS}Relationship", relation)
    return relations


def _serialized(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _packed(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """Return the package with the `changed` parts replaced or added, and all others unchanged."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for one in package.infolist():
            info = zipfile.ZipInfo(one.filename, one.date_time)
            info.compress_type, info.external_attr = one.compress_type, one.external_attr
            content = changed.pop(one.filename) if one.filename in changed else package.read(one)
            made.writestr(info, content)
        for name in sorted(changed):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, changed[name])
    return written.getvalue()
