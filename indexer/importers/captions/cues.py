"""Parse a VTT or SRT file into cues in chronological order, with remarks on invalid lines.

webvtt-py only reads valid files, so common errors (a decimal comma in VTT, SRT cues without a
number, empty lines at the top) are corrected first.
"""

import re
from contextlib import suppress
from html import unescape
from typing import NamedTuple

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption

from indexer.importers.base import SourceInfo
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.remarks import Remarks
from kb.domain.imports import Remark
from kb.errors import UnreadableError

# Ruby text (<rt>) gives the pronunciation of a word and would interrupt the sentence.
_RUBY = re.compile(r"<rt\b[^<>]*>[^<]*(?:</rt>)?|<rp\b[^<>]*>[^<]*(?:</rp>)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>.]*)*[ \t]+([^<>]+)>|(</v>)")
# WebVTT and SRT tags, and karaoke timestamps; other "<" before a space or digit means less than.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|</>")
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{[yY]:[^{}]*\}")  # SubStation {\an8}, MicroDVD {y:i}
_MUSIC = re.compile(r"[♪♫♬#*\s]+")


class Line(NamedTuple):
    """A visible line, and the speaker if it has a voice tag."""

    text: str
    speaker: str | None


def lines(raw: str) -> list[Line]:
    """Return the lines of a cue without markup, leaving out empty lines and music symbols."""
    found: list[Line] = []
    speaker: str | None = None
    for line in _OVERRIDE.sub("", _RUBY.sub("", raw)).split("\n"):
        at = 0
        for match in _VOICE.finditer(line):
            _add(found, line[at : match.start()], speaker)
            speaker = one_line(unescape(match.group(1))) or None if match.group(1) else None
            at = match.end()
        _add(found, line[at:], speaker)
    return found


def _add(found: list[Line], piece: str, speaker: str | None) -> None:
    text = one_line(unescape(_TAG.sub("", piece.replace("\\N", " "))))
    if text and not _MUSIC.fullmatch(text):
        found.append(Line(text, speaker))


_ARROW = "-->"
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*--?>[ \t]*({_TIME})(.*)")
_MAX_DIGITS = 10  # in a cue number

Moment = int  # milliseconds


class Cue(NamedTuple):
    """A cue: text that is shown together, from `start` to `end`."""

    start: Moment
    end: Moment
    lines: tuple[Line, ...]
    raw: str  # with its markup, on one line

    @property
    def text(self) -> str:
        """The visible text, on one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def speakers(self) -> list[str]:
        """The speakers named in voice tags, in order."""
        return [line.speaker for line in self.lines if line.speaker]


class Captions(NamedTuple):
    """The cues of a file in order, its stated language and title, and remarks on invalid lines."""

    format: str
    language: str | None
    title: str | None
    cues: list[Cue]
    remarks: list[Remark]


def read_cues(text: str, info: SourceInfo) -> Captions:
    """Parse the cues of a file. Raise UnreadableError if it has none."""
    body = text.lstrip("\n\ufeff \t")
    remarks = _broken(body.split("\n"), text[: len(text) - len(body)].count("\n"))
    rows = body.rstrip("\n\ufeff \t").split("\n")
    form = "vtt" if rows[0].startswith("WEBVTT") else "srt"
    mended = [_timing(row, ".") for row in rows] if form == "vtt" else _numbered(rows)
    cues: list[Cue] = []
    with suppress(MalformedFileError, MalformedCaptionError):
        read = WebVTT.from_buffer(["\n".join(mended)], format=form)
        cues = sorted(map(_cue, read.captions), key=lambda cue: cue.start)
    cues = [cue for cue in cues if cue.lines]
    if not cues:
        expected = "text under times such as 00:01 --> 00:04"
        raise UnreadableError(info.name, "no captions", expected)
    # YouTube writes metadata into the header, as `Language: en`.
    pairs = (line.partition(":") for line in read.metadata)
    stated = {key.strip().lower(): value.strip() for key, colon, value in pairs if colon}
    return Captions(form, stated.get("language"), stated.get("title"), cues, remarks)


def _cue(caption: Caption) -> Cue:
    start, end = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
    shown = tuple(lines(caption.raw_text))
    return Cue(start, max(start, end), shown, " ".join(caption.raw_text.split()))


def _broken(rows: list[str], skipped: int) -> list[Remark]:
    """Return a remark about each line with an arrow but no valid timing, ignoring notes."""
    remarks, note = Remarks(), False
    for number, row in enumerate(rows, start=1 + skipped):
        note = row.startswith("NOTE") or (note and bool(row.strip()))
        if _ARROW in row and not note and not _stands(row):
            remarks.add(f"line {number}", "the time of this cue is invalid; its text was left out")
    return remarks.all()


def _stands(row: str) -> bool:
    match = TIMING.match(row)
    clocks = [re.split("[.,]", time)[0].split(":") for time in match.groups()[:2]] if match else []
    return bool(clocks) and all(int(field) < 60 for clock in clocks for field in clock[-2:])


def _timing(row: str, point: str) -> str:
    """Return a timing line in the standard form of its format, and any other line unchanged."""
    match = TIMING.match(row) if ">" in row else None
    if not match:
        return row
    first, last, settings = match.groups()
    return f"{_time(first, point)} {_ARROW} {_time(last, point)} {settings.strip()}".rstrip()


def _time(time: str, point: str) -> str:
    clock, _, fraction = time.replace(",", ".").partition(".")
    hours = clock if clock.count(":") == 2 else f"00:{clock}"
    return f"{hours}{point}{fraction.ljust(3, '0')}"


def _numbered(rows: list[str]) -> list[str]:
    """Return SRT lines with a number before every timing and an empty line before every number."""
    found: list[str] = []
    count = 0
    for row in rows:
        if not TIMING.match(row):
            found.append(row)
            continue
        count += 1
        if found and _numbers(found, count):
            found.pop()
        found += ["", str(count), _timing(row, ",")]
    return found[next((at for at, row in enumerate(found) if row.strip()), 0) :]


def _numbers(found: list[str], count: int) -> bool:
    """Return whether the last line is the number of the next cue, not text of the previous cue."""
    row = found[-1].strip()
    alone = len(found) < 2 or not found[-2].strip()
    return row.isdecimal() and len(row) < _MAX_DIGITS and (alone or int(row) == count)
