"""Run an import: find files, compare them with the shelf, read them in workers, store them."""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from indexer.importers.base import SourceInfo
from indexer.importers.fetch.download import Allowed, fetch
from indexer.imports.find import Skipped, SourceFile, find_files, fingerprint, reason
from indexer.imports.job import ExtractionResult, Job
from indexer.imports.record import validated
from indexer.imports.store import ShelfStore, StoredDocument, checked_name
from indexer.imports.validate import read_rules, validate_record
from indexer.imports.workers import Limits, run_jobs
from kb.domain.base import Noun
from kb.domain.documents import Document
from kb.domain.imports import Remark
from kb.encoders.tokens import TokenLimit
from kb.errors import (
    FULL_DISK,
    CorpusError,
    KbError,
    ShelfError,
    StorageError,
    UnreadableError,
    storage_error,
)
from kb.locks import locked
from kb.shelves.layout import INCOMING, LOCK, RECORD, read_origin

# Called with (step, items done since the last call, total) to report progress.
Progress = Callable[[str, int, int], object]

MAX_SLUG_CHARACTERS = 40  # from the file name, in a document id
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_KNOWN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class ImportedDocument(Noun):
    """A document that an import added or changed."""

    id: str
    name: str
    title: str
    change: str  # new, new version, record
    version: int
    passages: int = 0
    suggestions: int = 0
    pages: int | None = None
    guessed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


class ImportReport(Noun):
    """Result of an import."""

    shelf: str
    dry_run: bool = False
    documents: tuple[ImportedDocument, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[Skipped, ...] = ()  # files with the same content as another document
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()
    stopped: str | None = None  # the reason, if the import ended before all files were read


class ImportRequest(NamedTuple):
    """Files, shelf and options for one import."""

    paths: Sequence[str]
    shelf: str
    metadata: Mapping[str, Any] = {}
    language: str | None = None
    password: str | None = None
    dry_run: bool = False
    private: bool = False  # allow URLs in private networks
    processes: int = 0


class ImportPaths(NamedTuple):
    """Folders and limits for an import."""

    shelves: Path
    corpus: Path
    tokens: TokenLimit = TokenLimit()
    limits: Limits = Limits()

    def job(
        self, id: str, path: Path, info: SourceInfo, metadata: Mapping[str, Any] | None = None
    ) -> Job:
        """Create the output folder of a job that reads a file, and return the job."""
        folder = self.shelves / INCOMING / "extracted" / id / "1"
        folder.mkdir(parents=True)
        return Job(
            path=_utf8_path(path, folder.parent.with_suffix(".source")),
            folder=folder,
            info=info,
            document_id=id,
            metadata=dict(metadata or {}),
            tokenizer=self.tokens.tokenizer,
            max_tokens=self.tokens.most,
            corpus=self.corpus,
        )


def run_import(request: ImportRequest, paths: ImportPaths, progress: Progress) -> ImportReport:
    """Import the requested files and URLs. Raise ShelfError if the shelf's name is invalid.

    An import that is killed leaves only complete documents; the next one continues from there.
    """
    checked_name(request.shelf)
    with locked(paths.shelves, lambda: progress("waiting for another import", 0, 0), name=LOCK):
        store = ShelfStore(paths.shelves)
        store.clear()
        try:
            return _Import(request, paths, store, progress).run()
        finally:
            store.clear()


class _Import:
    def __init__(
        self, request: ImportRequest, paths: ImportPaths, store: ShelfStore, progress: Progress
    ) -> None:
        self.request, self.paths, self.store, self.progress = request, paths, store, progress
        self.rules = read_rules(paths.corpus)
        self.skipped: list[Skipped] = []
        self.failed: list[Skipped] = []
        self.duplicates: list[Skipped] = []
        self.unchanged: list[str] = []
        self.documents: list[ImportedDocument] = []
        self.stopped: str | None = None
        self.stored: dict[str, StoredDocument] = {}
        self.by_content: dict[str, str] = {}
        self.by_origin: dict[str, str] = {}
        for one in store.documents(request.shelf):
            with suppress(ShelfError):  # damaged: the index leaves it out, and `kb check` names it
                origin = read_origin(one.latest)
                self.stored[one.id] = one
                self.by_content[origin.sha256] = self.by_origin[origin.path] = one.id
        self.plans: dict[str, tuple[SourceFile, StoredDocument | None]] = {}
        self.copies: dict[str, list[SourceFile]] = {}  # duplicates of planned files, by document id

    def run(self) -> ImportReport:
        try:
            self._read_all()
        except StorageError as error:
            self.stopped = str(error)
        except OSError as error:
            if error.errno not in FULL_DISK:
                raise
            self.stopped = str(storage_error(error))
        return ImportReport(
            shelf=self.request.shelf,
            dry_run=self.request.dry_run,
            documents=tuple(sorted(self.documents, key=lambda one: one.name)),
            unchanged=tuple(self.unchanged),
            duplicates=tuple(self.duplicates),
            skipped=tuple(self.skipped),
            failed=tuple(sorted(self.failed, key=lambda one: one.name)),
            stopped=self.stopped,
        )

    def _read_all(self) -> None:
        for one in self._source_files():
            self._plan(one)
        jobs = [self._job(id, one) for id, (one, _) in self.plans.items()]
        processes = self.request.processes or min(len(jobs), os.cpu_count() or 1)
        scratch = self.store.incoming / "scratch"
        for job, result in run_jobs(jobs, processes, scratch, self.paths.limits):
            self._finish(job, result)
            self.progress("reading", 1, len(jobs))

    def _source_files(self) -> list[SourceFile]:
        """Return every file to import in a fixed order, after downloading the URLs."""
        paths = [Path(one) for one in self.request.paths if not _ADDRESS.match(one)]
        addresses = [one for one in self.request.paths if _ADDRESS.match(one)]
        found = []
        for path, name in find_files(paths, self.skipped):
            found += self._try(name, partial(fingerprint, path, name))
        for index, address in enumerate(addresses):
            found += self._try(address, partial(self._fetch, address, index))
            self.progress("fetching", 1, len(addresses))
        return found

    def _try(self, name: str, read: Callable[[], SourceFile]) -> list[SourceFile]:
        try:
            return [read()]
        except (UnreadableError, CorpusError) as error:
            self._fail(name, error)
            return []

    def _fail(self, name: str, error: KbError) -> None:
        self.failed.append(Skipped(name=name, reason=reason(error)))

    def _fetch(self, url: str, index: int) -> SourceFile:
        folder = self.store.incoming / f"fetched-{index}"
        folder.mkdir(parents=True)
        fetched = fetch(url, folder, Allowed(private=self.request.private))
        return fingerprint(fetched.path, url, url)._replace(url=fetched.url)  # after redirects

    def _plan(self, one: SourceFile) -> None:
        """Decide whether a file is new, changed, unchanged or a duplicate."""
        here = self.by_origin.get(one.origin)
        holder = self.by_content.get(one.sha256)
        if holder is not None and holder == here and holder in self.stored:
            self._update_record(self.stored[holder], one)
        elif holder is not None and holder in self.plans:
            self.copies.setdefault(holder, []).append(one)
        elif holder is not None and holder != here:
            self._report_duplicate(holder, one)
        elif here is not None:
            self.plans[here] = (one, self.stored[here])
            self.by_content[one.sha256] = here
        else:
            id = document_id(self.request.shelf, one.name, one.sha256)
            self.plans[id] = (one, None)
            self.by_content[one.sha256] = self.by_origin[one.origin] = id

    def _report_duplicate(self, holder: str, one: SourceFile) -> None:
        self.duplicates.append(Skipped(name=one.name, reason=f"same content as {holder}"))

    def _metadata(self, one: SourceFile) -> dict[str, Any]:
        return merge_metadata(one.metadata, self.request.metadata)

    def _update_record(self, stored: StoredDocument, one: SourceFile) -> None:
        """Update the record of an unchanged file if the user's metadata has changed."""
        metadata = self._metadata(one)
        try:
            before = stored.record()
            front = merge_metadata(before.model_dump(mode="json", exclude_none=True), metadata)
            front["guessed"] = [key for key in before.guessed if not _has_key(metadata, key)]
            after = validated(Document, one.name, front)
            validate_record(one.name, after, self.rules)
            if after == before:
                self.unchanged.append(stored.id)
                return
            if not self.request.dry_run:
                stored.write_record(after)
        except CorpusError as error:
            self._fail(one.name, error)
            return
        self.documents.append(
            ImportedDocument(id=stored.id, name=one.name, title=after.source.title,
                             change="record", version=len(stored.versions), guessed=after.guessed)
        )  # fmt: skip

    def _job(self, id: str, one: SourceFile) -> Job:
        request = self.request
        info = SourceInfo(
            name=one.name, language=request.language, password=request.password, url=one.url
        )
        return self.paths.job(id, one.path, info, self._metadata(one))

    def _finish(self, job: Job, result: ExtractionResult | KbError) -> None:
        """Store a worker's output, or report its failure and delete the output."""
        one, stored = self.plans[job.document_id]
        copies = self.copies.get(job.document_id, [])
        if isinstance(result, StorageError):
            raise result
        if isinstance(result, KbError):
            for each in (one, *copies):
                self._fail(each.name, result)
            shutil.rmtree(job.folder.parent)
            return
        for each in copies:
            self._report_duplicate(job.document_id, each)
        if not self.request.dry_run:
            self._store(job, result, one, stored)
        self.documents.append(
            ImportedDocument(
                id=job.document_id,
                name=one.name,
                title=result.title,
                change="new version" if stored else "new",
                version=len(stored.versions) if stored and not self.request.dry_run else 1,
                passages=result.passages,
                suggestions=result.suggestions,
                pages=result.pages,
                guessed=() if stored else result.guessed,
                remarks=result.remarks,
            )
        )

    def _store(
        self, job: Job, result: ExtractionResult, one: SourceFile, stored: StoredDocument | None
    ) -> None:
        suffix = _KNOWN_SUFFIX.fullmatch(one.path.suffix.lower())
        name = f"original{suffix.group() if suffix else ''}"
        shutil.copyfile(one.path, job.folder / name)
        result.write_origin(
            job.folder,
            name=one.name,
            path=one.origin,
            sha256=one.sha256,
            bytes=(job.folder / name).stat().st_size,
            original=name,
        )
        (job.folder / RECORD).replace(job.folder.parent / RECORD)
        if stored is None:
            self.store.add(self.request.shelf, job.document_id, job.folder.parent)
        else:  # the user may have edited the record, so it is kept
            self.store.add_version(stored, job.folder)


def _utf8_path(path: Path, link: Path) -> Path:
    """Return a UTF-8 path for a worker: `path` itself, or `link`, created as a symlink to it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        link.symlink_to(path)
        return link
    return path


def document_id(shelf: str, name: str, sha256: str) -> str:
    """Return the id of a new document, which depends only on the shelf and the file."""
    stem = re.sub(r"[?#].*", "", name).rstrip("/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKD", stem.rsplit(".", 1)[0]).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:MAX_SLUG_CHARACTERS].strip("-")
    return "-".join(part for part in (shelf, slug, sha256[:6]) if part)


def merge_metadata(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two mappings recursively; where both have a value, the second one's is kept."""
    merged = dict(first) | {key: value for key, value in second.items() if key not in first}
    for key in first.keys() & second.keys():
        both = isinstance(first[key], Mapping) and isinstance(second[key], Mapping)
        merged[key] = merge_metadata(first[key], second[key]) if both else second[key]
    return merged


def _has_key(metadata: Mapping[str, Any], key: str) -> bool:
    outer, _, inner = key.partition(".")
    return outer in metadata and (not inner or inner in metadata[outer])
