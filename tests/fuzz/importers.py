"""Feed broken files to each importer and report crashes, timeouts and excessive memory.

    python -m tests.fuzz.importers [--minutes 10] [--seed 1] [--kinds pdf,docx] [--keep FOLDER]

Every file is read in a worker with limits, as an import does. A file that is refused is no finding;
a worker that dies, or takes too much time or memory, is one.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from indexer.importers.base import SourceInfo
from indexer.imports.job import Job
from indexer.imports.workers import KilledError, Limits, Worker
from kb.errors import UnreadableError
from tests.builders import make_corpus
from tests.fuzz.mutations import mutated
from tests.imports.files import KINDS, make

LIMITS = Limits(seconds=30, megabytes=1024)


class Finding(NamedTuple):
    """A broken file that ended its worker."""

    kind: str
    seed: int
    wrong: str
    content: bytes


class Fuzz:
    """A file to start from for each kind, a worker with limits, and the counts of results."""

    def __init__(self, home: Path, limits: Limits = LIMITS) -> None:
        self._home = home
        self._corpus = make_corpus(home, [])
        self._seeds = {kind: make(home, kind, 1).read_bytes() for kind in KINDS}
        self._worker = Worker(limits, home / "scratch")
        self.counts: Counter[tuple[str, str]] = Counter()

    def add_seed(self, kind: str, content: bytes) -> None:
        """Add a file to start from, under a kind of its own."""
        self._seeds[kind] = content

    def close(self) -> None:
        """Stop the worker."""
        self._worker.stop()

    def attempt(self, kind: str, seed: int) -> Finding | None:
        """Read the file of a kind with random changes by the seed; return a finding or None."""
        content = mutated(self._seeds[kind], random.Random(f"{kind} {seed}"))
        path, folder = self._home / f"broken.{kind}", self._home / "made"
        path.write_bytes(content)
        folder.mkdir(exist_ok=True)
        job = Job(
            path=path,
            folder=folder,
            info=SourceInfo(name=path.name),
            document_id="fuzz",
            corpus=self._corpus,
        )
        try:
            self._worker.run(job)
        except KilledError as error:
            self.counts[kind, "killed"] += 1
            return Finding(kind, seed, error.wrong, content)
        except UnreadableError:
            self.counts[kind, "refused"] += 1
            return None
        self.counts[kind, "read"] += 1
        return None


def main() -> int:
    """Fuzz each kind for the given minutes; return 1 if there is a finding, else 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="for each kind of file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    parser.add_argument(
        "--files", type=Path, nargs="*", default=[], help="more files to begin with"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        fuzz = Fuzz(Path(home))
        kinds = [*asked.kinds.split(","), *_more(fuzz, asked.files)]
        found = list(_findings(fuzz, kinds, asked.seed, asked.minutes))
        fuzz.close()
    for kind in kinds:
        said = ", ".join(f"{fuzz.counts[kind, how]} {how}" for how in ("read", "refused", "killed"))
        sys.stdout.write(f"{kind}: {said}\n")
    for one in found:
        asked.keep.mkdir(exist_ok=True)
        (asked.keep / f"{one.seed}.{one.kind}").write_bytes(one.content)
        sys.stdout.write(f"{asked.keep / f'{one.seed}.{one.kind}'}: {one.wrong}\n")
    return int(bool(found))


def _more(fuzz: Fuzz, files: list[Path]) -> Iterator[str]:
    for path in files:
        kind = f"{path.stem}{path.suffix}"
        fuzz.add_seed(kind, path.read_bytes())
        yield kind


def _findings(fuzz: Fuzz, kinds: list[str], seed: int, minutes: float) -> Iterator[Finding]:
    with tqdm(total=len(kinds) * round(minutes * 60), unit="s", disable=None) as bar:
        for kind in kinds:
            end = time.monotonic() + minutes * 60
            number = seed * 1_000_000
            while (left := end - time.monotonic()) > 0:
                found = fuzz.attempt(kind, number)
                if found:
                    yield found
                number += 1
                bar.set_description(kind)
                bar.n = round((kinds.index(kind) + 1) * minutes * 60 - left)
                bar.refresh()


if __name__ == "__main__":
    sys.exit(main())
