"""The language of a question decides which encoder encodes it."""

from pathlib import Path

import pytest

from kb.domain.queries import Query
from kb.encoders.vector_spaces import MULTILINGUAL, vector_spaces
from kb.errors import IndexMismatchError
from kb.index.contract import Contents, Identity, OpenReader
from kb.index.engine import open_engine
from kb.index.local.generations import LocalWriter
from kb.search.searcher import Searcher
from kb.settings import BUNDLED
from tests.builders import make_unit
from tests.fakes import HashEncoder

UNITS = [
    make_unit(0, "Cancel the rent of every tenant"),
    make_unit(1, "Cancelar la renta de todas las familias", language="es"),
    make_unit(2, "Free buses for all"),
]
ENGLISH, SPANISH = "who cancels the rent of tenants", "¿quién cancela la renta de las familias?"


@pytest.fixture
def main() -> HashEncoder:
    """Return an encoder with the name of the bundled model, which reads only English."""
    return HashEncoder(BUNDLED)


@pytest.fixture
def second() -> HashEncoder:
    """Return an encoder that stands for the multilingual one."""
    return HashEncoder("many tongues")


def generation(root: Path, main: HashEncoder, second: HashEncoder | None) -> OpenReader:
    """Return a reader over the passages with one or two sets of vectors.

    The lists of encoded texts are cleared afterwards.
    """
    texts = [unit.embedded for unit in UNITS]
    spaces = vector_spaces(main, second)
    writer = LocalWriter(root)
    identity = Identity("three", {space.name: space.encoder.identity for space in spaces})
    vectors = {space.name: space.encoder.encode(texts) for space in spaces}
    writer.stage(identity, Contents((), UNITS, vectors))
    for encoder in (main, second):
        if encoder:
            encoder.encoded.clear()
    return open_engine(root).reader(writer.commit().generation)


def test_each_encoder_reads_its_own_questions(
    tmp_path: Path, main: HashEncoder, second: HashEncoder
) -> None:
    """An English question is encoded by the main encoder only, a Spanish one by the other."""
    searcher = Searcher(generation(tmp_path, main, second), vector_spaces(main, second))

    answers = [searcher.search(Query(text=text)) for text in (ENGLISH, SPANISH)]

    assert (main.encoded, second.encoded) == ([ENGLISH], [SPANISH])
    assert [answer.hits[0].id for answer in answers] == ["passage-0", "passage-1"]
    assert all(hit.explanation.dense for answer in answers for hit in answer.hits)


def test_without_a_multilingual_encoder_a_spanish_question_is_searched_by_words(
    tmp_path: Path, main: HashEncoder
) -> None:
    """The English model does not encode Spanish; a notice says why and what to do."""
    searcher = Searcher(generation(tmp_path, main, None), vector_spaces(main))

    answer = searcher.search(Query(text=SPANISH))

    assert main.encoded == []
    assert answer.hits[0].id == "passage-1"
    assert not any(hit.explanation.dense for hit in answer.hits)
    assert [notice.code for notice in answer.notices if "kb build" in notice.text] == ["no-dense"]


def test_where_words_find_nothing_the_nearest_are_shown(tmp_path: Path, main: HashEncoder) -> None:
    """If no word matches, the nearest passages are shown with a notice that they are a guess."""
    searcher = Searcher(generation(tmp_path, main, None), vector_spaces(main))

    answer = searcher.search(Query(text="¿qué pasó con las guaguas?"))

    assert len(answer.hits) == len(UNITS)
    assert {"guess", "weak"} <= {notice.code for notice in answer.notices}


def test_a_guess_by_meaning_is_not_called_a_search_by_words(
    tmp_path: Path, main: HashEncoder
) -> None:
    """A dense search in a language without an encoder has the notice of a guess."""
    searcher = Searcher(generation(tmp_path, main, None), vector_spaces(main))

    answer = searcher.search(Query(text=SPANISH, mode="dense"))

    assert main.encoded == [SPANISH]
    assert "guess" in {notice.code for notice in answer.notices}
    assert "no-dense" not in {notice.code for notice in answer.notices}


def test_a_spanish_question_is_explained_by_its_own_cosines(
    tmp_path: Path, main: HashEncoder, second: HashEncoder
) -> None:
    """The explained scores are cosines of the question itself, not of the one moved by feedback."""
    reader = generation(tmp_path, main, second)
    searcher = Searcher(reader, vector_spaces(main, second))

    hits = searcher.search(Query(text=SPANISH)).hits
    told = {hit.id: hit.explanation.dense.score for hit in hits if hit.explanation.dense}

    vector = second.question(SPANISH)
    own = {
        f"passage-{key}": float(reader.vector(MULTILINGUAL, key) @ vector)
        for key in range(len(UNITS))
    }
    assert told == pytest.approx(own, abs=1e-4)


def test_an_index_with_one_set_is_searched_as_one(
    tmp_path: Path, main: HashEncoder, second: HashEncoder
) -> None:
    """An encoder that was installed after the build is not used before the next build."""
    searcher = Searcher(generation(tmp_path, main, None), vector_spaces(main, second))

    searcher.search(Query(text=SPANISH))

    assert second.encoded == []


def test_vectors_of_another_multilingual_model_are_refused(
    tmp_path: Path, main: HashEncoder, second: HashEncoder
) -> None:
    """Vectors of another model raise IndexMismatchError, which names both models."""
    reader = generation(tmp_path, main, second)
    searcher = Searcher(reader, vector_spaces(main, HashEncoder("others")))

    with pytest.raises(IndexMismatchError, match=r"many tongues .* others .*kb build"):
        searcher.search(Query(text=SPANISH))
    assert searcher.search(Query(text=ENGLISH)).hits


def test_neighbours_of_a_spanish_passage_are_found_across_languages(
    tmp_path: Path, main: HashEncoder, second: HashEncoder
) -> None:
    """Neighbours of a Spanish passage are found with the multilingual vectors."""
    reader = generation(tmp_path, main, second)
    searcher = Searcher(reader, vector_spaces(main, second))

    (first, *_) = searcher.nearest("passage-1", 2, Query().filters)
    by_second = reader.neighbors(MULTILINGUAL, 1, (), 2)

    assert first.explanation.dense is not None
    assert (first.id, first.explanation.dense.score) == (
        f"passage-{by_second[0].key}",
        by_second[0].score,
    )
