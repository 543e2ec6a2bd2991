"""The build, top to bottom: read, check, chunk, embed, cite, draw, index, publish."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from indexer import corpus as corpora
from indexer.check import check
from indexer.chunk import chunk
from indexer.cite import cite
from indexer.draw import draw
from indexer.embed import embed
from indexer.index import index
from indexer.neutral import language_neutral
from kb.citations.pandoc import processor
from kb.domain.citations import STYLES, Formatted
from kb.domain.documents import Document
from kb.domain.noun import Noun
from kb.domain.passages import Unit
from kb.encoder import TextEncoder
from kb.errors import CorpusError, KbError
from kb.index.generations import LocalWriter, generation_id, locked, open_current, read_pointer
from kb.index.protocols import Contents, Identity
from kb.text.query import QueryTree

# (step, done now, of how many): called as work goes on
Report = Callable[[str, int, int], object]

CACHE = Path("cache") / "vectors.sqlite"


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


def build(
    root: Path,
    corpus_root: Path,
    encoder: TextEncoder,
    report: Report,
    wait: bool = True,
    multilingual: TextEncoder | None = None,
) -> Change:
    """Make the published generation that of the corpus; a corpus without change is left alone.

    With a multilingual encoder the generation has a second set of vectors.

    CorpusError carries every problem of every file; BusyError if another build runs and
    waiting is not wanted; CitationError if pandoc is there and fails.
    """
    started = time.monotonic()
    with locked(root, lambda: report("waiting for another build", 0, 0), wait):
        writer = LocalWriter(root)
        second = multilingual.identity if multilingual else None
        identity = Identity(corpora.digest(corpus_root), encoder.identity, second, processor())
        generation = generation_id(identity)
        if writer.has(generation):
            change = _publish_again(root, writer, generation)
        else:
            encoders = (encoder, multilingual)
            change = _publish_new(root, writer, identity, corpus_root, encoders, report)
    return change.model_copy(update={"seconds": round(time.monotonic() - started, 2)})


def _publish_again(root: Path, writer: LocalWriter, generation: str) -> Change:
    """The generation is there: it is served already, or was rolled back and comes again."""
    try:
        served = read_pointer(root).current == generation
    except KbError:
        served = False
    manifest = writer.publish(generation)
    return Change(
        generation=generation,
        published=not served,
        documents=manifest.documents,
        passages=manifest.passages,
    )


def _publish_new(
    root: Path,
    writer: LocalWriter,
    identity: Identity,
    corpus_root: Path,
    encoders: tuple[TextEncoder, TextEncoder | None],
    report: Report,
) -> Change:
    digest, corpus = _read(corpus_root)
    identity = identity._replace(corpus=digest)
    problems = check(corpus)
    if problems:
        raise CorpusError(problems)
    documents = sorted(corpus.documents, key=newest_first)
    report("passages", 0, len(documents))
    units: list[Unit] = []
    thesaurus, gazetteer = corpus.thesaurus, corpus.gazetteer
    for document in documents:
        units += chunk(document, thesaurus, gazetteer)
        report("passages", 1, len(documents))
    texts = [unit.embedded for unit in units]
    spoken = [unit.entry.language for unit in units]
    sets, embedded = [], 0
    for step, encoder in zip(("vectors", "multilingual vectors"), encoders, strict=True):
        if encoder is None:
            continue
        told = partial(_tell, report, step, len(texts))
        vectors, fresh = embed(texts, encoder, root / CACHE, told)
        sets.append(vectors)
        embedded = max(embedded, fresh)
    citations = _cited(units, identity, report)
    report("charts", 0, 1)
    drawings = draw([unit.facets for unit in units], gazetteer)
    report("charts", 1, 1)
    report("index", 0, 1)
    contents = Contents(
        documents,
        units,
        sets[0],
        corpus.topics.topics,
        corpus.places.places,
        language_neutral(sets[1], spoken) if len(sets) > 1 else None,
        citations,
        drawings,
    )
    added, changed, removed = _differences(root, documents)
    manifest = index(writer, identity, contents)
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
    )


def _cited(
    units: Sequence[Unit], identity: Identity, report: Report
) -> Mapping[str, Sequence[Formatted]]:
    """The citations of every passage; none where nothing is installed that formats them."""
    if not identity.processor:
        return {}
    report("citations", 0, len(STYLES))
    told = partial(_tell, report, "citations", len(STYLES))
    return cite([unit.entry for unit in units], told)


def _tell(report: Report, step: str, total: int, done: int) -> None:
    report(step, done, total)


def _read(corpus_root: Path) -> tuple[str, corpora.Corpus]:
    """The corpus with its digest; read again where a file was saved while it was being read."""
    while True:
        digest = corpora.digest(corpus_root)
        corpus = corpora.read(corpus_root)
        if corpora.digest(corpus_root) == digest:
            return digest, corpus


def newest_first(document: Document) -> tuple[bool, str, str]:
    """Catalogue order: the newest first, undated ones last, then by id."""
    issued = document.source.issued
    newest = "".join(chr(0x10FFFF - ord(char)) for char in issued or "")
    return (issued is None, newest, document.id)


def _differences(
    root: Path, documents: Sequence[Document]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ids of documents added, changed and removed since the published generation."""
    now = {document.id: document for document in documents}
    try:
        reader = open_current(root)
    except KbError:
        return tuple(sorted(now)), (), ()
    before = set(reader.counts(reader.select(QueryTree(), ())).get("document", {}))
    changed = tuple(one for one in sorted(before & set(now)) if reader.document(one) != now[one])
    reader.close()
    return tuple(sorted(set(now) - before)), changed, tuple(sorted(before - set(now)))
