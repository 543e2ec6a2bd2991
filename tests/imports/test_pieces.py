"""Properties of the extracted text and of the pieces that it is split into."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Block, Extracted, Mark
from indexer.imports.compose import ComposedText, PlacedBlock, compose
from indexer.imports.split import UNSEARCHED, split_text
from kb.encoders.tokens import token_counter
from kb.text.sentences import sentences
from tests.imports.strategies import extractions

COUNT = token_counter(None)


def block_at(composed: ComposedText, at: int) -> PlacedBlock:
    """Return the block that contains the character at this position."""
    return next(one for one in composed.blocks if one.start <= at < one.end)


def page_of(placed: PlacedBlock, at: int) -> int | None:
    """Return the page of a character from the marks of its block, or None."""
    passed = [mark.page for mark in placed.block.marks if placed.start + mark.start <= at]
    return passed[-1] if passed else None


@given(extractions())
def test_the_text_of_every_block_is_at_its_place(extracted: Extracted) -> None:
    """Each block is placed once, its place has exactly its text, and places do not overlap."""
    composed = compose(extracted)

    assert sorted(one.number for one in composed.blocks) == list(range(len(extracted.blocks)))
    assert all(composed.text[one.start : one.end] == one.block.text for one in composed.blocks)
    edges = [edge for one in composed.blocks for edge in (one.start, one.end)]
    assert edges == sorted(edges)


@given(extractions())
def test_notes_come_after_the_text(extracted: Extracted) -> None:
    """All notes come after all other blocks."""
    kinds = [one.block.kind == "note" for one in compose(extracted).blocks]

    assert kinds == sorted(kinds)


@given(extractions(), st.integers(4, 40))
def test_pieces_cover_every_searched_word(extracted: Extracted, most: int) -> None:
    """Pieces do not overlap, cover every word of searched blocks, and no word of the others."""
    composed = compose(extracted)
    held: set[int] = set()
    for piece in split_text(composed, extracted.labels, "en", COUNT, most):
        span = set(range(piece.start, piece.end))
        assert not span & held
        held |= span

    read = {
        at
        for one in composed.blocks
        if one.block.kind not in UNSEARCHED | {"heading"}
        for at in range(one.start, one.end)
        if not composed.text[at].isspace()
    }
    unread = {
        at
        for one in composed.blocks
        if one.block.kind in UNSEARCHED
        for at in range(one.start, one.end)
    }
    assert read <= held
    assert not unread & held


@given(extractions(), st.integers(4, 40))
def test_a_piece_is_short_enough_and_of_one_section(extracted: Extracted, most: int) -> None:
    """A piece is within the token limit and has one section, one speaker and one row."""
    composed = compose(extracted)
    for piece in split_text(composed, extracted.labels, "en", COUNT, most):
        inside = [one for one in composed.blocks if one.end > piece.start and one.start < piece.end]

        tokens = sum(
            COUNT(composed.text[max(one.start, piece.start) : min(one.end, piece.end)])
            for one in inside
        )
        assert tokens <= most
        assert {one.section for one in inside} == {piece.locator.section}
        assert {one.block.speaker for one in inside} == {piece.locator.speaker}
        assert {one.block.item for one in inside} == {piece.locator.row}
        assert len({one.block.kind == "note" for one in inside}) == 1


@given(extractions(), st.integers(4, 40))
def test_a_piece_names_its_first_and_last_page(extracted: Extracted, most: int) -> None:
    """The pages of a locator are those of the first and last character; labels come all or none."""
    composed = compose(extracted)
    labels = dict(enumerate(extracted.labels, start=1))
    for piece in split_text(composed, extracted.labels, "en", COUNT, most):
        first = page_of(block_at(composed, piece.start), piece.start)
        last = page_of(block_at(composed, piece.end - 1), piece.end - 1)
        found = piece.locator

        assert found.sheet == first
        assert found.last_sheet == (last if last != first else None)
        named = [labels.get(page) for page in dict.fromkeys((first, last)) if page]
        wanted = "–".join(map(str, named)) if named and all(named) else None
        assert found.page == wanted


@given(extractions(), st.integers(12, 60))
def test_pieces_end_where_sentences_end(extracted: Extracted, most: int) -> None:
    """A piece begins and ends at a sentence boundary, unless a sentence is over the limit."""
    composed = compose(extracted)
    begins: set[int] = set()
    ends: set[int] = set()
    for one in composed.blocks:
        for start, end in sentences(one.block.text, "en"):
            begins.add(one.start + start)
            ends.add(one.start + end)
            if COUNT(one.block.text[start:end]) > most:  # cut inside
                begins |= set(range(one.start + start, one.start + end))
                ends |= set(range(one.start + start, one.start + end + 1))
    for piece in split_text(composed, extracted.labels, "en", COUNT, most):
        assert piece.start in begins
        assert piece.end in ends


@given(extractions())
def test_names_of_pieces_are_made_of_their_words(extracted: Extracted) -> None:
    """The names of pieces are unique, and the same words on other pages have the same names."""
    composed = compose(extracted)
    found = split_text(composed, extracted.labels, "en", COUNT, 30)
    blocks = tuple(
        block.model_copy(update={"marks": tuple(map(_ten_pages_later, block.marks))})
        for block in extracted.blocks
    )
    moved = compose(extracted.model_copy(update={"blocks": blocks}))
    again = split_text(moved, (*[None] * 10, *extracted.labels), "en", COUNT, 30)

    assert len({piece.slug for piece in found}) == len(found)
    assert [one.slug for one in again] == [one.slug for one in found]


def _ten_pages_later(mark: Mark) -> Mark:
    return mark.model_copy(update={"page": mark.page + 10}) if mark.page else mark


def test_a_sentence_over_a_page_break_says_both_pages() -> None:
    """A sentence across a page break has both pages; the sentences around it have their own."""
    text = "All is calm. This one runs over the page. And this is on the next."
    marks = (Mark(page=4), Mark(start=text.index("over"), page=5))
    extracted = Extracted(
        format="pdf",
        pages=5,
        labels=(None, None, None, "ii", "iii"),
        blocks=(Block(kind="paragraph", text=text, marks=marks),),
    )

    composed = compose(extracted)
    found = split_text(composed, extracted.labels, "en", COUNT, 256)

    assert [composed.text[one.start : one.end] for one in found] == [
        "All is calm.",
        "This one runs over the page.",
        "And this is on the next.",
    ]
    assert [one.locator.words for one in found] == ["p. ii", "pp. ii–iii", "p. iii"]
    assert [(one.locator.sheet, one.locator.last_sheet) for one in found] == [
        (4, None), (4, 5), (5, None),
    ]  # fmt: skip


def test_a_heading_without_text_is_a_piece() -> None:
    """A heading without text below it is a piece; a heading above text is not."""
    blocks = (
        Block(kind="heading", level=1, text="What we want"),
        Block(kind="heading", level=2, text="End cash bail"),
        Block(kind="heading", level=2, text="Fund homes"),
        Block(kind="paragraph", text="With ten million dollars."),
    )

    composed = compose(Extracted(format="docx", blocks=blocks))
    found = split_text(composed, (), "en", COUNT, 256)

    assert [composed.text[one.start : one.end] for one in found] == [
        "End cash bail",
        "With ten million dollars.",
    ]
    assert found[1].locator.section == ("What we want", "Fund homes")


def test_the_text_reads_as_markdown() -> None:
    """Headings, lists, pages and speakers are written as Markdown."""
    blocks = (
        Block(kind="heading", level=2, text="Demands", marks=(Mark(page=3),)),
        Block(kind="item", text="1. Homes", marks=(Mark(page=3),)),
        Block(kind="item", text="Buses", marks=(Mark(page=3),)),
        Block(kind="note", text="1 See the budget.", marks=(Mark(page=3),)),
        Block(kind="paragraph", text="The end.", speaker="Ana", marks=(Mark(page=4),)),
    )

    text = compose(Extracted(format="pdf", labels=(None, None, "vii"), blocks=blocks)).text

    assert text == (
        "<!-- page 3, printed vii -->\n\n## Demands\n\n1. Homes\n- Buses\n\n"
        "<!-- page 4 -->\n\n**Ana:** The end.\n\n"
        "<!-- page 3, printed vii -->\n\n1 See the budget.\n"
    )
