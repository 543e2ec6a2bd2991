"""Recognize text in page images with tesseract, if it is installed.

tesseract is a separate program. It reads an image from standard input and writes the words as TSV,
so nothing is written to disk. It runs on one core, so that results do not depend on the machine,
and is stopped if a page takes too long.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import NamedTuple

from indexer.importers.pdf.glyphs.drawings import Picture
from indexer.importers.pdf.lines.lines import Line

PROGRAM = "tesseract"
INSTALL = "install tesseract (https://tesseract-ocr.github.io) and import the file again"
PAGE_S = 120.0  # a page takes 2 to 10 seconds
MAX_PAGES = 400  # in one file; they take about an hour
MIN_CONFIDENCE = 30.0  # out of 100, on average over the words of a line
ENGLISH, ORIENTATION = "eng", "osd"
# tesseract uses ISO 639-2 codes. Files in other languages are read as English.
_LANGUAGES = {
    "ar": "ara", "ca": "cat", "de": "deu", "en": "eng", "es": "spa", "eu": "eus", "fr": "fra",
    "gl": "glg", "hi": "hin", "ht": "hat", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "pl": "pol", "pt": "por", "qu": "que", "ru": "rus", "so": "som", "tl": "fil", "uk": "ukr",
    "vi": "vie", "zh": "chi_sim",
}  # fmt: skip


class _Word(NamedTuple):
    place: tuple[int, ...]  # block, paragraph, line
    x0: float
    x1: float
    y: float  # of its lower edge
    height: float
    confidence: float
    text: str


class Tesseract:
    """The tesseract program, if it is installed, set to the language of a file."""

    def __init__(self, language: str | None) -> None:
        self._path = shutil.which(PROGRAM)
        self._wanted = _LANGUAGES.get((language or "en").split("-")[0].lower(), ENGLISH)

    @cached_property
    def _installed(self) -> frozenset[str]:
        """The installed language packs."""
        return frozenset(self._run("--list-langs").split())

    @property
    def languages(self) -> tuple[str, ...]:
        """The installed language packs to use: the language of the file, then English."""
        wanted = dict.fromkeys((self._wanted, ENGLISH))
        return tuple(one for one in wanted if one in self._installed)

    def read(self, page: Picture, number: int) -> list[Line]:
        """Return a page's lines in reading order. Raise TimeoutExpired after PAGE_S seconds."""
        upright = "1" if ORIENTATION in self._installed else "3"
        options = ["stdin", "stdout", "-l", "+".join(self.languages), "--psm", upright]
        table = self._run(*options, "--dpi", f"{page.dots:.0f}", "tsv", given=page.data)
        return list(_lines(table, number, 72 / page.dots))

    def _run(self, *options: str, given: bytes = b"") -> str:
        """Run the program and return its output, or "" if it fails or is not installed."""
        if self._path is None:
            return ""
        alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(  # noqa: S603 (a program, found by name; arguments without a shell)
                [self._path, *options],
                input=given, capture_output=True, check=True, timeout=PAGE_S, env=alone,
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            return ""
        return done.stdout.decode("utf-8", "replace")


def _words(table: str, point: float) -> Iterator[_Word]:
    """Yield the words in tesseract's TSV output; `point` is the number of points per pixel."""
    for row in csv.reader(table.splitlines(), "excel-tab", quoting=csv.QUOTE_NONE):
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            place = tuple(map(int, row[2:5]))
            left, top, width, height = (int(value) * point for value in row[6:10])
            confidence, text = float(row[10]), row[11].strip()
            yield _Word(place, left, left + width, top + height, height, confidence, text)


def _lines(table: str, page: int, point: float) -> Iterator[Line]:
    """Yield the lines of sufficient confidence in tesseract's TSV output, all in one type size."""
    words = list(_words(table, point))
    size = round(median([word.height for word in words] or [0]) * 2) / 2
    before: tuple[int, ...] = ()
    for block, group in groupby(words, key=lambda word: word.place[0]):
        column = list(group)
        left, right = min(word.x0 for word in column), max(word.x1 for word in column)
        for place, some in groupby(column, key=lambda word: word.place):
            line = list(some)
            if sum(word.confidence for word in line) >= MIN_CONFIDENCE * len(line):
                text, y = " ".join(word.text for word in line), max(word.y for word in line)
                begins, x0, x1 = place[:2] != before, line[0].x0, line[-1].x1
                yield Line(page, text, x0, x1, y, size, False, block, left, right, begins)
                before = place[:2]
