"""kb check: report all problems in the corpus and on the shelves."""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from indexer.corpus import read as corpus
from indexer.corpus.check import check
from indexer.corpus.warn import warnings
from indexer.imports.store import ShelfStore
from indexer.imports.validate import read_rules, shelf_problems
from kb.cli.terminal import say
from kb.errors import Problem
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="files or folders to report on; default: the whole corpus and every shelf",
    )  # fmt: skip
    parser.add_argument("--warnings", action="store_true", help="print each warning, not a count")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the problems; return 0 if there are none, 1 if there are, 2 if a path is missing."""
    paths: list[Path] = arguments.paths
    absent = [path for path in paths if not path.exists()]
    for path in absent:
        say(f"kb check: {path}: no such file or folder. Next: kb check", sys.stderr)
    if absent:
        return 2
    shelves = settings.shelves.resolve()
    on_shelves = [path for path in paths if path.resolve().is_relative_to(shelves)]
    others = [path for path in paths if path not in on_shelves]
    found = 0
    for root, chosen in _roots(others, settings.corpus).items() if others or not paths else ():
        found += _check_corpus(root, chosen, arguments.warnings)
    if on_shelves or not paths:
        found += _check_shelves(settings, on_shelves)
    return 1 if found else 0


def _check_corpus(root: Path, paths: list[Path], with_warnings: bool) -> int:
    """Print the problems in a corpus, or only those in the given paths; return their number."""
    more = [file for path in paths for file in _markdown(path)]
    read = corpus.read(root, more)
    found = _print(check(read), paths)
    warned = [one for one in warnings(read, date.today()) if _is_under(one.problem, paths)]
    if with_warnings:
        for one in warned:
            say(f"{one.problem} (warning: {one.kind})")
    elif warned:
        counts = Counter(one.kind for one in warned)
        kinds = ", ".join(f"{kind} {count}" for kind, count in counts.most_common())
        say(f"{root}: {len(warned)} warnings: {kinds}. Next: kb check --warnings", sys.stderr)
    if not found:
        say(f"{root}: {len(read.files)} documents, no problems", sys.stderr)
    return found


def _check_shelves(settings: Settings, paths: list[Path]) -> int:
    """Print the problems on the shelves, or only those in the given paths; return their number."""
    store = ShelfStore(settings.shelves)
    documents = store.documents()
    if not documents:
        return 0
    found = _print(shelf_problems(store, read_rules(settings.corpus)), paths)
    if not found:
        say(f"{settings.shelves}: {len(documents)} imported documents, no problems", sys.stderr)
    return found


def _print(problems: list[Problem], paths: list[Path]) -> int:
    """Print the problems, or only those in the given paths; return their number."""
    shown = [problem for problem in problems if _is_under(problem, paths)]
    for problem in shown:
        say(problem)
    return len(shown)


def _is_under(problem: Problem, paths: list[Path]) -> bool:
    """Return whether a problem is in one of these files or folders; always true without paths."""
    at = Path(problem.path).resolve()
    return not paths or any(at.is_relative_to(path.resolve()) for path in paths)


def _roots(paths: list[Path], default: Path) -> dict[Path, list[Path]]:
    """Group paths by corpus: the nearest enclosing folder with a thesaurus, or else the default."""
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
