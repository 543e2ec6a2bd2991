"""An import, top to bottom: find, compare, read in workers, keep. The index is built after it."""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from indexer.corpus.read import tables
from indexer.importers.base import Asked
from indexer.importers.fetch.download import Allowed, fetch
from indexer.imports.find import Found, Left, files_of, found, why
from indexer.imports.job import Job, Made
from indexer.imports.pool import Limits, Pool
from indexer.imports.record import today, validated
from indexer.imports.store import LOCK, ORIGIN, RECORD, Kept, Shelves, checked_name, origin
from indexer.imports.validate import keep_laws
from kb import __version__
from kb.domain.imports import Origin, Remark
from kb.domain.noun import Noun
from kb.domain.places import Gazetteer
from kb.domain.topics import Thesaurus
from kb.errors import CorpusError, KbError, UnreadableError
from kb.index.local.generations import locked

Report = Callable[[str, int, int], object]

LONGEST_SLUG = 40  # characters of a file's name that stand in an id
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_KNOWN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class Brought(Noun):
    """A document that an import made, or changed."""

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


class Summary(Noun):
    """What an import did."""

    shelf: str
    dry_run: bool = False
    brought: tuple[Brought, ...] = ()
    unchanged: tuple[str, ...] = ()
    same: tuple[Left, ...] = ()  # the content of another document
    skipped: tuple[Left, ...] = ()
    failed: tuple[Left, ...] = ()


class Wish(NamedTuple):
    """What a person asks for."""

    paths: Sequence[str]
    shelf: str
    told: Mapping[str, Any] = {}
    language: str | None = None
    password: str | None = None
    dry_run: bool = False
    private: bool = False  # addresses of private networks too
    processes: int = 0


class Place(NamedTuple):
    """Where things lie."""

    shelves: Path
    corpus: Path
    tokenizer: Path | None = None
    tokens: int = 256
    limits: Limits = Limits()


def bring(wish: Wish, place: Place, report: Report) -> Summary:
    """Import everything that was named; what cannot be read is told, and the rest goes on.

    ShelfError for a name that no shelf may have. A kill loses nothing but time: what was kept is
    whole, and the next import goes on.
    """
    checked_name(wish.shelf)
    with locked(place.shelves, lambda: report("waiting for another import", 0, 0), name=LOCK):
        shelves = Shelves(place.shelves)
        shelves.clear()
        try:
            return _Import(wish, place, shelves, report).run()
        finally:
            shelves.clear()


class _Import:
    def __init__(self, wish: Wish, place: Place, shelves: Shelves, report: Report) -> None:
        self.wish, self.place, self.shelves, self.report = wish, place, shelves, report
        self.skipped: list[Left] = []
        self.failed: list[Left] = []
        self.same: list[Left] = []
        self.unchanged: list[str] = []
        self.brought: list[Brought] = []
        self.kept = {one.id: one for one in shelves.documents(wish.shelf)}
        self.by_content: dict[str, str] = {}
        self.by_place: dict[str, str] = {}
        for id, one in self.kept.items():
            came = origin(one.latest)
            self.by_content[came.sha256] = id
            self.by_place[came.path] = id
        self.plans: dict[str, tuple[Found, Kept | None]] = {}
        self.copies: dict[str, list[Found]] = {}  # of what is planned, by its id

    def run(self) -> Summary:
        for one in self._found():
            self._plan(one)
        jobs = [self._job(id, one) for id, (one, _) in self.plans.items()]
        self.report("reading", 0, len(jobs))
        processes = self.wish.processes or min(len(jobs), os.cpu_count() or 1)
        pool = Pool(max(1, processes), self.shelves.incoming / "scratch", self.place.limits)
        for job, made in pool.run(jobs):
            self._keep(job, made)
            self.report("reading", 1, len(jobs))
        return Summary(
            shelf=self.wish.shelf,
            dry_run=self.wish.dry_run,
            brought=tuple(sorted(self.brought, key=lambda one: one.name)),
            unchanged=tuple(self.unchanged),
            same=tuple(self.same),
            skipped=tuple(self.skipped),
            failed=tuple(sorted(self.failed, key=lambda one: one.name)),
        )

    def _found(self) -> list[Found]:
        """Every file, those from addresses fetched; in a fixed order."""
        paths = [Path(one) for one in self.wish.paths if not _ADDRESS.match(one)]
        addresses = [one for one in self.wish.paths if _ADDRESS.match(one)]
        listed = []
        for path, name in files_of(paths, self.skipped):
            listed += self._tried(name, partial(found, path, name))
        self.report("fetching", 0, len(addresses))
        for index, address in enumerate(addresses):
            listed += self._tried(address, partial(self._fetched, address, index))
            self.report("fetching", 1, len(addresses))
        return listed

    def _tried(self, name: str, one: Callable[[], Found]) -> list[Found]:
        try:
            return [one()]
        except (UnreadableError, CorpusError) as error:
            self.failed.append(Left(name=name, why=why(error)))
            return []

    def _fetched(self, url: str, at: int) -> Found:
        folder = self.shelves.incoming / f"fetched-{at}"
        folder.mkdir(parents=True)
        got = fetch(url, folder, Allowed(private=self.wish.private))
        return found(got.path, url, url)._replace(url=got.url)  # where redirects led

    def _plan(self, one: Found) -> None:
        """Whether a file is new, changed, known already or the same as another."""
        here = self.by_place.get(one.came_from)
        holder = self.by_content.get(one.sha256)
        if holder is not None and holder == here and holder in self.kept:
            self._retold(self.kept[holder], one)
        elif holder is not None and holder in self.plans:
            self.copies.setdefault(holder, []).append(one)
        elif holder is not None and holder != here:
            self._copied(holder, one)
        elif here is not None:
            self.plans[here] = (one, self.kept[here])
            self.by_content[one.sha256] = here
        else:
            id = document_id(self.wish.shelf, one.name, one.sha256)
            self.plans[id] = (one, None)
            self.by_content[one.sha256] = self.by_place[one.came_from] = id

    def _copied(self, holder: str, one: Found) -> None:
        self.same.append(Left(name=one.name, why=f"has the content of {holder}"))

    def _told(self, one: Found) -> dict[str, Any]:
        return merged(one.told, self.wish.told)

    def _retold(self, kept: Kept, one: Found) -> None:
        """The content is known; what a person tells of it may be new."""
        before = kept.record()
        told = self._told(one)
        front = merged(before.model_dump(mode="json", exclude_none=True), told)
        front["guessed"] = [key for key in before.guessed if not _is_told(key, told)]
        try:
            after = validated(one.name, front)
            topics, places = tables(self.place.corpus)
            keep_laws(one.name, after, Thesaurus(topics), Gazetteer(places))
        except CorpusError as error:
            self.failed.append(Left(name=one.name, why=why(error)))
            return
        if after == before:
            self.unchanged.append(kept.id)
            return
        if not self.wish.dry_run:
            kept.write_record(after)
        self.brought.append(
            Brought(id=kept.id, name=one.name, title=after.source.title, change="record",
                    version=len(kept.versions), guessed=after.guessed)
        )  # fmt: skip

    def _job(self, id: str, one: Found) -> Job:
        folder = self.shelves.incoming / "made" / id / "1"
        folder.mkdir(parents=True)
        return Job(
            path=one.path,
            folder=folder,
            asked=Asked(
                name=one.name,
                language=self.wish.language,
                password=self.wish.password,
                url=one.url,
            ),
            document_id=id,
            told=self._told(one),
            tokenizer=self.place.tokenizer,
            tokens=self.place.tokens,
            corpus=self.place.corpus,
        )

    def _keep(self, job: Job, made: Made | KbError) -> None:
        """Put what a worker made on the shelf; what it left undone is told, and nothing stays."""
        one, kept = self.plans[job.document_id]
        copies = self.copies.get(job.document_id, [])
        if isinstance(made, KbError):
            self.failed += (Left(name=each.name, why=why(made)) for each in (one, *copies))
            shutil.rmtree(job.folder.parent)
            return
        for each in copies:
            self._copied(job.document_id, each)
        if not self.wish.dry_run:
            self._put(job, made, one, kept)
        self.brought.append(
            Brought(
                id=job.document_id,
                name=one.name,
                title=made.title,
                change="new version" if kept else "new",
                version=len(kept.versions) if kept and not self.wish.dry_run else 1,
                passages=made.passages,
                suggestions=made.suggestions,
                pages=made.pages,
                guessed=() if kept else made.guessed,
                remarks=made.remarks,
            )
        )

    def _put(self, job: Job, made: Made, one: Found, kept: Kept | None) -> None:
        suffix = _KNOWN_SUFFIX.fullmatch(one.path.suffix.lower())
        name = f"original{suffix.group() if suffix else ''}"
        shutil.copyfile(one.path, job.folder / name)
        came = Origin(
            name=one.name,
            path=one.came_from,
            sha256=one.sha256,
            bytes=(job.folder / name).stat().st_size,
            format=made.format,
            imported=today(),
            program=__version__,
            original=name,
            characters=made.characters,
            pages=made.pages,
            remarks=made.remarks,
        )
        (job.folder / ORIGIN).write_text(came.model_dump_json(indent=1), "utf-8")
        (job.folder / RECORD).replace(job.folder.parent / RECORD)
        if kept is None:
            self.shelves.place(self.wish.shelf, job.document_id, job.folder.parent)
        else:  # the record is the person's by now, and stays
            self.shelves.add_version(kept, job.folder)


def document_id(shelf: str, name: str, sha256: str) -> str:
    """The id of a new document: the same file has the same one, whatever else is imported."""
    stem = re.sub(r"[?#].*", "", name).rstrip("/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKD", stem.rsplit(".", 1)[0]).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:LONGEST_SLUG].strip("-")
    return "-".join(part for part in (shelf, slug, sha256[:6]) if part)


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Both, mappings key by key; the second counts where both say something."""
    found = dict(first) | {key: value for key, value in second.items() if key not in first}
    for key in first.keys() & second.keys():
        both = isinstance(first[key], Mapping) and isinstance(second[key], Mapping)
        found[key] = merged(first[key], second[key]) if both else second[key]
    return found


def _is_told(key: str, told: Mapping[str, Any]) -> bool:
    outer, _, inner = key.partition(".")
    return outer in told and (not inner or inner in told[outer])
