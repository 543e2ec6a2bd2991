"""BM25 search with tantivy over tokens from kb.text.analysis."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy
from tantivy import Occur

from kb.domain.passages import Entry, Unit
from kb.domain.queries import Clauses
from kb.domain.rankings import Candidates
from kb.text.analysis import Token, figures, stems, words
from kb.text.numbers import is_figure, stated
from kb.text.query import QueryTree, Term, Widening
from kb.text.spelling import Vocabulary, is_misspellable

FOLDER = "postings"
HEAP_BYTES = 256_000_000  # keeps up to about a million passages in one segment
# Labels and topics from the thesaurus must not outweigh a word of the query.
LABEL_WEIGHT = 0.15
TOPIC_WEIGHT = 0.5
# A corrected word must not outweigh an exact match. Of the weights from 0.2 to 0.7, 0.3 cost judged
# queries least and found misspelled names as well as 0.7 (docs/decisions).
SPELLING_WEIGHT = 0.3

# Other fields that are searched, and the weight of a word there relative to one in the text.
BESIDE = {"phrases": 0.7, "shown": 0.5}

Query = tantivy.Query


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("text", "exact"):  # stems; folded words and figures
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    # Stems of search phrases and of words shown beside the text. They have separate fields, so that
    # they do not make the text longer for BM25.
    for field in BESIDE:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facets", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("key", fast=True)
    return builder.build()


def write_postings(folder: Path, units: Sequence[Unit]) -> None:
    """Write the tantivy index of the passages; unit i has key i."""
    path = folder / FOLDER
    path.mkdir()
    index = tantivy.Index(_schema(), path=str(path))
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)  # one thread keeps the order
    for key, unit in enumerate(units):
        writer.add_document(_document(key, unit))
    writer.commit()
    writer.wait_merging_threads()


def _document(key: int, unit: Unit) -> tantivy.Document:
    entry = unit.entry
    document = tantivy.Document()
    # A passage's own words and its context share one field, so that each word has one document
    # frequency. On judged queries, nDCG@10 was 0.493 with one field and at most 0.485 with two.
    for text in (entry.own_title, entry.text, entry.context):
        document.add_text("text", _joined(stems(text, entry.language)))
        document.add_text("exact", _joined(words(text)))
    # Figures are kept out of the field of stems, where they would add to the passage's length.
    document.add_text("exact", " ".join(_figures(entry)))
    for text in entry.shown:
        document.add_text("shown", _joined(stems(text, entry.language)))
        document.add_text("exact", _joined(words(text)))
    for language, some in unit.phrases.by_language.items():
        for phrase in some:
            document.add_text("phrases", _joined(stems(phrase, language)))
    for facet in unit.facets:
        document.add_text("facets", facet)
    document.add_unsigned("key", key)
    return document


def _figures(entry: Entry) -> list[str]:
    """Return the normalized numbers in a passage's text and record, without duplicates."""
    said = figures(f"{entry.own_title}\n{entry.text}\n{entry.context}", entry.language)
    return list(dict.fromkeys([*(token.word for token in said), *stated(entry.record)]))


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens)


class LexicalIndex:
    """The tantivy index of a generation, opened for searching."""

    def __init__(self, folder: Path) -> None:
        postings = folder / FOLDER
        if not os.access(postings, os.W_OK):
            self._links = _links_to(postings)  # removed together with this object
            postings = Path(self._links.name)
        self._index = tantivy.Index.open(str(postings))
        # A generation never changes, so no thread needs to watch it.
        self._index.config_reader("manual")
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._spelled: dict[str, Vocabulary] = {}  # by first letter, read when first needed

    def search(self, tree: QueryTree, clauses: Clauses, k: int) -> Candidates:
        """Return the k best passages by BM25 that match the clauses; ties are broken by key."""
        if not tree.terms or k <= 0:
            return Candidates()
        asked = [(Occur.Should, self._term(term)) for term in tree.terms]
        asked += [(Occur.Should, self._widening(widening)) for widening in tree.widenings]
        scored = Query.boolean_query(asked)
        query = Query.boolean_query([(Occur.Must, scored), *self._conditions(tree, clauses)])
        hits = self._searcher.search(query, k, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        found: Any = keys  # every passage has a key, so none is missing
        return Candidates(found, [score for score, _ in hits])

    def matching(self, tree: QueryTree) -> list[int]:
        """Return the keys of all passages with every phrase of `must` and none of `must_not`."""
        conditions = self._conditions(tree, ())
        query = Query.boolean_query([(Occur.Must, Query.all_query()), *conditions])
        limit = max(1, self._searcher.num_docs)
        hits = self._searcher.search(query, limit, count=False, order_by_field="key").hits
        return [int(key) for key, _ in hits]

    def nearest(self, terms: Iterable[Term]) -> dict[str, tuple[str, ...]]:
        """Map unindexed words to similarly spelled indexed words, most frequent first."""
        unknown = [term.word for term in terms if self._is_unknown(term)]
        found = {word: self._vocabulary(word[0]).nearest(word) for word in unknown}
        return {word: near for word, near in found.items() if near}

    def _is_unknown(self, term: Term) -> bool:
        held = [("exact", term.word)]
        held += [(field, stem) for field in ("text", *BESIDE) for stem in term.stems]
        return is_misspellable(term.word) and not any(
            self._searcher.doc_freq(field, word) for field, word in held
        )

    def _vocabulary(self, letter: str) -> Vocabulary:
        if letter not in self._spelled:
            counted = self._searcher.terms_with_prefix("exact", letter)
            self._spelled[letter] = Vocabulary(counted)
        return self._spelled[letter]

    def _conditions(self, tree: QueryTree, clauses: Clauses) -> list[tuple[Occur, Query]]:
        """Return the query's phrases and the clauses as conditions that do not affect the score."""
        found = [(Occur.Must, _unscored(self._phrase("exact", phrase))) for phrase in tree.must]
        found += [(Occur.MustNot, self._phrase("exact", phrase)) for phrase in tree.must_not]
        for clause in clauses:
            some = Query.term_set_query(self._schema, "facets", list(clause))
            found.append((Occur.Must, _unscored(some)))
        return found

    def _term(self, term: Term) -> Query:
        """Return the query for a term, scored by its best stem."""
        found = [
            Query.term_query(self._schema, "exact" if is_figure(stem) else "text", stem, "freq")
            for stem in term.stems
        ]
        found += [
            Query.boost_query(Query.term_query(self._schema, field, stem, "freq"), weight)
            for field, weight in BESIDE.items()
            for stem in term.stems
        ]
        best = Query.disjunction_max_query(found)
        return Query.boost_query(best, SPELLING_WEIGHT) if term.instead else best

    def _widening(self, widening: Widening) -> Query:
        """Return the query for passages on a widening's topic or with any of the topic's labels."""
        topic = Query.term_query(self._schema, "facets", f"topic={widening.topic}", "basic")
        some = [Query.const_score_query(topic, TOPIC_WEIGHT)]
        some += [
            Query.boost_query(self._phrase("text", phrase), LABEL_WEIGHT)
            for phrase in widening.phrases
        ]
        return Query.disjunction_max_query(some)

    def _phrase(self, field: str, phrase: Sequence[str]) -> Query:
        if len(phrase) == 1:
            return Query.term_query(self._schema, field, phrase[0])
        return Query.phrase_query(self._schema, field, list(phrase))


def _links_to(folder: Path) -> TemporaryDirectory[str]:
    """Create a temporary folder with symbolic links to the files in a folder.

    tantivy creates lock files in the folder it opens, which fails if the folder is read-only.
    """
    links = TemporaryDirectory(prefix="kb-postings-")
    for path in folder.absolute().iterdir():
        if path.suffix != ".lock":
            (Path(links.name) / path.name).symlink_to(path)
    return links


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
