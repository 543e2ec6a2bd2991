"""Run `kb import`, `kb review` and `kb shelf remove` for the pages, one at a time.

The server never loads the importers. Files are read in a separate process, which can run out of
memory or crash without stopping the server.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Literal, NamedTuple

from kb.settings import Settings

UPLOADS = ".uploads"  # folder of uploaded files, inside the shelves; no shelf has this name
MAX_NAME_CHARACTERS = 60  # of an uploaded file; file systems allow 255 bytes
MAX_MESSAGES = 20  # lines of a failed command that are shown

Kind = Literal["import", "review", "remove"]
State = Literal["running", "done", "failed"]

_RUN = "import sys; from kb.cli import main; sys.exit(main())"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_BAR = re.compile(r"(?P<step>[a-z][a-z ]*?)\s*:\s+(?P<percent>\d{1,3})%\|")  # of tqdm
_BETWEEN_BARS = re.compile(rb"[\r\n]")


class Job(NamedTuple):
    """A command that runs or has run."""

    kind: Kind
    names: tuple[str, ...]  # files or titles that it is about
    state: State = "running"
    step: str = ""
    percent: int | None = None  # of the step; None if unknown
    report: Mapping[str, Any] | None = None  # the ImportReport of an import that finished
    messages: tuple[str, ...] = ()  # what the command said, if it failed


class ShelfCommands:
    """Runs commands that change the shelves in the background, and follows their progress."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._thread: threading.Thread | None = None

    @property
    def job(self) -> Job | None:
        """Return the running or most recent command, or None if there has been none."""
        return self._job

    @property
    def uploads(self) -> Path:
        """Return the folder for uploaded files, which is deleted when their import ends."""
        return self._settings.shelves / UPLOADS

    def add(self, files: Mapping[str, IO[bytes]], shelf: str) -> bool:
        """Start importing the named files to a shelf; return False if a command is running.

        A file with the name of an earlier one becomes a new version of its document.
        """
        job = Job("import", tuple(files))
        if not self._begin(job):
            return False
        try:
            shutil.rmtree(self.uploads, ignore_errors=True)  # left by a server that was killed
            self.uploads.mkdir(parents=True)
            for name, content in files.items():
                with (self.uploads / name).open("xb") as file:
                    shutil.copyfileobj(content, file)
        except OSError as error:
            shutil.rmtree(self.uploads, ignore_errors=True)
            self._job = job._replace(state="failed", messages=(str(error.strerror or error),))
            return True
        self._start(
            ["import", "--json", f"--shelf={shelf}", *sorted(map(str, self.uploads.iterdir()))]
        )
        return True

    def review(self, title: str, accepted: Sequence[str], rejected: Sequence[str]) -> bool:
        """Start saving decisions on suggestions; return False if a command is running."""
        decisions = [f"--accept={id}" for id in accepted] + [f"--reject={id}" for id in rejected]
        if not self._begin(Job("review", (title,))):
            return False
        self._start(["review", *decisions])
        return True

    def remove(self, title: str, shelf: str, document_id: str) -> bool:
        """Start removing a document from its shelf; return False if a command is running."""
        if not self._begin(Job("remove", (title,))):
            return False
        self._start(["shelf", "remove", shelf, document_id])
        return True

    def wait(self) -> None:
        """Wait until no command is running."""
        if self._thread:
            self._thread.join()

    def _begin(self, job: Job) -> bool:
        with self._lock:
            if self._job and self._job.state == "running":
                return False
            self._job = job
            return True

    def _start(self, arguments: list[str]) -> None:
        self._thread = threading.Thread(target=self._run, args=(arguments,), daemon=True)
        self._thread.start()

    def _run(self, arguments: list[str]) -> None:
        """Run the command, follow its progress bars, and keep its result."""
        job, said = self._job, list[str]()
        assert job  # noqa: S101 - begun before
        try:
            code, printed = self._called(arguments, said)
        except OSError as error:
            code, printed = 1, b""
            said.append(str(error))
        if job.kind == "import":
            shutil.rmtree(self.uploads, ignore_errors=True)
        report = _report(printed) if job.kind == "import" else None
        failed = code != 0 and report is None  # a report says itself which files failed
        self._job = job._replace(
            state="failed" if failed else "done",
            report=report,
            messages=tuple(said[-MAX_MESSAGES:]) if failed else (),
        )

    def _called(self, arguments: list[str], said: list[str]) -> tuple[int, bytes]:
        """Run the command; return its exit code and standard output."""
        settings = self._settings
        folders = {
            "KB_CORPUS": str(settings.corpus),
            "KB_INDEX": str(settings.index),
            "KB_SHELVES": str(settings.shelves),
            "KB_MODEL": settings.model,
            "KB_MULTILINGUAL": settings.multilingual,
        }
        with (
            TemporaryFile() as printed,
            subprocess.Popen(  # noqa: S603 - our own program, with paths and checked ids
                [sys.executable, "-c", _RUN, *arguments],
                env=os.environ | folders,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.PIPE,
            ) as program,
        ):
            assert program.stderr  # noqa: S101 - a pipe
            self._follow(program.stderr, said)
            code = program.wait()
            printed.seek(0)
            return code, printed.read()

    def _follow(self, pipe: IO[bytes], said: list[str]) -> None:
        """Read the progress bars until the program ends, and collect all other lines."""
        rest = b""
        while chunk := os.read(pipe.fileno(), 4096):
            *lines, rest = _BETWEEN_BARS.split(rest + chunk)
            for line in lines:
                text = line.decode("utf-8", "replace").strip()
                if bar := _BAR.match(text):
                    self._tell(bar["step"], int(bar["percent"]))
                elif text:
                    said.append(text)

    def _tell(self, step: str, percent: int) -> None:
        if self._job:
            self._job = self._job._replace(step=step, percent=min(percent, 100))


def _report(printed: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(printed)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def file_name(name: str) -> str:
    r"""Return a safe file name for an upload, from the last part of the name that it came with.

    >>> file_name("C:\\papers\\Rent <b>.pdf"), file_name("../../.bashrc"), file_name("...")
    ('Rent b .pdf', 'bashrc', 'document')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = " ".join(_UNSAFE.sub(" ", last).split()).lstrip(".-~ ")
    stem, point, suffix = plain.rpartition(".")
    room = MAX_NAME_CHARACTERS - len(suffix) - 1
    return (
        f"{stem[:room]}.{suffix}" if point and room > 0 else plain[:MAX_NAME_CHARACTERS]
    ) or "document"
