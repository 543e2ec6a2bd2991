"""Strategies of extractions: any blocks that an importer may give."""

from hypothesis import strategies as st

from indexer.importers.base import Block, Extracted, Mark
from indexer.importers.shared.clean import one_line

WORDS = st.one_of(
    st.sampled_from(
        ["We demand homes.", "Fund buses!", "Why not?", "U.S. cities pay.", "No. 12", "año", "שלום",
         "e.g. this", "*stars*", "# mark", "- dash", "1. One", "<b>bold</b>", "|", "🏠", "…"]
    ),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join).map(one_line).filter(bool)
KINDS = st.sampled_from(
    ["heading", "paragraph", "paragraph", "item", "row", "note", "contents", "references"]
)


@st.composite
def extractions(draw: st.DrawFn) -> Extracted:
    """Draw the blocks of a file with pages, with times, with rows or with none of these."""
    way = draw(st.sampled_from(["pages", "times", "rows", "plain"]))
    page, second, blocks = 1, 0, []
    for number in range(draw(st.integers(1, 12))):
        kind, text = draw(KINDS), draw(TEXTS)
        marks: list[Mark] = []
        if way == "pages":
            page += draw(st.integers(0, 1))
            marks = [Mark(page=page)]
            if kind == "paragraph" and len(text) > 1 and draw(st.booleans()):
                page += 1
                marks.append(Mark(start=draw(st.integers(1, len(text) - 1)), page=page))
        elif way == "times" and kind == "paragraph":
            second += draw(st.integers(0, 5))
            marks = [Mark(timestamp=f"00:00:{second:02d}.000")]
        blocks.append(
            Block(
                kind=kind,
                text=text,
                level=draw(st.integers(1, 3)) if kind == "heading" else 0,
                marks=tuple(marks),
                speaker=draw(st.sampled_from([None, "Ana", "Bo"])) if way == "times" else None,
                item=f"row-{number // 2}" if way == "rows" else None,
            )
        )
    labels = tuple(draw(st.lists(st.sampled_from([None, "iv", "12"]), max_size=page)))
    return Extracted(format="pdf", pages=page, labels=labels, blocks=tuple(blocks))
