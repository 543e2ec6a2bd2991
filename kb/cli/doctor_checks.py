"""Checks of `kb doctor` that need the program's packages."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from indexer.corpus import read as corpora
from indexer.importers.pdf.lines.ocr import PROGRAM
from indexer.imports.store import ShelfStore
from indexer.steps.version import builder_version
from kb.citations.pandoc import processor
from kb.cli.doctor import Finding, is_absent, is_missing, is_there
from kb.encoders.onnx import FastEncoder
from kb.encoders.open import open_encoder, open_multilingual
from kb.errors import KbError
from kb.index.contract import Engine
from kb.index.engine import open_engine
from kb.settings import Settings

NEEDED_BYTES = 1_000_000_000  # an exported model, two generations and their caches
GIGABYTE = 1_000_000_000


def checks(settings: Settings) -> Iterator[Finding]:
    """Yield findings on the corpus, encoders, external programs, indexes, shelves and disk."""
    yield _corpus(settings.corpus)
    yield _encoder(settings)
    yield _multilingual(settings)
    yield from _programs()
    engine = open_engine(settings.index)
    yield _index("index", engine, settings.corpus)
    yield _shelves(settings.shelves)
    if engine.imports().is_published():
        yield _index("index with shelves", engine.imports(), None)
    yield _disk(settings.index)


def _corpus(folder: Path) -> Finding:
    count = len(corpora.files(folder)) if (folder / corpora.TOPICS).is_file() else 0
    if not count:
        return is_missing("corpus", f"no corpus in {folder}", "set KB_CORPUS to the corpus folder")
    return is_there("corpus", f"{folder}, {count} documents")


def _encoder(settings: Settings) -> Finding:
    try:
        encoder = open_encoder(settings.model, settings.index)
        name = encoder.identity.name
    except KbError as error:
        return is_missing("encoder", str(error))
    if not isinstance(encoder, FastEncoder):
        return is_absent("encoder", f"{name} is not exported, so starting is slow", "kb build")
    if not encoder.is_whole:
        return is_missing("encoder", f"the export of {name} is damaged", "kb build")
    return is_there("encoder", f"{name}, exported")


def _multilingual(settings: Settings) -> Finding:
    subject = "multilingual encoder"
    try:
        found = open_multilingual(settings.multilingual, settings.index)
        if found:
            return is_there(subject, found.identity.name)
    except KbError as error:
        return is_missing(subject, str(error))
    said = "none, so queries in Spanish are searched by words only"
    return is_absent(subject, said, "see docs/evaluation.md for the alternatives")


def _programs() -> Iterator[Finding]:
    pandoc, tesseract = processor(), shutil.which(PROGRAM)
    if pandoc:
        yield is_there("pandoc", pandoc)
    else:
        said = "not installed, so citations are plain and office files cannot be imported"
        yield is_absent("pandoc", said, "pip install pypandoc-binary, then kb build")
    if tesseract:
        yield is_there("tesseract", tesseract)
    else:
        said = "not installed, so scanned pages cannot be read"
        yield is_absent("tesseract", said, "install tesseract-ocr (apt) or tesseract (brew)")
    if find_spec("vl_convert"):
        yield is_there("charts", "vl-convert is installed")
    else:
        said = "vl-convert is not installed, so pages show tables without charts"
        yield is_absent("charts", said, "pip install vl-convert-python, then kb build")


def _index(subject: str, engine: Engine, corpus: Path | None) -> Finding:
    """Return the finding on an index; if `corpus` is given, the index must match that corpus."""
    try:
        manifest = engine.verify()
    except KbError as error:
        return is_missing(subject, str(error))
    if manifest.builder != builder_version():
        return is_missing(subject, "built by another version of this program", "kb build")
    if corpus and manifest.corpus != corpora.digest(corpus):
        return is_missing(subject, "built from an older corpus", "kb build")
    said = f"generation {manifest.generation}, format {manifest.format}"
    return is_there(subject, f"{said}, {manifest.documents} documents, complete and current")


def _shelves(root: Path) -> Finding:
    store = ShelfStore(root)
    try:
        documents = [stored.record for stored in store.documents()]
    except (KbError, OSError, ValueError) as error:
        first = str(error).splitlines()[0]
        return is_missing("shelves", f"{root}: {first}", "kb shelf list")
    return is_there("shelves", f"{root}, {len(documents)} imported documents")


def _disk(folder: Path) -> Finding:
    """Return the finding on the free space of the disk that holds the index."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / GIGABYTE:.1f} GB free in {there}"
    if free < NEEDED_BYTES:
        wanted = f"expected {NEEDED_BYTES // GIGABYTE} GB"
        return is_missing("disk", f"{said}; {wanted}", "free up space")
    return is_there("disk", said)
