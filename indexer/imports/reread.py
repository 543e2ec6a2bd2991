"""Originals on a shelf -> new versions, where this program reads them differently."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from indexer.importers.base import Asked
from indexer.imports.find import Left, why
from indexer.imports.job import Job, Made
from indexer.imports.pool import Pool
from indexer.imports.record import today
from indexer.imports.run import Place
from indexer.imports.store import ORIGIN, PIECES, RECORD, SUGGESTIONS, TEXT, Kept, Shelves, origin
from kb import __version__
from kb.domain.noun import Noun
from kb.errors import KbError

Report = Callable[[str, int, int], object]


class Rebuilt(Noun):
    """What reading the originals again did."""

    changed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[Left, ...] = ()


class Again(NamedTuple):
    """What to read again, and how."""

    shelf: str | None
    password: str | None = None
    processes: int = 1


def read_again(asked: Again, place: Place, report: Report) -> Rebuilt:
    """Read every original again; the caller holds the lock. Records and decisions stay."""
    shelves = Shelves(place.shelves)
    shelves.clear()
    changed, unchanged, failed = [], 0, []
    kept = {one.id: one for one in shelves.documents(asked.shelf)}
    jobs = [
        _job(one, shelves.incoming / "made" / one.id / "1", asked, place) for one in kept.values()
    ]
    report("reading", 0, len(jobs))
    pool = Pool(asked.processes, shelves.incoming / "scratch", place.limits)
    for job, made in pool.run(jobs):
        report("reading", 1, len(jobs))
        one = kept[job.document_id]
        if isinstance(made, KbError):
            failed.append(Left(name=one.id, why=why(made)))
        elif _is_same(one.latest, job.folder):
            unchanged += 1
        else:
            _add(shelves, one, job.folder, made)
            changed.append(one.id)
    shelves.clear()
    return Rebuilt(changed=tuple(sorted(changed)), unchanged=unchanged, failed=tuple(failed))


def _job(kept: Kept, folder: Path, asked: Again, place: Place) -> Job:
    came = origin(kept.latest)
    folder.mkdir(parents=True)
    url = came.path if came.path.startswith(("http://", "https://")) else None
    language = kept.record().source.language
    return Job(
        path=kept.latest / came.original,
        folder=folder,
        asked=Asked(name=came.name, language=language, password=asked.password, url=url),
        document_id=kept.id,
        tokenizer=place.tokenizer,
        tokens=place.tokens,
        corpus=place.corpus,
    )


def _is_same(version: Path, fresh: Path) -> bool:
    return all(
        (version / name).read_bytes() == (fresh / name).read_bytes()
        for name in (TEXT, PIECES, SUGGESTIONS)
    )


def _add(shelves: Shelves, kept: Kept, folder: Path, made: Made) -> None:
    came = origin(kept.latest)
    shutil.copyfile(kept.latest / came.original, folder / came.original)
    came = came.model_copy(
        update={
            "imported": today(),
            "program": __version__,
            "format": made.format,
            "characters": made.characters,
            "pages": made.pages,
            "remarks": made.remarks,
        }
    )
    (folder / ORIGIN).write_text(came.model_dump_json(indent=1), "utf-8")
    (folder / RECORD).unlink()
    shelves.add_version(kept, folder)
