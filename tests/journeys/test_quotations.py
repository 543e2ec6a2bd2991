"""A quotation from an imported PDF finds its passage first, among corpus and imports."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from pypdf import PdfReader

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.store import ShelfStore, read_pieces, read_version_text
from kb.domain.queries import Query
from kb.domain.results import Hit
from kb.encoders.base import TextEncoder
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from kb.shelves.layout import read_origin
from kb.text.sentences import sentences
from tests.api.builders import make_small_corpus
from tests.builders import silent
from tests.imports.files import pdf
from tests.imports.places import bring_in, place

WHO = ("tenants", "riders", "teachers", "nurses")
WHAT = ("asked the council for", "told the mayor about", "wrote to the board for")
WHICH = ("longer library hours", "cooler classrooms", "a safer crossing", "night buses")
SENTENCES = [
    f"On the {number}th evening {who} of the district {what} {which}."
    for number, (who, what, which) in enumerate(product(WHO, WHAT, WHICH), start=4)
]
PER_PAGE = 6
# As people type: straight marks, plain dashes, small letters.
TYPED = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-"})


Searched = Callable[[Path, Path], Searcher]


@pytest.fixture(scope="module")
def searcher_of(corpus: Path, encoder: TextEncoder, known_vectors: Path | None) -> Searched:
    """Return `searcher_of(home, papers)`: over some of the corpus and everything in a folder."""

    def searcher_of(home: Path, papers: Path) -> Searcher:
        at = place(home)
        small = make_small_corpus(home / "small", corpus)
        bring_in(at, papers)
        spaces = vector_spaces(encoder)
        inputs = BuildInputs(small, home / CACHE, spaces, ShelfStore(at.shelves))
        if known_vectors:
            shutil.copytree(known_vectors, inputs.cache.parent)
        (home / "index").mkdir()
        build_shelves(home / "index", inputs, silent)
        return Searcher(open_engine(home / "index").searched().reader(), spaces)

    return searcher_of


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, searcher_of: Searched) -> Searcher:
    """Return a searcher over a PDF of sentences that are much alike, six on a page."""
    home = tmp_path_factory.mktemp("ours")
    (home / "papers").mkdir()
    pages = [SENTENCES[at : at + PER_PAGE] for at in range(0, len(SENTENCES), PER_PAGE)]
    pdf(home / "papers" / "evenings.pdf", pages, "Forty-eight evenings")
    return searcher_of(home, home / "papers")


def asked(sentence: str) -> Iterator[str]:
    """Yield a quotation as people type it: whole, in lower case, in part, and in quotes."""
    typed = sentence.translate(TYPED).replace('"', "").replace("\n", " ")
    yield typed
    yield typed.lower().rstrip(".")
    yield " ".join(typed.split()[1:11])
    yield f'"{typed}"'


def first(searcher: Searcher, question: str) -> Hit:
    """Return the first hit."""
    return searcher.search(Query(text=question[:3900], k=1)).hits[0]


@pytest.mark.parametrize("sentence", SENTENCES[::5])
def test_a_quotation_finds_its_page(ours: Searcher, sentence: str) -> None:
    """Each way of typing finds the passage with the sentence, with its page."""
    page = SENTENCES.index(sentence) // PER_PAGE + 1
    for question in asked(sentence):
        hit = first(ours, question)

        assert sentence in hit.text, question
        assert hit.locator is not None
        assert hit.locator.sheet == page


def test_real_reports_are_quoted_by_page(
    shared_documents: Path, searcher_of: Searched, tmp_path: Path
) -> None:
    """Sentences of real PDFs are found first, on the page where pypdf finds them."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for path in shared_documents.glob("*.pdf"):
        (papers / path.name).write_bytes(path.read_bytes())
    searcher = searcher_of(tmp_path, papers)
    tried, wrong = 0, []
    for stored in ShelfStore(tmp_path / "shelves").documents():
        text, name = read_version_text(stored.latest), read_origin(stored.latest).name
        pages = [_bare(one.extract_text()) for one in PdfReader(papers / name).pages]
        for sentence in _sample(text, stored.latest):
            tried += 1
            hit = first(searcher, next(asked(sentence)))
            there = hit.locator and hit.locator.sheet and pages[hit.locator.sheet - 1]
            if sentence not in hit.text or _bare(sentence)[:40] not in (there or ""):
                wrong.append((name, sentence, hit.id))

    assert tried > 50
    assert wrong == []


def _sample(text: str, version: Path) -> list[str]:
    """Return up to thirty sentences of prose that occur once in a document."""
    found = [
        text[piece.start + start : piece.start + end]
        for piece in read_pieces(version)
        for start, end in sentences(text[piece.start : piece.end].replace("\n", " "), "en")
    ]
    prose = [one for one in found if re.fullmatch(r"[A-Z][^\n|]{60,300}[.]", one)]
    once = [one for one in prose if text.count(one) == 1]
    return random.Random(7).sample(once, min(30, len(once)))


def _bare(text: str) -> str:
    """Return letters and digits alone, as PDF libraries differ in everything else."""
    return "".join(char for char in text.lower() if char.isalnum())
