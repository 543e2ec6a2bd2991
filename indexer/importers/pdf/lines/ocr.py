"""Recognize the text lines of a page image with tesseract, if it is installed.

tesseract is a separate program: it reads the image from its standard input and writes the words
as TSV, so nothing is written to disk. It runs on one core, so results do not depend on the
machine, and is stopped when a page takes too long.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import NamedTuple

from indexer.importers.pdf.glyphs.drawings import Picture
from indexer.importers.pdf.lines.lines import Line

PROGRAM = "tesseract"
INSTALL = "install tesseract (https://tesseract-ocr.github.io) and import the file again"
PAGE_S = 120.0  # a page takes 2 to 10 seconds
MAX_PAGES = 400  # of one file: about an hour
MIN_CONFIDENCE = 30.0  # of 100, the mean of a line's words
ENGLISH, ORIENTATION = "eng", "osd"
# tesseract uses ISO 639-2 codes; these languages are the most common among our users.
_LANGUAGES = {
    "ar": "ara", "ca": "cat", "de": "deu", "en": "eng", "es": "spa", "eu": "eus", "fr": "fra",
    "gl": "glg", "hi": "hin", "ht": "hat", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "pl": "pol", "pt": "por", "qu": "que", "ru": "rus", "so": "som", "tl": "fil", "uk": "ukr",
    "vi": "vie", "zh": "chi_sim",
}  # fmt: skip


class _Word(NamedTuple):
    line: tuple[int, int, int]  # block, paragraph, line
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


class TooLongError(Exception):
    """A page took longer than the time limit."""


class Tesseract:
    """The tesseract program, if installed, set to the language of the file."""

    def __init__(self, language: str | None) -> None:
        self._path = shutil.which(PROGRAM)
        self._wanted = _LANGUAGES.get((language or "en").split("-")[0].lower(), ENGLISH)

    @cached_property
    def _installed(self) -> frozenset[str]:
        """The installed language packs."""
        if self._path is None:
            return frozenset()
        try:
            done = self._run("--list-langs", given=b"")
        except (OSError, subprocess.SubprocessError):
            return frozenset()
        return frozenset(done.decode("utf-8", "replace").split())

    @property
    def languages(self) -> tuple[str, ...]:
        """The language packs to read with: the requested language, then English, if installed."""
        wanted = dict.fromkeys((self._wanted, ENGLISH))
        return tuple(one for one in wanted if one in self._installed)

    def read(self, page: Picture, number: int) -> list[Line]:
        """Return the lines of a page in reading order, all in one type size.

        Raise TooLongError if it takes too long; return no lines if the program fails.
        """
        upright = "1" if ORIENTATION in self._installed else "3"
        options = ["stdin", "stdout", "-l", "+".join(self.languages), "--psm", upright]
        try:
            table = self._run(*options, "--dpi", f"{page.dots:.0f}", "tsv", given=page.data)
        except subprocess.TimeoutExpired as error:
            raise TooLongError from error
        except (OSError, subprocess.SubprocessError):
            return []
        return _lines(_words(table), number, 72 / page.dots)

    def _run(self, *options: str, given: bytes) -> bytes:
        alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(  # noqa: S603 (a program, found by name; arguments without a shell)
            [str(self._path), *options],
            input=given, capture_output=True, check=True, timeout=PAGE_S, env=alone,
        )  # fmt: skip
        return done.stdout


def _words(table: bytes) -> list[_Word]:
    """Return the words of tesseract's TSV output."""
    found = []
    rows = csv.reader(
        table.decode("utf-8", "replace").splitlines(), "excel-tab", quoting=csv.QUOTE_NONE
    )
    for row in rows:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            _, _, block, paragraph, line, _, left, top, width, height = map(int, row[:10])
            place = (block, paragraph, line)
            found.append(_Word(place, left, top, width, height, float(row[10]), row[11].strip()))
    return found


def _lines(words: Sequence[_Word], page: int, point: float) -> list[Line]:
    """Group the words of a page into lines, all in one size; `point` is points per pixel."""
    if not words:
        return []
    size = round(median(word.height for word in words) * point * 2) / 2
    edges = {
        block: (
            min(one.left for one in some) * point,
            max(one.left + one.width for one in some) * point,
        )
        for block, some in (
            (block, list(some)) for block, some in groupby(words, key=lambda word: word.line[0])
        )
    }
    found: list[Line] = []
    before = (-1, -1)
    for place, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        if sum(word.confidence for word in line) < MIN_CONFIDENCE * len(line):
            continue
        left, right = edges[place[0]]
        found.append(
            Line(
                page, " ".join(word.text for word in line), line[0].left * point,
                (line[-1].left + line[-1].width) * point,
                max(word.top + word.height for word in line) * point, size, False,
                place[0], left, right, begins=place[:2] != before,
            )
        )  # fmt: skip
        before = place[:2]
    return found
