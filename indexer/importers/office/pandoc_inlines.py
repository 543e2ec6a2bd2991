"""Pandoc's inlines -> the text that a reader sees, whether it is all bold, and its notes."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from indexer.importers.office.pandoc_json import Node

# Around a printed number that a preparing step wrote into the text; noncharacters, which no
# document may use for anything else.
OPEN, CLOSE = "\ufdd0", "\ufdd1"

_LABEL = re.compile(f"\\s*{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}\\s*")
_MARKS = dict.fromkeys(map(ord, (OPEN, CLOSE)))
_STYLED = {"Emph", "Underline", "Strikeout", "Subscript", "SmallCaps"}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
# What a link or raised figure that leads to a note looks like.
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxl]{1,6})[\])]?")
_WORDY = re.compile(r"[^\W_]")
_BOLD_STYLE = re.compile(r"\b(?:strong|bold|negrita|fett)", re.IGNORECASE)
# Classes of printed page numbers and of marks of notes in EPUB, which are no words of a sentence.
_ASIDE = {"pagebreak", "doc-pagebreak", "pagenum", "pageno", "page-number", "noteref"}


class Text(NamedTuple):
    """What inlines say."""

    label: str  # the number that is printed before it, or empty
    text: str  # LINE_END where a line ends; white space as it comes
    bold: bool  # every letter and digit of it
    notes: tuple[list[Node], ...]  # the blocks of each note, in order
    linked: bool  # nothing but links to other places of the document


def flat(inlines: list[Any]) -> Text:
    """The text of inlines; what is no text (pictures, raw markup) is left out."""
    reader = _Reader()
    reader.read(inlines)
    joined = "".join(reader.texts)
    found = _LABEL.match(joined)
    label, text = (found[1], joined[found.end() :]) if found else ("", joined)
    text = text.translate(_MARKS)
    bold = reader.bold and bool(_WORDY.search(text))
    return Text(label, text, bold, tuple(reader.notes), reader.linked)


class _Reader:
    """The state of one reading."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.notes: list[list[Node]] = []
        self.bold = self.linked = True
        self._strong = self._links = self._raised = 0
        self._labelled = False
        self._kinds: dict[str, Callable[[Any], None]] = {
            **dict.fromkeys(_STYLED, self.read),
            "Strong": self._bold_text,
            "Superscript": self._raised_text,
            "Quoted": self._quoted,
            "Cite": lambda content: self.read(content[1]),
            "Code": lambda content: self._say(content[1]),
            "Math": lambda content: self._say(content[1]),
            "Link": self._link,
            "Span": self._span,
            "Note": self.notes.append,
        }

    def read(self, inlines: list[Any]) -> None:
        """Take in inlines, in order."""
        for inline in inlines:
            if isinstance(inline, str):
                self._say(inline)
            elif inline["t"] in self._kinds:
                self._kinds[inline["t"]](inline["c"])

    def _say(self, text: str) -> None:
        self.texts.append(text)
        if self.bold or self.linked:
            self._look(text)

    def _look(self, text: str) -> None:
        """How the words look, but for those of a label."""
        self._labelled = self._labelled or text.startswith(OPEN)
        if not self._labelled and _WORDY.search(text):
            self.bold = self.bold and self._strong > 0
            self.linked = self.linked and self._links > 0
        self._labelled = self._labelled and CLOSE not in text

    def _bold_text(self, inlines: list[Any]) -> None:
        self._strong += 1
        self.read(inlines)
        self._strong -= 1

    def _raised_text(self, inlines: list[Any]) -> None:
        self._raised += 1
        self.read(inlines)
        self._raised -= 1

    def _quoted(self, content: list[Any]) -> None:
        opening, closing = _QUOTES[content[0]["t"]]
        self._say(opening)
        self.read(content[1])
        self._say(closing)

    def _span(self, content: list[Any]) -> None:
        (_, classes, pairs), inlines = content
        if _ASIDE & set(classes):
            return
        if _BOLD_STYLE.search(dict(pairs).get("custom-style", "")):
            self._bold_text(inlines)
        else:
            self.read(inlines)

    def _link(self, content: list[Any]) -> None:
        (_, classes, _pairs), inlines, (target, _title) = content
        inside = "#" in target and "://" not in target
        if inside and ("noteref" in classes or self._note_mark(inlines)):
            return
        self._links += inside
        self.read(inlines)
        self._links -= inside

    def _note_mark(self, inlines: list[Any]) -> bool:
        """Whether a link inside the document is only the raised number of a note."""
        raised = [inline for inline in inlines if isinstance(inline, dict)]
        if not (self._raised or (raised and all(one["t"] == "Superscript" for one in raised))):
            return False
        return bool(_NOTE_MARK.fullmatch(flat(inlines).text.strip()))
