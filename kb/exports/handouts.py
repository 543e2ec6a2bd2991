"""Export records as Markdown, as a web page, or as short lines for group chats."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from markdown_it import MarkdownIt

from kb.citations.item import Cited, works
from kb.citations.line import citation_line
from kb.citations.reference import one_line
from kb.citations.typography import quoted
from kb.domain.passages import Entry
from kb.exports.presenter import ABOUT, OWN_WORDS, Presenter
from kb.languages.labels import _
from kb.languages.locators import is_of_source

_NOTE = _(
    "Being listed here is not an endorsement. Texts are summaries with links to their sources."
)
_MARKS = re.compile(r"[\\`*_{}\[\]#~]")
_BEGINS_A_LIST = re.compile(r"(\d*)([-+.)])")
# Characters that stay as they are in a URL; others are escaped, including those that end a URL in
# older Markdown dialects.
_IN_ADDRESSES = ":/?#[]@!$&()*+,;=%"

MAX_NAMES = 3  # authors and organizations per line
_STYLE = (
    ":root { color-scheme: light dark; } "
    "body { font: 1rem/1.55 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; "
    "padding: 1rem; overflow-wrap: anywhere; } "
    "blockquote { margin: 0; padding-inline-start: .8rem; border-inline-start: .25rem solid; } "
    "h1, h2, h3 { line-height: 1.25; break-after: avoid; } li { break-inside: avoid; }"
)


def markdown(entries: Sequence[Entry], presenter: Presenter) -> str:
    """Return each record as a heading, our text as a block quote, and a list of facts.

    From the first of the reader's headings on, records are one level below the headings. Text is
    escaped for CommonMark, older Markdown dialects and HTML.
    """
    pieces = ["# Precedent", plain(presenter.translated(_NOTE))]
    level = "##"
    for entry in entries:
        for heading in presenter.own_headings.get(entry.id, ()):
            pieces.append(f"## {plain(heading)}")
            level = "###"
        quoted = "\n>\n".join(f"> {plain(one)}" for one in entry.text.split("\n\n"))
        facts = "\n".join(f"- {name}: {words}" for name, words in _listed(entry, presenter))
        pieces += [f"{level} {plain(entry.title)}", quoted, facts]
    return "\n\n".join(pieces) + "\n"


def web_page(entries: Sequence[Entry], presenter: Presenter) -> str:
    """Return the records as one HTML page without scripts or requests, to send and to print."""
    main = MarkdownIt("commonmark", {"html": False}).render(markdown(entries, presenter))
    return (
        f'<!doctype html>\n<html lang="{escape(presenter.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Precedent</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{main}</main>\n</body>\n</html>\n"
    )


def plain(text: str) -> str:
    r"""Return the text on one line, with Markdown and HTML escaped.

    >>> plain("# 5 <b>*homes*</b>"), plain("1. homes")
    ('\\# 5 &lt;b&gt;\\*homes\\*&lt;/b&gt;', '1\\. homes')
    """
    escaped = _MARKS.sub(r"\\\g<0>", escape(one_line(text), quote=False))
    begins = _BEGINS_A_LIST.match(escaped)
    return f"{begins[1]}\\{escaped[begins.end(1) :]}" if begins else escaped


def _link(address: str) -> str:
    return f"<{quote(address, safe=_IN_ADDRESSES)}>"


def _listed(entry: Entry, presenter: Presenter) -> Iterator[tuple[str, str]]:
    """Yield (label, Markdown) pairs for every known fact about a record."""
    yield presenter.translated("Kind"), presenter.label("kind", entry.kind)
    for note in presenter.notes(entry):
        yield presenter.translated("Note"), plain(note)
    for fact in presenter.facts(entry.record, entry.kind):
        link = f" {_link(fact.address)}" if fact.address else ""
        yield fact.label, f"{plain(fact.sentence)}{link}"
    if place := presenter.place(entry):
        name = ABOUT if is_of_source(entry) else _("Place")
        yield presenter.translated(name), plain(place)
    if locator := presenter.locator(entry):
        yield presenter.translated("Page or section"), plain(locator)
    yield presenter.translated("Topics"), plain(", ".join(presenter.topics(entry)))
    yield presenter.translated("Citation"), _citation(entry)
    yield presenter.translated("Permanent link"), _own_link(presenter.address(entry.id))


def _own_link(address: str) -> str:
    return _link(address) if "://" in address else plain(address)


def _citation(entry: Entry) -> str:
    return "; ".join(map(_linked, works(entry)))


def _linked(cited: Cited) -> str:
    """Return the citation of one work in Markdown, with the URL as a link."""
    line, address = citation_line([cited]), cited.work.URL
    return f"{plain(line.removesuffix(address))} {_link(address)}" if address else plain(line)


def message(entries: Sequence[Entry], presenter: Presenter) -> str:
    """Return a few short lines per record: what, who, where, when, the outcome and the link."""
    parts: list[Iterable[str]] = []
    for entry in entries:
        parts += [[heading.upper()] for heading in presenter.own_headings.get(entry.id, ())]
        parts.append(_lines(entry, presenter))
    return "\n".join("".join(f"{one_line(line)}\n" for line in lines) for lines in parts)


def _lines(entry: Entry, presenter: Presenter) -> Iterator[str]:
    if entry.own_title or entry.record is None:
        yield entry.title
    if not entry.own_title:
        yield entry.text
    for fact in presenter.facts(entry.record, entry.kind):
        yield f"{fact.label}: {fact.sentence}"
    yield from presenter.notes(entry)
    when = presenter.day(entry.source.issued) or presenter.translated("no date")
    at = presenter.locator(entry) if entry.kind in OWN_WORDS else ""
    yield " · ".join(filter(None, (presenter.where(entry), when, at)))
    by = ([*map(str, entry.source.author)] or [*entry.source.organization])[:MAX_NAMES]
    title = [quoted(entry.source.title)] if entry.record else []
    if by or title:
        yield f"{presenter.translated('Source')}: {', '.join([*by, *title])}"
    if address := works(entry)[0].work.URL:  # our own URL may work only on this computer
        yield address
    yield presenter.address(entry.id)
