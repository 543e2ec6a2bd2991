"""CSL items -> citations in Chicago, APA and MLA style, formatted by pandoc's citeproc."""

from collections.abc import Mapping, Sequence

from kb.citations.adapt import adapted
from kb.citations.cited import PLACE, citation, metadata
from kb.citations.item import Item
from kb.citations.pandoc import Node, cite
from kb.citations.rich import segments
from kb.domain.citations import STYLES, Formatted, Segment, Style

__all__ = ["STYLES", "Formatted", "Segment", "Style", "formatted"]

# Chicago 18 (full note), APA 7 and MLA 9 by their ids in the CSL repository.
CSL_STYLES: dict[Style, str] = {
    "chicago": "chicago-notes-bibliography",
    "apa": "apa",
    "mla": "modern-language-association",
}

Segments = tuple[Segment, ...]


def formatted(items: Sequence[Item], style: Style) -> list[Formatted]:
    """A citation for each item, in order, in one run of pandoc however many there are.

    A place in the source is shown in a Chicago note alone: the two others list whole works.
    Each citation stands alone: its words depend on no other item, nor on its own id.
    """
    adjusted = [adapted(item, style) for item in items]
    keys = [repr(item | {"id": ""}) for item in adjusted]
    distinct = dict(zip(keys, adjusted, strict=True))
    works = {str(number): item for number, item in enumerate(distinct.values())}
    if not works:
        return []
    found = _notes(works, style) if style == "chicago" else _entries(works, style)
    by_key = {key: found[number] for key, number in zip(distinct, works, strict=True)}
    return [Formatted(style=style, segments=by_key[key]) for key in keys]


def _notes(works: Mapping[str, Item], style: Style) -> dict[str, Segments]:
    """A full note a work."""
    meta = metadata(works) | {"suppress-bibliography": {"t": "MetaBool", "c": True}}
    blocks = [
        {"t": "Para", "c": [citation(key, placed="locator" in item)]} for key, item in works.items()
    ]
    cited = cite(meta, blocks, CSL_STYLES[style])
    return {
        key: _placed(segments(_note(block)), item.get("locator", ""))
        for (key, item), block in zip(works.items(), cited, strict=True)
    }


def _note(block: Node) -> list[Node]:
    """The inlines of the note that a citation became."""
    _, became = block["c"][0]["c"]
    note = next(inline for inline in became if inline["t"] == "Note")
    inlines: list[Node] = note["c"][0]["c"]
    return inlines


def _placed(pieces: Segments, place: str) -> Segments:
    """The pieces with the place in the source put where it belongs."""
    place = place.removeprefix("p. ")  # Chicago writes no "p." before a lone page number
    place = f"under {place}" if place.startswith("“") else place  # its word before a heading
    place = place.replace("”,", ",”")  # and its commas and full stops stand within the marks
    found = []
    for piece in pieces:
        before, mark, after = piece.text.partition(PLACE)
        if mark and place.endswith("”") and after[:1] in (",", "."):
            text = f"{before}{place[:-1]}{after[:1]}”{after[1:]}"
        else:
            text = f"{before}{place if mark else ''}{after}"
        found.append(piece.model_copy(update={"text": text}))
    return tuple(found)


def _entries(works: Mapping[str, Item], style: Style) -> dict[str, Segments]:
    """An entry of a list of works for each; citeproc sorts the list, and ids lead back."""
    everything = {"nocite": {"t": "MetaInlines", "c": [citation("*")]}}
    (listed,) = cite(metadata(works) | everything, [], CSL_STYLES[style])
    _, entries = listed["c"]
    return {
        entry["c"][0][0].removeprefix("ref-"): segments(entry["c"][1][0]["c"]) for entry in entries
    }
