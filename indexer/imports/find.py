"""Find the files to import in the files and folders that a person names."""

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
    """A file that was not imported, and the reason."""

    name: str
    reason: str


class SourceFile(NamedTuple):
    """A file to read."""

    path: Path
    name: str  # its path under the folder that was named, in one printable line
    origin: str  # absolute path or address: the same origin is the same document
    sha256: str
    metadata: dict[str, Any]  # of its sidecar
    url: str | None = None


def find_files(paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[tuple[Path, str]]:
    """Return each file once with its name, also those in folders of folders, in a fixed order."""
    seen: set[Path] = set()
    for given in paths:
        if not given.exists():
            skipped.append(Skipped(name=printable(given), reason="there is no such file or folder"))
            continue
        root = given.resolve()
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path in seen or _is_hidden(path, root) or _is_sidecar(path):
                continue
            seen.add(path)
            refusal = _refusal(path, root)
            if refusal:
                skipped.append(Skipped(name=printable(path), reason=refusal))
            elif path.is_file():
                yield path, printable(path.relative_to(root) if path != root else path.name)


def printable(path: Path | str) -> str:
    r"""Return a path as one line of text: names may hold line breaks and bytes of no encoding.

    >>> printable(Path("new\nline.txt"))
    'new line.txt'
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return one_line(text) or ascii(str(path))


def _is_hidden(path: Path, root: Path) -> bool:
    return path != root and any(part.startswith(".") for part in path.relative_to(root).parts)


def _is_sidecar(path: Path) -> bool:
    return path.suffix in SIDECAR_SUFFIXES and path.with_suffix("").is_file()


def _refusal(path: Path, root: Path) -> str | None:
    """Return the reason not to read a file of a folder; None if it is read."""
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return "a link that leads out of the folder"
    if path.is_symlink():
        return "a link; the file itself is imported from its own place"
    if not (path.is_file() or path.is_dir()):
        return "neither a file nor a folder"
    return None


def fingerprint(path: Path, name: str, url: str | None = None) -> SourceFile:
    """Return the file with the hash of its bytes and its sidecar; UnreadableError."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableError(
                name, f"{size >> 20} MB", f"at most {MAX_FILE_BYTES >> 20} MB. Next: split it"
            )
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(name, f"cannot be read ({error.strerror})", "a file") from error
    origin = url or os.fsencode(path).decode("utf-8", "backslashreplace")
    return SourceFile(path, name, origin, digest, read_sidecar(path), url)


def read_sidecar(path: Path) -> dict[str, Any]:
    """Return the front matter in `FILE.yaml` beside a file; empty if there is no such file."""
    for suffix in SIDECAR_SUFFIXES:
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and not beside.is_symlink():
            return _read_front_matter(beside)
    return {}


def _read_front_matter(path: Path) -> dict[str, Any]:
    name = printable(path.name)
    try:
        if path.stat().st_size > MAX_SIDECAR_BYTES:
            raise UnreadableError(name, "too long", f"at most {MAX_SIDECAR_BYTES >> 10} kB")
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
    """Return the message of a file's error without the file's name."""
    if isinstance(error, UnreadableError):
        where = f"{error.place}: " if error.place else ""
        return f"{where}{error.wrong}; expected {error.expected}"
    if isinstance(error, CorpusError):
        return ". ".join(f"{one.wrong}; expected {one.expected}" for one in error.problems)
    return str(error)
