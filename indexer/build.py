"""The build, top to bottom: read, check, chunk, embed, cite, draw, index, publish."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from indexer.corpus import read as corpora
from indexer.corpus.check import check
from indexer.imports.passages import ShelfPassages, shelf_passages
from indexer.imports.store import ShelfStore
from indexer.imports.validate import Rules
from indexer.steps.center_languages import language_neutral
from indexer.steps.charts.build import draw
from indexer.steps.cite import cite
from indexer.steps.embed import embed
from indexer.steps.passages import chunk
from indexer.steps.publish import publish
from indexer.steps.version import builder_version
from kb.citations import styles
from kb.citations.pandoc import processor
from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.noun import Noun
from kb.domain.passages import Unit
from kb.encoders.base import Vectors
from kb.encoders.spaces import Spaces
from kb.errors import CorpusError, KbError
from kb.index.contract import Contents, Engine, Identity, Writer
from kb.index.engine import open_engine
from kb.text.query import QueryTree

# (step, done now, of how many): called as work goes on
Report = Callable[[str, int, int], object]

CACHE = Path("cache") / "vectors.sqlite"
CITATIONS = "citations.sqlite"  # beside it


class Change(Noun):
    """What a build did."""

    generation: str
    published: bool
    documents: int
    passages: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    embedded: int = 0
    cited: int = 0  # passages with citations in each style; none where there is no pandoc
    seconds: float = 0.0
    left_out: tuple[str, ...] = ()  # problems of documents on shelves that are not indexed


class Making(NamedTuple):
    """What a generation is made from, and where its vectors are remembered."""

    corpus: Path
    cache: Path
    spaces: Spaces
    shelves: ShelfStore | None = None

    @property
    def digest(self) -> str:
        """What all the files are, in one word."""
        corpus = corpora.digest(self.corpus)
        return f"{corpus}+{self.shelves.digest()}" if self.shelves else corpus

    @property
    def identity(self) -> Identity:
        """What the generation is made from; the same identity is the same generation."""
        encoders = {space.name: space.encoder.identity for space in self.spaces}
        return Identity(self.digest, encoders, processor(), builder_version())


def build(
    root: Path,
    corpus_root: Path,
    spaces: Spaces,
    report: Report,
    wait: bool = True,
) -> Change:
    """Make the published generation that of the corpus; a corpus without change is left alone.

    The generation has a set of vectors for each space.

    CorpusError carries every problem of every file; BusyError if another build runs and
    waiting is not wanted; CitationError if pandoc is there and fails.
    """
    making, engine = Making(corpus_root, root / CACHE, spaces), open_engine(root)
    with engine.locked(lambda: report("waiting for another build", 0, 0), wait):
        return _build(engine, making, report)


def build_shelves(root: Path, making: Making, report: Report) -> Change | None:
    """The same for the corpus and the shelves together, in an index of its own under `root`.

    None where nothing is on a shelf: then there is no such index.
    """
    engine = open_engine(root)
    with engine.locked(lambda: report("waiting for another build", 0, 0)):
        if making.shelves and making.shelves.documents():
            return _build(engine.imports(), making, report)
        engine.imports().writer().withdraw()
        return None


def _build(engine: Engine, making: Making, report: Report) -> Change:
    started = time.monotonic()
    writer = engine.writer()
    generation = writer.generation(making.identity)
    if writer.has(generation):
        change = _publish_again(engine, writer, generation)
    else:
        change = _publish_new(engine, writer, making, report)
    return change.model_copy(update={"seconds": round(time.monotonic() - started, 2)})


def _publish_again(engine: Engine, writer: Writer, generation: str) -> Change:
    """The generation is there: it is served already, or was rolled back and comes again."""
    try:
        served = engine.current() == generation
    except KbError:
        served = False
    manifest = writer.publish(generation)
    return Change(
        generation=generation,
        published=not served,
        documents=manifest.documents,
        passages=manifest.passages,
    )


def _publish_new(engine: Engine, writer: Writer, making: Making, report: Report) -> Change:
    digest, corpus = _read(making)
    identity = making.identity._replace(corpus=digest)
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
    imported = shelf_passages(making.shelves, rules) if making.shelves else ShelfPassages()
    every = sorted([*chunked, *imported.documents], key=lambda one: newest_first(one[0]))
    documents = [document for document, _ in every]
    units = [unit for _, some in every for unit in some]
    vectors, embedded = _vectors(units, making, report)
    citations = _cited(units, making, report)
    report("charts", 0, 1)
    drawings = draw([unit.facets for _, some in chunked for unit in some], gazetteer)
    report("charts", 1, 1)
    report("index", 0, 1)
    contents = Contents(
        documents,
        units,
        vectors,
        corpus.topics.topics,
        corpus.places.places,
        citations,
        drawings,
        imported.former,
    )
    added, changed, removed = _differences(engine, documents)
    manifest = publish(writer, identity, contents)
    report("index", 1, 1)
    return Change(
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
    units: Sequence[Unit], making: Making, report: Report
) -> tuple[dict[str, Vectors], int]:
    """Return the vectors of every space, and how many texts were new to one of them."""
    texts = [unit.embedded for unit in units]
    languages = [unit.entry.language for unit in units]
    found: dict[str, Vectors] = {}
    embedded = 0
    for number, space in enumerate(making.spaces):
        step = f"{space.name} vectors" if number else "vectors"
        tell = partial(_tell, report, step, len(texts))
        vectors, fresh = embed(texts, space.encoder, making.cache, tell)
        is_centered = space.calibration.is_centered
        found[space.name] = language_neutral(vectors, languages) if is_centered else vectors
        embedded = max(embedded, fresh)
    return found, embedded


def _cited(
    units: Sequence[Unit], making: Making, report: Report
) -> Mapping[str, Sequence[Formatted]]:
    """The citations of every passage; none where nothing is installed that formats them."""
    if not processor():
        return {}
    report("citations", 0, len(styles.STYLES))
    told = partial(_tell, report, "citations", len(styles.STYLES))
    cache = making.cache.with_name(CITATIONS)
    return cite([unit.entry for unit in units], told, cache)


def _tell(report: Report, step: str, total: int, done: int) -> None:
    report(step, done, total)


def _read(making: Making) -> tuple[str, corpora.Corpus]:
    """The corpus with the digest of all; read again where a file was saved while it was read."""
    while True:
        digest = making.digest
        corpus = corpora.read(making.corpus)
        if making.digest == digest:
            return digest, corpus


def newest_first(document: Document) -> tuple[bool, str, str]:
    """Catalogue order: the newest first, undated ones last, then by id."""
    issued = document.source.issued
    newest = "".join(chr(0x10FFFF - ord(char)) for char in issued or "")
    return (issued is None, newest, document.id)


def _differences(
    engine: Engine, documents: Sequence[Document]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ids of documents added, changed and removed since the published generation."""
    now = {document.id: document for document in documents}
    try:
        reader = engine.reader()
    except KbError:
        return tuple(sorted(now)), (), ()
    before = set(reader.counts(reader.select(QueryTree(), ())).get("document", {}))
    changed = tuple(one for one in sorted(before & set(now)) if reader.document(one) != now[one])
    reader.close()
    return tuple(sorted(set(now) - before)), changed, tuple(sorted(before - set(now)))
