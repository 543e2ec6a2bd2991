"""Files, folders and addresses that a person names -> the files to read, and what is left out."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from indexer.corpus.front_matter import read_yaml
from kb.domain.noun import Noun
from kb.errors import KbError, UnreadableError

MAX_BYTES = 300 << 20  # of one file; the largest report seen has 90 MB
MAX_SIDECAR_BYTES = 64 << 10
SIDECAR = (".yaml", ".yml")
_PIECE = 1 << 20


class Left(Noun):
    """Something that was not imported, and why."""

    name: str
    why: str


class Found(NamedTuple):
    """A file to read."""

    path: Path
    name: str  # as it is called in messages and records
    came_from: str  # absolute path or address: the same place is the same document
    sha256: str
    told: dict[str, Any]  # of its sidecar
    url: str | None = None


def files_of(paths: Iterable[Path], left: list[Left]) -> Iterator[tuple[Path, str]]:
    """Each file once with its name, folders read to their ends in a fixed order."""
    seen: set[Path] = set()
    for given in paths:
        if not given.exists():
            left.append(Left(name=str(given), why="there is no such file or folder"))
            continue
        root = given.resolve()
        listed = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in listed:
            if path in seen or _is_hidden(path, root) or _is_sidecar(path):
                continue
            seen.add(path)
            why = _refused(path, root)
            if why:
                left.append(Left(name=str(path), why=why))
            elif path.is_file():
                yield path, path.relative_to(root).as_posix() if path != root else path.name


def _is_hidden(path: Path, root: Path) -> bool:
    return path != root and any(part.startswith(".") for part in path.relative_to(root).parts)


def _is_sidecar(path: Path) -> bool:
    return path.suffix in SIDECAR and path.with_suffix("").is_file()


def _refused(path: Path, root: Path) -> str | None:
    """Why a file of a folder is not read; None where it is."""
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return "a link that leads out of the folder"
    if path.is_symlink():
        return "a link; the file itself is imported from its own place"
    if not (path.is_file() or path.is_dir()):
        return "neither a file nor a folder"
    return None


def found(path: Path, name: str, url: str | None = None) -> Found:
    """The file with the hash of its bytes and its sidecar; UnreadableError, CorpusError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(
                name, f"{size >> 20} MB", f"at most {MAX_BYTES >> 20} MB. Next: split it"
            )
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise UnreadableError(name, f"cannot be read ({error.strerror})", "a file") from error
    return Found(path, name, url or str(path), digest.hexdigest(), sidecar(path), url)


def sidecar(path: Path) -> dict[str, Any]:
    """The front matter that stands in `FILE.yaml` beside a file; empty where there is none."""
    for suffix in SIDECAR:
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and not beside.is_symlink():
            return _sidecar(beside)
    return {}


def _sidecar(path: Path) -> dict[str, Any]:
    if path.stat().st_size > MAX_SIDECAR_BYTES:
        raise UnreadableError(path.name, "too long", f"at most {MAX_SIDECAR_BYTES >> 10} kB")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(path.name, "cannot be read as UTF-8", "YAML") from error
    value, _, problems = read_yaml(path.name, text, first=1)
    if problems:
        raise UnreadableError(path.name, problems[0].wrong, problems[0].expected,
                              f"line {problems[0].line}")  # fmt: skip
    if not isinstance(value, dict):
        raise UnreadableError(path.name, "no keys", "front matter: 'source: {title: ...}'")
    return value


def why(error: KbError) -> str:
    """The message of a file's error without its name, which stands beside it."""
    if isinstance(error, UnreadableError):
        where = f"{error.place}: " if error.place else ""
        return f"{where}{error.wrong}; expected {error.expected}"
    return str(error)
