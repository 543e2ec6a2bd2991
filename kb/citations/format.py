"""Format CSL items in a citation style with pandoc's citeproc."""

from collections.abc import Mapping, Sequence

from kb.citations.cited import ENGLISH_TAG, PLACE, citation, metadata
from kb.citations.item import Item
from kb.citations.pandoc import Node, cite
from kb.citations.rich import segments
from kb.citations.styles import Style
from kb.domain.citations import Formatted, Segment

Segments = tuple[Segment, ...]


def formatted(items: Sequence[Item], style: Style, language: str = ENGLISH_TAG) -> list[Formatted]:
    """Return a citation for each item, in order; all are formatted in one run of pandoc.

    Notes contain the locator; bibliography entries do not. A citation depends neither on the other
    items nor on the item's id.
    """
    adjusted = [style.adapt(dict(item)) for item in items]
    keys = [repr(item | {"id": ""}) for item in adjusted]
    distinct = dict(zip(keys, adjusted, strict=True))
    works = {str(number): item for number, item in enumerate(distinct.values())}
    if not works:
        return []
    found = _notes(works, style, language) if style.in_notes else _entries(works, style, language)
    by_key = {key: found[number] for key, number in zip(distinct, works, strict=True)}
    return [Formatted(style=style.id, segments=by_key[key]) for key in keys]


def _notes(works: Mapping[str, Item], style: Style, language: str) -> dict[str, Segments]:
    """Return the full footnote for each work, by key."""
    meta = metadata(works, language) | {"suppress-bibliography": {"t": "MetaBool", "c": True}}
    blocks = [
        {"t": "Para", "c": [citation(key, placed="locator" in item)]} for key, item in works.items()
    ]
    cited = cite(meta, blocks, style.csl)
    return {
        key: _with_locator(segments(_note(block)), item.get("locator", ""))
        for (key, item), block in zip(works.items(), cited, strict=True)
    }


def _note(block: Node) -> list[Node]:
    """Return the pandoc inlines of the footnote that citeproc created for a citation."""
    _, became = block["c"][0]["c"]
    note = next(inline for inline in became if inline["t"] == "Note")
    inlines: list[Node] = note["c"][0]["c"]
    return inlines


def _with_locator(pieces: Segments, place: str) -> Segments:
    """Replace the placeholder in citeproc's output with the locator."""
    place = place.removeprefix("p. ")  # a note has no "p." before a single page number
    place = f"under {place}" if place.startswith("“") else place  # a heading follows "under"
    place = place.replace("”,", ",”")  # commas go inside the marks
    found = []
    for piece in pieces:
        before, mark, after = piece.text.partition(PLACE)
        if mark and place.endswith("”") and after[:1] in (",", "."):
            text = f"{before}{place[:-1]}{after[:1]}”{after[1:]}"
        else:
            text = f"{before}{place if mark else ''}{after}"
        found.append(piece.model_copy(update={"text": text}))
    return tuple(found)


def _entries(works: Mapping[str, Item], style: Style, language: str) -> dict[str, Segments]:
    """Return a bibliography entry for each work, by key; citeproc sorts them in its own order."""
    everything = {"nocite": {"t": "MetaInlines", "c": [citation("*")]}}
    (listed,) = cite(metadata(works, language) | everything, [], style.csl)
    _, entries = listed["c"]
    return {
        entry["c"][0][0].removeprefix("ref-"): segments(entry["c"][1][0]["c"]) for entry in entries
    }


def joined(several: Sequence[Formatted]) -> Formatted:
    """Join the citations of several works in one style into one, separated by semicolons."""
    segments: list[Segment] = []
    for one in several:
        segments += [Segment(text="; ")] if segments else []
        segments += one.segments
    return several[0].model_copy(update={"segments": tuple(segments)})
