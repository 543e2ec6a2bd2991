"""Records -> texts to hand on: Markdown for a document, short lines for a group chat."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from kb.citations.reference import one_line
from kb.domain.documents import Demand, Finding, Outcome
from kb.domain.passages import Entry
from kb.exports.wording import ABOUT, OWN_WORDS, Wording
from kb.languages.labels import _
from kb.languages.locators import is_of_source
from kb.languages.quantities import in_words

_NOTE = _(
    "To be listed here is not to be endorsed. "
    "Each text is in our own words and links to its source."
)
_MARKS = re.compile(r"[\\`*_{}\[\]#~]")
_BEGINS_A_LIST = re.compile(r"(\d*)([-+.)])")
# What an address may hold; the rest, and what older dialects end an address at, is escaped.
_IN_ADDRESSES = ":/?#[]@!$&()*+,;=%"

MOST_NAMES = 3  # of those who wrote it, in a line


def markdown(entries: Sequence[Entry], wording: Wording) -> str:
    """A heading a record, our words as a quotation, and its facts as a list.

    Nothing stored is read as Markdown or HTML, in CommonMark or older dialects.
    """
    pieces = ["# Precedent", plain(wording.translated(_NOTE))]
    for entry in entries:
        quoted = "\n>\n".join(f"> {plain(one)}" for one in entry.text.split("\n\n"))
        facts = "\n".join(f"- {name}: {words}" for name, words in _listed(entry, wording))
        pieces += [f"## {plain(entry.title)}", quoted, facts]
    return "\n\n".join(pieces) + "\n"


def plain(text: str) -> str:
    r"""Words on one line in which Markdown sees no mark.

    >>> plain("# 5 <b>*homes*</b>"), plain("1. homes")
    ('\\# 5 &lt;b&gt;\\*homes\\*&lt;/b&gt;', '1\\. homes')
    """
    escaped = _MARKS.sub(r"\\\g<0>", escape(one_line(text), quote=False))
    begins = _BEGINS_A_LIST.match(escaped)
    return f"{begins[1]}\\{escaped[begins.end(1) :]}" if begins else escaped


def _link(address: str) -> str:
    return f"<{quote(address, safe=_IN_ADDRESSES)}>"


def _listed(entry: Entry, wording: Wording) -> Iterator[tuple[str, str]]:
    """(label, Markdown) of every fact that there is."""
    yield wording.translated("Kind"), wording.label("kind", entry.kind)
    for said in wording.imported(entry):
        yield wording.translated("Note"), plain(said)
    for name, words in _facts(entry, wording):
        yield wording.translated(name), plain(words)
    if isinstance(entry.record, Demand) and (outcome := entry.record.outcome):
        said = f"{wording.outcome(outcome)}. {outcome.text}"
        yield wording.translated("Outcome"), f"{plain(said)} {_link(outcome.evidence)}"
    if place := wording.place(entry):
        name = ABOUT if is_of_source(entry) else _("Place")
        yield wording.translated(name), plain(place)
    if locator := wording.locator(entry):
        yield wording.translated("Place in the source"), plain(locator)
    yield wording.translated("Topics"), plain(", ".join(wording.topics(entry)))
    yield wording.translated("Citation"), _citation(entry)
    yield wording.translated("Permanent link"), _link(wording.address(entry.id))


def _facts(entry: Entry, wording: Wording) -> Iterator[tuple[str, str]]:
    """(label, words) of what is asked of whom, or of what was counted."""
    record = entry.record
    if isinstance(record, Demand):
        if record.target:
            level = f" ({wording.label('level', record.level)})" if record.level else ""
            yield _("Asked of"), f"{record.target}{level}"
        if record.amount:
            yield _("Amount"), in_words(record.amount, wording.language)
    elif isinstance(record, Finding) and record.figure:
        yield _("Figure"), in_words(record.figure, wording.language)


def _citation(entry: Entry) -> str:
    address = entry.source.URL
    if not address:
        return plain(entry.citation)
    return f"{plain(entry.citation.removesuffix(address))} {_link(address)}"


def message(entries: Sequence[Entry], wording: Wording) -> str:
    """A few short lines a record: what, who, where, when, what came of it, and the link."""
    return "\n".join(
        "".join(f"{one_line(line)}\n" for line in _lines(entry, wording)) for entry in entries
    )


def _outcome(outcome: Outcome | None, wording: Wording) -> str:
    if outcome is None:
        return wording.translated(_("No outcome known"))
    return f"{wording.translated('Outcome')}: {wording.outcome(outcome)}. {outcome.text}"


def _lines(entry: Entry, wording: Wording) -> Iterator[str]:
    if entry.own_title or entry.record is None:
        yield entry.title
    if not entry.own_title:
        yield entry.text
    for name, words in _facts(entry, wording):
        yield f"{wording.translated(name)}: {words}"
    yield from wording.imported(entry)
    if isinstance(entry.record, Demand) and entry.kind == "demand":
        yield _outcome(entry.record.outcome, wording)
    when = wording.day(entry.source.issued) or wording.translated("no date known")
    at = wording.locator(entry) if entry.kind in OWN_WORDS else ""
    yield " · ".join(filter(None, (wording.where(entry), when, at)))
    by = ([*map(str, entry.source.author)] or [*entry.source.organization])[:MOST_NAMES]
    of = [f"“{entry.source.title}”"] if entry.record else []
    if by or of:
        yield f"{wording.translated('Source')}: {', '.join([*by, *of])}"
    if entry.source.URL:  # our own address may be one of this computer alone
        yield entry.source.URL
    yield wording.address(entry.id)
