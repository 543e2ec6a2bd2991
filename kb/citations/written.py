"""Write formatted citations as text, HTML or Markdown."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Literal, get_args

from markupsafe import Markup

from kb.citations.format import formatted, joined
from kb.citations.item import csl_item, works
from kb.citations.styles import Style
from kb.domain.citations import Formatted, Segment
from kb.domain.passages import Entry

Form = Literal["text", "html", "markdown"]
_MARKS = re.compile(r"[\\`*_\[\]#~]")
FORMS: tuple[Form, ...] = get_args(Form)


def cited(entries: Sequence[Entry], style: Style, language: str) -> list[Formatted]:
    """Return one citation for each passage; those of several works are joined by semicolons.

    `language` is the BCP 47 tag for the words that the style adds.
    """
    found = [works(entry) for entry in entries]
    items = [csl_item(*work, "") for some in found for work in some]
    made = iter(formatted(items, style, language))
    return [joined([next(made) for _ in some]) for some in found]


def written(citation: Formatted, form: Form) -> str:
    """Return a citation as text, HTML or Markdown.

    In HTML, only web addresses become links; in Markdown, only addresses that are shown.
    """
    return "".join(_WRITERS[form](one) for one in citation.segments)


def _html(segment: Segment) -> str:
    made = Markup("{}").format(segment.text)
    if segment.italic:
        made = Markup("<i>{}</i>").format(made)
    if segment.href and segment.href.startswith(("https://", "http://")):
        made = Markup('<a href="{}">{}</a>').format(segment.href, made)
    return str(made)


def _markdown(segment: Segment) -> str:
    if segment.href == segment.text and segment.text.startswith(("https://", "http://")):
        return f"<{segment.href}>"
    made = _MARKS.sub(r"\\\g<0>", escape(segment.text, quote=False))
    inner = made.strip()
    return made.replace(inner, f"*{inner}*", 1) if segment.italic and inner else made


_WRITERS: Mapping[Form, Callable[[Segment], str]] = {
    "text": lambda segment: segment.text,
    "html": _html,
    "markdown": _markdown,
}
