"""Parse the text of one cue into visible lines and speakers."""

import re
from html import unescape
from typing import NamedTuple

from indexer.importers.shared.clean import one_line

# Ruby text (<rt>) gives the pronunciation above a word and would break the sentence.
_RUBY = re.compile(r"<rt\b[^<>]*>[^<]*(?:</rt>)?|<rp\b[^<>]*>[^<]*(?:</rp>)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>.]*)*[ \t]+([^<>]+)>|(</v>)")
# Tags of WebVTT and of SRT, and timestamps of karaoke; "<" before a blank or a digit is less-than.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|</>")
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{[yY]:[^{}]*\}")  # {\an8} of SubStation, {y:i} of MicroDVD
_MUSIC = re.compile(r"[♪♫♬#*\s]+")


class Line(NamedTuple):
    """A visible line and the speaker of its voice tag; None without a tag."""

    text: str
    speaker: str | None


def lines(raw: str) -> list[Line]:
    """Return the lines of a cue without markup, empty lines and music symbols.

    A voice continues across lines, to its closing tag or to the next voice.
    """
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
