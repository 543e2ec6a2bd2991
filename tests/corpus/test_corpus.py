"""The shipped corpus: complete, in canonical form and without markup."""

import re
from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.corpus.check import check
from indexer.corpus.read import Corpus
from indexer.corpus.write import write
from kb.domain.documents import Head

pytestmark = pytest.mark.slow  # reads the whole corpus

# What a reader must never see. Angle brackets and square ones are searched as marks, not as such.
RESIDUE = re.compile(r"\{#|\*\*|__|\]\(|\\|</?[a-z]+>|&[a-z]+;|`|~~|\[\[|^#+ ", re.MULTILINE)


def test_the_corpus_has_no_problem(whole_corpus: Corpus) -> None:
    """`kb check` finds no problem."""
    assert check(whole_corpus) == []


def test_every_file_is_canonical(whole_corpus: Corpus) -> None:
    """Every file is what `write` makes of its document."""
    files = whole_corpus.files

    assert [
        path for path, one in files.items() if write(one.document) != Path(path).read_text("utf-8")
    ] == []


def test_the_corpus_has_at_least_as_many_records_as_before(whole_corpus: Corpus) -> None:
    """No document or record may be lost: raise these numbers as the corpus grows."""
    documents = whole_corpus.documents
    kinds = Counter(record.kind for document in documents for record in document.records)

    assert len(documents) >= 292
    assert kinds["demand"] >= 912
    assert kinds["finding"] >= 656
    assert kinds["idea"] >= 653


def test_the_thesaurus_has_labels_in_both_languages(whole_corpus: Corpus) -> None:
    """The thesaurus has at least so many topics, and labels in English and Spanish."""
    topics = whole_corpus.topics.topics

    assert len(topics) >= 44
    assert sum(len(topic.altLabel.en) for topic in topics) >= 400
    assert sum(len(topic.altLabel.by_language["es"]) for topic in topics) >= 250


def test_every_place_lies_in_the_world(whole_corpus: Corpus) -> None:
    """The parents of every place lead to the world."""
    gazetteer = whole_corpus.gazetteer

    assert {gazetteer.path(place.id)[-1].id for place in gazetteer} == {"world"}


def visible(token: Token) -> str:
    """Return the text that a reader sees, without code and the targets of links."""
    shown = [child.content for child in token.children or [] if child.type == "text"]
    return "".join(shown)


@pytest.fixture(scope="module")
def tokens(whole_corpus: Corpus) -> list[tuple[str, Token]]:
    """Return the path and each token of every file, as a CommonMark viewer parses it."""
    markdown = MarkdownIt("commonmark")
    return [
        (path, token)
        for path in whole_corpus.files
        for token in markdown.parse(Path(path).read_text("utf-8").split("\n---\n", 1)[1])
    ]


def test_no_markup_is_left_in_what_a_reader_sees(tokens: list[tuple[str, Token]]) -> None:
    """A CommonMark viewer shows the text of every file without stray markup."""
    found = [
        (path, line)
        for path, token in tokens
        if token.type == "inline" and RESIDUE.search(line := visible(token))
    ]

    assert found == []


def test_no_file_has_html_code_or_images(tokens: list[tuple[str, Token]]) -> None:
    """No file has HTML, code blocks or images, which viewers treat differently."""
    kinds = {one.type for _, token in tokens for one in (token, *(token.children or []))}

    assert not kinds & {"html_inline", "html_block", "code_block", "fence", "image"}


def test_the_schema_names_every_key_of_front_matter(whole_corpus: Corpus) -> None:
    """The JSON Schema has every key and every nested model that the corpus uses."""
    schema = Head.model_json_schema()
    used = {key for one in whole_corpus.documents for key in one.model_fields_set}
    used -= {"events", "records"}

    assert used <= set(schema["properties"])
    for name in ("Source", "Rights", "Length", "Name", "Related", "Campaign", "FactSource"):
        assert name in schema["$defs"]


@pytest.mark.parametrize("field", ["issued", "accessed", "URL", "rights", "organization"])
def test_the_schema_describes_the_source(field: str) -> None:
    """The JSON Schema describes each key of a source."""
    assert Head.model_json_schema()["$defs"]["Source"]["properties"][field]["description"]
