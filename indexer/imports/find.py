"""Find the files to import among the files and folders that a user names."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from indexer.corpus.front_matter import read_yaml
from indexer.importers.shared.clean import one_line
from kb.domain.base import Noun
from kb.errors import CorpusError, KbError, UnreadableError

MAX_FILE_BYTES = 300 << 20  # the largest report seen is 90 MB
MAX_SIDECAR_BYTES = 64 << 10
SIDECAR_SUFFIXES = (".yaml", ".yml")


class Skipped(Noun):
    """A file that was not imported, and why."""

    name: str
    reason: str


class SourceFile(NamedTuple):
    """A file to import, with its origin, checksum and metadata."""

    path: Path
    name: str  # its path relative to the named folder, as one printable line
    origin: str  # absolute path or URL; files with the same origin are versions of one document
    sha256: str
    metadata: dict[str, Any]  # from its sidecar
    url: str | None = None


def find_files(paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[tuple[Path, str]]:
    """Yield each file to import once, with its name, in a fixed order.

    Subfolders are included, hidden files and sidecars are not. Refused files, such as links, are
    added to `skipped`.
    """
    seen: set[Path] = set()
    for given in paths:
        if not given.exists():
            skipped.append(Skipped(name=printable(given), reason="there is no such file or folder"))
            continue
        root = given.resolve()
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            inner = path.relative_to(root).parts
            is_sidecar = path.suffix in SIDECAR_SUFFIXES and path.with_suffix("").is_file()
            if path in seen or is_sidecar or any(part.startswith(".") for part in inner):
                continue
            seen.add(path)
            if refusal := _refusal(path, root):
                skipped.append(Skipped(name=printable(path), reason=refusal))
            elif path.is_file():
                yield path, printable(path.relative_to(root) if path != root else path.name)


def printable(path: Path | str) -> str:
    r"""Return a path as one line of text, escaping bytes that are not valid UTF-8.

    >>> printable(Path("new\nline.txt"))
    'new line.txt'
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return one_line(text) or ascii(str(path))


def _refusal(path: Path, root: Path) -> str | None:
    """Return the reason to skip a file in a folder, or None if it may be read."""
    if path.is_symlink():
        inside = path.resolve().is_relative_to(root)
        return f"a link to a file {'that is imported itself' if inside else 'outside the folder'}"
    if not (path.is_file() or path.is_dir()):
        return "neither a file nor a folder"
    return None


def fingerprint(path: Path, name: str, url: str | None = None) -> SourceFile:
    """Hash a file and read its sidecar. Raise UnreadableError if one of them cannot be read."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = f"at most {MAX_FILE_BYTES >> 20} MB. Next: split it"
            raise UnreadableError(name, f"{size >> 20} MB", limit)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
        raise UnreadableError(name, wrong, "a readable file") from error
    origin = url or os.fsencode(path).decode("utf-8", "backslashreplace")
    return SourceFile(path, name, origin, digest, read_sidecar(path), url)


def read_sidecar(path: Path) -> dict[str, Any]:
    """Return the front matter in `FILE.yaml` beside a file, or {} if there is no sidecar."""
    for suffix in SIDECAR_SUFFIXES:
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and not beside.is_symlink():
            return _read_front_matter(beside)
    return {}


def _read_front_matter(path: Path) -> dict[str, Any]:
    name = printable(path.name)
    try:
        if path.stat().st_size > MAX_SIDECAR_BYTES:
            raise UnreadableError(name, "too large", f"at most {MAX_SIDECAR_BYTES >> 10} kB")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(name, "cannot be read as UTF-8", "YAML") from error
    value, _, problems = read_yaml(name, text, first=1)
    if problems:
        problem = problems[0]
        raise UnreadableError(name, problem.wrong, problem.expected, f"line {problem.line}")
    if not isinstance(value, dict):
        raise UnreadableError(name, "no keys", "front matter: 'source: {title: ...}'")
    return value


def reason(error: KbError) -> str:
    """Return the message of an error; the message of an import error omits the file's name."""
    if isinstance(error, UnreadableError):
        where = f"{error.place}: " if error.place else ""
        return f"{where}{error.wrong}; expected {error.expected}"
    if isinstance(error, CorpusError):
        return ". ".join(f"{one.wrong}; expected {one.expected}" for one in error.problems)
    return str(error)
