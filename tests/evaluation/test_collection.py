"""Collections of others are indexed by our own steps without adding words."""

import gzip
from pathlib import Path

import pytest

from kb.domain.queries import Query
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import JudgmentsError
from kb.evaluation.beir import corpus_file, open_collection, read_units
from kb.search.searcher import Searcher
from tests.builders import silent
from tests.evaluation.builders import RECORDS, make_collection, write_rows
from tests.fakes import HashEncoder


def test_passage_is_title_and_text_alone(tmp_path: Path) -> None:
    """A passage is embedded and searched by its title and text, without any context."""
    path = write_rows(tmp_path / "corpus.jsonl", RECORDS)

    titled, untitled, *_ = read_units(path, "en")

    assert titled.embedded == "Rent control\nFreeze every rent in the city this year."
    assert untitled.embedded == "Close the old jail and free the people in it."
    assert titled.entry.context == ""
    assert titled.names == ()


def test_packed_corpus_is_the_same(tmp_path: Path) -> None:
    """A gzip file gives the same passages as the plain file."""
    plain = write_rows(tmp_path / "corpus.jsonl", RECORDS)
    packed = tmp_path / "packed" / "corpus.jsonl.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert corpus_file(packed.parent) == packed
    assert list(read_units(packed, "en")) == list(read_units(plain, "en"))


def test_second_opening_builds_nothing(tmp_path: Path) -> None:
    """The index is kept by corpus, language and encoder; a change of one builds another."""
    path = write_rows(tmp_path / "corpus.jsonl", RECORDS)
    encoder = HashEncoder()

    first = open_collection(path, tmp_path / "kb", vector_spaces(encoder), "en", silent).manifest
    encoder.encoded.clear()
    again = open_collection(path, tmp_path / "kb", vector_spaces(encoder), "en", silent).manifest
    spanish = open_collection(path, tmp_path / "kb", vector_spaces(encoder), "es", silent).manifest
    other = open_collection(
        path, tmp_path / "kb", vector_spaces(HashEncoder("b")), "en", silent
    ).manifest

    assert encoder.encoded == []  # the Spanish passages have the same texts, so the same vectors
    assert again == first
    assert len({first.generation, spanish.generation, other.generation}) == 3
    assert len(list((tmp_path / "kb" / "collections").iterdir())) == 3


def test_language_chooses_the_stemmer(tmp_path: Path) -> None:
    """Spanish words match by their Spanish stems."""
    path = write_rows(tmp_path / "corpus.jsonl", [{"_id": "a", "text": "las organizaciones"}])
    reader = open_collection(path, tmp_path / "kb", (), "es", silent)
    query = Query(text="organización", mode="lexical")

    assert [
        one for one, _ in Searcher(reader, vector_spaces(HashEncoder()), ("es",)).rank(query)
    ] == ["a"]


def test_passage_with_signs_of_the_query_language_is_found(tmp_path: Path) -> None:
    """Minus signs and quotation marks in a passage are text, not operators."""
    texts = ['Raise pay -now and "here and now".', "-never a cut", '"open']
    path = write_rows(
        tmp_path / "corpus.jsonl", [{"_id": str(i), "text": text} for i, text in enumerate(texts)]
    )

    reader = open_collection(path, tmp_path / "kb", (), "en", silent)
    searcher = Searcher(reader, vector_spaces(HashEncoder()))
    asked = [
        Query(text=words, mode="lexical") for words in ("raise pay now", "never a cut", "open")
    ]

    assert [[one for one, _ in searcher.rank(query)] for query in asked] == [["0"], ["1"], ["2"]]


def test_every_problem_of_a_corpus_is_reported(tmp_path: Path) -> None:
    """One error names every invalid line of the corpus."""
    path = make_collection(tmp_path) / "corpus.jsonl"
    path.write_text('{"_id": "a", "text": 3}\n\n{"text": "b"}\nx\n{"_id": "a"}\n', "utf-8")

    with pytest.raises(JudgmentsError) as raised:
        read_units(path, "en")

    assert sorted(problem.line for problem in raised.value.problems) == [1, 3, 4, 5]


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_empty_corpus_is_a_problem(tmp_path: Path, content: bytes) -> None:
    """A corpus without a record raises JudgmentsError."""
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(content)

    with pytest.raises(JudgmentsError, match=r"corpus\.jsonl:1: no record"):
        read_units(path, "en")


def test_damaged_packed_corpus_is_a_problem(tmp_path: Path) -> None:
    """The error for a file that is not gzip names the file."""
    path = tmp_path / "corpus.jsonl.gz"
    path.write_bytes(b"not packed")

    with pytest.raises(JudgmentsError, match=r"corpus\.jsonl\.gz:1: not readable"):
        read_units(path, "en")
