"""Measure how many PDF pages our importer, pdfminer.six and markitdown read per second.

The files are made here with reportlab (prose, columns, tables); those of ../shared/documents are
read too, if they exist. Each system reads each file in turn, `ROUNDS` times; medians are stored.
Our importer returns blocks with pages, headings and notes. The others are called as their
documentation shows, `pdfminer.high_level.extract_text` and `MarkItDown().convert`, and return one
text.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.machine import ROOT, machine
from benchmarks.printed import build
from benchmarks.quiet import Others, wait_for_quiet
from benchmarks.results import Importers, ReadFile, write
from benchmarks.tables import importers_table

ROUNDS = 3
INSTALL = "pip install -e '.[benchmarks]'"
PACKAGES = ("precedent", "pypdfium2", "pdfminer.six", "markitdown", "reportlab", "numpy")
SHARED = ROOT.parent / "shared" / "documents"

Read = Callable[[Path], object]


def systems() -> dict[str, Read]:
    """Return the read function of each system. Raise ModuleNotFoundError if one is missing."""
    # From the extra `benchmarks`, which nothing else needs.
    from markitdown import MarkItDown  # noqa: PLC0415
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    from indexer.importers.base import SourceInfo  # noqa: PLC0415
    from indexer.importers.pdf.extract import extract  # noqa: PLC0415

    converter = MarkItDown()
    return {
        "ours": lambda path: extract(path, SourceInfo(name=path.name)),
        "pdfminer.six": extract_text,
        "markitdown": converter.convert,
    }


def measure() -> Importers:
    """Measure all systems on all files, in turn."""
    found = systems()
    with TemporaryDirectory() as folder:
        files = [*build(Path(folder)), *sorted(SHARED.glob("*.pdf"))]
        for path in files:
            for read in found.values():  # warm-up: load what is loaded once
                read(path)
        wait_for_quiet()
        others = Others()
        read_files = tuple(_file(path, found) for path in files)
    return Importers(
        machine=machine(PACKAGES),
        rounds=ROUNDS,
        files=read_files,
        others_cores=others.cores(),
    )


def _file(path: Path, found: dict[str, Read]) -> ReadFile:
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    took = [[_seconds(read, path) for read in found.values()] for _ in range(ROUNDS)]
    medians = np.median(took, axis=0).round(4).tolist()
    with PdfDocument(path) as document:
        pages = len(document)
    return ReadFile(name=path.stem, pages=pages, seconds=dict(zip(found, medians, strict=True)))


def _seconds(read: Read, path: Path) -> float:
    started = time.perf_counter()
    read(path)
    return time.perf_counter() - started


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.importers", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    try:
        result = measure()
    except ModuleNotFoundError as error:
        print(
            f"benchmarks.importers: {error.name} is not installed. Next: {INSTALL}", file=sys.stderr
        )
        return 1
    if arguments.json:
        write(arguments.json, result)
    print(importers_table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
