"""Build an index: read, check, make passages, embed, cite, draw charts, stage, publish."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.corpus import read as corpora
from indexer.corpus.check import check
from indexer.corpus.coverage import tables
from indexer.imports.passages import ShelfPassages, shelf_passages
from indexer.imports.store import ShelfStore
from indexer.imports.validate import Rules
from indexer.steps.center_languages import language_neutral
from indexer.steps.charts.build import draw
from indexer.steps.cite import cite
from indexer.steps.embed import embed
from indexer.steps.passages import chunk
from indexer.steps.phrases import PhraseTexts, phrase_texts
from indexer.steps.publish import publish
from indexer.steps.version import builder_version
from kb.citations import styles
from kb.citations.pandoc import processor
from kb.domain.base import Noun
from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Unit
from kb.encoders.base import Vectors
from kb.encoders.vector_spaces import Spaces
from kb.errors import CorpusError, KbError
from kb.index.contract import Contents, Engine, Identity, PhraseVectors, Writer
from kb.index.engine import open_engine
from kb.text.query import QueryTree

# Called with (step, items done since the last call, total) to report progress.
Report = Callable[[str, int, int], object]

CACHE = Path("cache") / "vectors.sqlite"
CITATIONS = "citations.sqlite"  # in the same folder


class BuildReport(Noun):
    """Result of a build."""

    generation: str
    published: bool
    documents: int
    passages: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    embedded: int = 0  # texts newly embedded, in the vector space with the most of them
    cited: int = 0  # passages with citations in each style; 0 without pandoc
    seconds: float = 0.0
    left_out: tuple[str, ...] = ()  # why shelf documents were left out of the index


class BuildInputs(NamedTuple):
    """Inputs that an index generation is built from, and the file that caches its vectors."""

    corpus: Path
    cache: Path
    spaces: Spaces
    shelves: ShelfStore | None = None

    @property
    def digest(self) -> str:
        """Digest of the corpus files and, if there are shelves, of the shelf files."""
        corpus = corpora.digest(self.corpus)
        return f"{corpus}+{self.shelves.digest()}" if self.shelves else corpus

    @property
    def identity(self) -> Identity:
        """Identity of the index generation; equal identities name the same generation."""
        encoders = {space.name: space.encoder.identity for space in self.spaces}
        return Identity(self.digest, encoders, processor(), builder_version())


def build(
    root: Path,
    corpus_root: Path,
    spaces: Spaces,
    report: Report,
    wait: bool = True,
) -> BuildReport:
    """Build and publish an index generation of the corpus, with vectors in each vector space.

    If the generation already exists, only publish it. Raise CorpusError with all problems in all
    files, BusyError if another build is running and `wait` is false, and CitationError if pandoc
    is installed and fails.
    """
    inputs, engine = BuildInputs(corpus_root, root / CACHE, spaces), open_engine(root)
    with engine.locked(lambda: report("waiting for another build", 0, 0), wait):
        return _build(engine, inputs, report)


def build_shelves(root: Path, inputs: BuildInputs, report: Report) -> BuildReport | None:
    """Build and publish an index of the corpus and the shelves, separate from the corpus index.

    If the shelves are empty, remove that index and return None.
    """
    engine = open_engine(root)
    with engine.locked(lambda: report("waiting for another build", 0, 0)):
        if inputs.shelves and inputs.shelves.documents():
            return _build(engine.imports(), inputs, report)
        engine.imports().writer().withdraw()
        return None


def _build(engine: Engine, inputs: BuildInputs, report: Report) -> BuildReport:
    started = time.monotonic()
    writer = engine.writer()
    generation = writer.generation(inputs.identity)
    if writer.has(generation):
        change = _publish_again(engine, writer, generation)
    else:
        change = _publish_new(engine, writer, inputs, report)
    return change.model_copy(update={"seconds": round(time.monotonic() - started, 2)})


def _publish_again(engine: Engine, writer: Writer, generation: str) -> BuildReport:
    """Publish an index generation that is already stored: the current or the previous one."""
    try:
        served = engine.current() == generation
    except KbError:
        served = False
    manifest = writer.publish(generation)
    return BuildReport(
        generation=generation,
        published=not served,
        documents=manifest.documents,
        passages=manifest.passages,
    )


def _publish_new(
    engine: Engine, writer: Writer, inputs: BuildInputs, report: Report
) -> BuildReport:
    digest, corpus = _read(inputs)
    identity = inputs.identity._replace(corpus=digest)
    problems = check(corpus)
    if problems:
        raise CorpusError(problems)
    thesaurus, gazetteer = corpus.thesaurus, corpus.gazetteer
    report("passages", 0, len(corpus.documents))
    chunked: list[tuple[Document, tuple[Unit, ...]]] = []
    for document in corpus.documents:
        chunked.append((document, tuple(chunk(document, thesaurus, gazetteer))))
        report("passages", 1, len(corpus.documents))
    rules = Rules(thesaurus, gazetteer, frozenset(one.id for one in corpus.documents))
    imported = shelf_passages(inputs.shelves, rules) if inputs.shelves else ShelfPassages()
    every = sorted([*chunked, *imported.documents], key=lambda one: newest_first(one[0]))
    documents = [document for document, _ in every]
    units = [unit for _, some in every for unit in some]
    vectors, phrases, embedded = _vectors(units, inputs, report)
    citations = _cited(units, inputs, report)
    report("charts", 0, 1)
    drawings = draw([unit.facets for _, some in chunked for unit in some], gazetteer)
    report("charts", 1, 1)
    report("index", 0, 1)
    contents = Contents(
        documents,
        units,
        vectors,
        phrases,
        corpus.topics.topics,
        corpus.places.places,
        citations,
        drawings,
        tables(corpus),
        imported.former,
    )
    added, changed, removed = _differences(engine, documents)
    manifest = publish(writer, identity, contents)
    report("index", 1, 1)
    return BuildReport(
        generation=manifest.generation,
        published=True,
        documents=manifest.documents,
        passages=manifest.passages,
        added=added,
        changed=changed,
        removed=removed,
        embedded=embedded,
        cited=len(citations),
        left_out=tuple(map(str, imported.problems)),
    )


def _vectors(
    units: Sequence[Unit], inputs: BuildInputs, report: Report
) -> tuple[dict[str, Vectors], dict[str, PhraseVectors], int]:
    """Return the vectors of passages and those of phrases, by vector space, and a count.

    The count is the largest number of texts that were newly embedded in one space.
    """
    texts = [unit.embedded for unit in units]
    languages = [unit.entry.language for unit in units]
    phrases = phrase_texts(units, inputs.spaces)
    of_passages: dict[str, Vectors] = {}
    of_phrases: dict[str, PhraseVectors] = {}
    embedded = 0
    for number, space in enumerate(inputs.spaces):
        asked = phrases.get(space.name, PhraseTexts([], []))
        step = f"{space.name} vectors" if number else "vectors"
        every = [*texts, *asked.texts]
        tell = partial(_tell, report, step, len(every))
        rows, fresh = embed(every, space.encoder, inputs.cache, tell)
        vectors = rows[: len(texts)]
        is_centered = space.calibration.is_centered
        of_passages[space.name] = language_neutral(vectors, languages) if is_centered else vectors
        if asked.texts:
            owners = np.array(asked.owners, dtype=np.int64)
            of_phrases[space.name] = PhraseVectors(rows[len(texts) :], owners)
        embedded = max(embedded, fresh)
    return of_passages, of_phrases, embedded


def _cited(
    units: Sequence[Unit], inputs: BuildInputs, report: Report
) -> Mapping[str, Sequence[Formatted]]:
    """Return the citations by passage id; empty if no citation processor is installed."""
    if not processor():
        return {}
    report("citations", 0, len(styles.STYLES))
    tell = partial(_tell, report, "citations", len(styles.STYLES))
    cache = inputs.cache.with_name(CITATIONS)
    return cite([unit.entry for unit in units], tell, cache)


def _tell(report: Report, step: str, total: int, done: int) -> None:
    report(step, done, total)


def _read(inputs: BuildInputs) -> tuple[str, corpora.Corpus]:
    """Return the digest of the inputs, and the corpus; read both again if a file changes."""
    while True:
        digest = inputs.digest
        corpus = corpora.read(inputs.corpus)
        if inputs.digest == digest:
            return digest, corpus


def newest_first(document: Document) -> tuple[bool, str, str]:
    """Return a sort key for documents in the catalog: newest first, undated last, then by id."""
    issued = document.source.issued
    newest = "".join(chr(0x10FFFF - ord(char)) for char in issued or "")
    return (issued is None, newest, document.id)


def _differences(
    engine: Engine, documents: Sequence[Document]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the ids of documents added, changed and removed since the published generation."""
    now = {document.id: document for document in documents}
    try:
        reader = engine.reader()
    except KbError:
        return tuple(sorted(now)), (), ()
    before = set(reader.counts(reader.select(QueryTree(), ())).get("document", {}))
    changed = tuple(one for one in sorted(before & set(now)) if reader.document(one) != now[one])
    reader.close()
    return tuple(sorted(set(now) - before)), changed, tuple(sorted(before - set(now)))
