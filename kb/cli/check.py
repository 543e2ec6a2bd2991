"""kb check: every problem of every file at once."""

import argparse
import sys
from pathlib import Path

from indexer.corpus import read as corpus
from indexer.corpus.check import check
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="files or folders to report on; default: the whole corpus",
    )  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the problems; 0 if there are none, 1 if there are, 2 for a path that is not there."""
    paths: list[Path] = arguments.paths
    absent = [path for path in paths if not path.exists()]
    for path in absent:
        print(f"kb check: {path}: no such file or folder. Next: kb check", file=sys.stderr)
    if absent:
        return 2
    found = 0
    for root, chosen in _roots(paths, settings.corpus).items():
        more = [file for path in chosen for file in _markdown(path)]
        wanted = [path.resolve() for path in chosen]
        read = corpus.read(root, more)
        for problem in check(read):
            place = Path(problem.path).resolve()
            if not wanted or any(place.is_relative_to(path) for path in wanted):
                print(problem)
                found += 1
        if not found:
            print(f"{root}: {len(read.files)} documents, no problem", file=sys.stderr)
    return 1 if found else 0


def _roots(paths: list[Path], default: Path) -> dict[Path, list[Path]]:
    """The corpus that each path belongs to: the folder with the thesaurus, else the default."""
    if not paths:
        return {default: []}
    roots: dict[Path, list[Path]] = {}
    for path in paths:
        absolute = path.resolve()
        around = [path, *path.parents] if not path.is_absolute() else [absolute, *absolute.parents]
        root = next((one for one in around if (one / corpus.TOPICS).is_file()), default)
        roots.setdefault(root, []).append(path)
    return roots


def _markdown(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*.md") if file.name != "README.md")
    return [path] if path.suffix == ".md" else []
