"""Extract the originals on a shelf again, and add a version if the result differs."""

import shutil
from pathlib import Path
from typing import NamedTuple

from indexer.importers.base import SourceInfo
from indexer.imports.find import Skipped, reason
from indexer.imports.job import ExtractionResult, Job
from indexer.imports.run import ImportPaths, Progress
from indexer.imports.store import ShelfStore, StoredDocument
from indexer.imports.workers import run_jobs
from kb.domain.base import Noun
from kb.errors import CorpusError, KbError, ShelfError
from kb.shelves.layout import PIECES, RECORD, SUGGESTIONS, TEXT, read_origin


class RereadReport(Noun):
    """Result of extracting originals again: ids of changed documents, and files that failed."""

    changed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[Skipped, ...] = ()


class RereadRequest(NamedTuple):
    """Options for extracting originals again; a `shelf` of None means all shelves."""

    shelf: str | None
    password: str | None = None
    processes: int = 1


def reread_originals(
    request: RereadRequest, paths: ImportPaths, progress: Progress
) -> RereadReport:
    """Extract the originals again, keeping records and decisions.

    The caller must hold the lock of the shelves.
    """
    store = ShelfStore(paths.shelves)
    store.clear()
    changed, unchanged, failed = [], 0, []
    documents: dict[str, StoredDocument] = {}
    jobs = []
    for stored in store.documents(request.shelf):
        try:
            jobs.append(_job(stored, request, paths))
            documents[stored.id] = stored
        except (CorpusError, ShelfError) as error:
            failed.append(Skipped(name=stored.id, reason=reason(error)))
    progress("reading", 0, len(jobs))
    scratch = store.incoming / "scratch"
    for job, result in run_jobs(jobs, request.processes, scratch, paths.limits):
        progress("reading", 1, len(jobs))
        stored = documents[job.document_id]
        if isinstance(result, KbError):
            failed.append(Skipped(name=stored.id, reason=reason(result)))
        elif _is_same(stored.latest, job.folder):
            unchanged += 1
        else:
            _add_version(store, stored, job.folder, result)
            changed.append(stored.id)
    store.clear()
    return RereadReport(changed=tuple(sorted(changed)), unchanged=unchanged, failed=tuple(failed))


def _job(stored: StoredDocument, request: RereadRequest, paths: ImportPaths) -> Job:
    origin = read_origin(stored.latest)
    url = origin.path if origin.path.startswith(("http://", "https://")) else None
    language = stored.record().source.language
    info = SourceInfo(name=origin.name, language=language, password=request.password, url=url)
    return paths.job(stored.id, stored.latest / origin.original, info)


def _is_same(version: Path, fresh: Path) -> bool:
    names = (TEXT, PIECES, SUGGESTIONS)
    return all(
        (version / name).is_file() and (version / name).read_bytes() == (fresh / name).read_bytes()
        for name in names
    )


def _add_version(
    store: ShelfStore, stored: StoredDocument, folder: Path, result: ExtractionResult
) -> None:
    origin = read_origin(stored.latest)
    shutil.copyfile(stored.latest / origin.original, folder / origin.original)
    result.write_origin(
        folder, **origin.model_dump(include={"name", "path", "sha256", "bytes", "original"})
    )
    (folder / RECORD).unlink()
    store.add_version(stored, folder)
