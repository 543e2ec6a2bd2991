"""Read VTT and SRT files as paragraphs, with speakers and the timestamp of every cue."""

import math
import re
from pathlib import Path

from indexer.importers.base import Block, Extracted, Mark, SourceInfo, gathered
from indexer.importers.captions.cues import read_cues
from indexer.importers.captions.rollup import unrolled
from indexer.importers.captions.speakers import PAUSE, Said, said
from indexer.importers.shared.decode import decode, remarks
from indexer.importers.shared.titles import usable_title

# A paragraph ends with the first sentence that ends after the minimum (about 70 words), and at the
# maximum in any case, because automatic captions may have no periods at all.
_MIN_PARAGRAPH_CHARACTERS, _MAX_PARAGRAPH_CHARACTERS = 400, 800

_MINUTE = 60_000  # milliseconds
_END = re.compile(r"[.!?…؟。！？][\"'”’»)\]]*$")
_UNSPACED = "\u2e80"  # scripts from here on have no spaces between words, except Korean
_KOREAN = ("\uac00", "\ud7a3")


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the captions of a recording as text. Raise UnreadableError if there are none."""
    text, guessed = decode(path, info)
    read = read_cues(text, info)
    blocks = gathered(paragraphs(said(unrolled(read.cues))), info)
    return Extracted(
        format=read.format,
        title=usable_title(read.title),
        language=read.language,
        minutes=max(1, math.ceil(max(cue.end for cue in read.cues) / _MINUTE)),
        blocks=blocks,
        remarks=(*remarks(text, guessed), *read.remarks),
    )


def paragraphs(lines: list[Said]) -> list[Block]:
    """Group lines into paragraphs with one speaker, no long pause and a maximum length."""
    groups: list[list[Said]] = []
    size = 0
    for line in lines:
        if not groups or _parted(groups[-1][-1], line, size):
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += len(line.text) + 1
    return [_block(group) for group in groups]


def _parted(before: Said, line: Said, size: int) -> bool:
    return (
        line.turn
        or line.speaker != before.speaker
        or line.start - before.end >= PAUSE
        or size >= _MAX_PARAGRAPH_CHARACTERS
        or (size >= _MIN_PARAGRAPH_CHARACTERS and _END.search(before.text) is not None)
    )


def _block(group: list[Said]) -> Block:
    text, marks, cue = "", [], None
    for line in group:
        if text and not (_unspaced(text[-1]) and _unspaced(line.text[0])):
            text += " "
        if line.cue != cue:
            marks.append(Mark(start=len(text), timestamp=timestamp(line.start)))
            cue = line.cue
        text += line.text
    return Block(kind="paragraph", text=text, marks=tuple(marks), speaker=group[0].speaker)


def _unspaced(char: str) -> bool:
    return char >= _UNSPACED and not _KOREAN[0] <= char <= _KOREAN[1]


def timestamp(moment: int) -> str:
    """Format milliseconds as HH:MM:SS.mmm.

    >>> timestamp(3_661_050)
    '01:01:01.050'
    """
    seconds, milliseconds = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
