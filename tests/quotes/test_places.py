"""Where a quotation stands: on which page, in which of several places, under whose name."""

import pytest

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.store import ShelfStore
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.quotes.check import check
from kb.quotes.nouns import Checked, Quotation
from kb.quotes.originals import Originals
from tests.builders import known_citations, make_corpus, make_document, make_index, silent
from tests.fakes import HashEncoder
from tests.imports.places import bring_in, place

TWICE = """# The second report of the harbor

The harbor will stay open to small boats, except in winter when the ice is thick.

The council repeated it in May. The harbor will stay open to small boats.
"""
OTHER = """# Notes of a Visitor

The harbor will stay open to small boats. The visitor wrote it down on a napkin in the cafe.
"""


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Originals:
    """Return two imports; an author of one has a name that is part of many words."""
    folder = tmp_path_factory.mktemp("places")
    corpus, at = make_corpus(folder, [make_document()]), place(folder)
    for name, text, author in (("report.md", TWICE, "Ho"), ("visitor.md", OTHER, "King")):
        (folder / name).write_text(text, "utf-8")
        metadata = {"source": {"author": [{"family": author, "given": "A."}]}}
        bring_in(at, folder / name, metadata=metadata)
    cache, spaces = folder / "index" / CACHE, vector_spaces(HashEncoder())
    with known_citations(folder / "index"):
        make_index(folder / "index", corpus, HashEncoder())
        build_shelves(
            folder / "index", BuildInputs(corpus, cache, spaces, ShelfStore(at.shelves)), silent
        )
    return Originals(open_engine(folder / "index").searched().reader(), at.shelves)


def judged(text: str, around: str, originals: Originals) -> Checked:
    """Return the verdict on a quotation in a sentence."""
    context = around.format(f"“{text}”")
    quotation = Quotation(
        text=text, place="paragraph 1", block=0, start=0, end=len(text), context=context
    )
    return check([quotation], originals).quotations[0]


def test_the_place_without_a_fault_counts(originals: Originals) -> None:
    """Words that stand twice, once before an exception and once alone, are exact."""
    found = judged(
        "The harbor will stay open to small boats", "The second report of the harbor: {}", originals
    )

    assert found.verdict == "exact"
    assert found.found
    assert TWICE.index("in May") < found.found.start


def test_the_source_that_the_draft_names_comes_first(originals: Originals) -> None:
    """Words that stand in two sources are looked for in the one that is named."""
    for title, part in (
        ("Notes of a Visitor", "visitor"),
        ("second report of the harbor", "report"),
    ):
        found = judged("will stay open to small boats", f"{{}} ({title})", originals)
        assert found.found
        assert part in found.found.document_id


def test_a_name_inside_a_word_is_no_name(originals: Originals) -> None:
    """An author called Ho or King is not named by whoever writes who, asking or Hong Kong."""
    found = judged(
        "The visitor wrote it down on a napkin", "Whoever is asking in Hong Kong: {}", originals
    )

    assert (found.verdict, found.is_attributed) == ("exact", False)
    assert judged("The visitor wrote it down", "A. King says {}", originals).is_attributed


def test_pages_are_compared_only_where_they_are_printed(originals: Originals) -> None:
    """A text without printed pages cannot be on another page than the draft says."""
    assert judged("wrote it down on a napkin", "{} (p. 77)", originals).verdict == "exact"
