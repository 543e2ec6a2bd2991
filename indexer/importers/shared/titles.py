"""Find titles in text and file metadata, and reject file names and program defaults."""

import re
from collections.abc import Iterable

from indexer.importers.shared.clean import one_line

MAX_TITLE_CHARACTERS = 300  # a longer title is a misplaced paragraph

_UNUSABLE = re.compile(
    r"""
    (?:untitled|title|document|doc|new\ document|sin\ t[ií]tulo|t[ií]tulo|documento)[\s_-]*\d*
    | microsoft\ (?:word|powerpoint|excel)\b.*
    | (?:powerpoint\ )?presentation[\s_-]*\d*
    | (?:slide|sheet|page|p[aá]gina|scan|scanned\ \w+|img)[\s_-]*\d*
    | (?:print|layout|template|blank|draft|final|cover)[\s_-]*\d*
    | .*\.(?:docx?|pdf|indd|qxp?d?|pptx?|xlsx?|odt|rtf|html?|txt|tmp|pages|wpd|ai|eps|p65|fm|exe)
    | .*(?:<%|%>|\$\{|\{\{).* | \$\w+\$     # a template that nobody filled in
    | [\W\d_]*                       # no letter at all
    | [a-z]:\\.* | /\S+/\S* | https?://\S+ | \w*_\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def usable_title(text: str | None) -> str | None:
    """Return the title on one line, or None if it is empty, a file name or a program's default.

    >>> usable_title("Microsoft Word - budget_final2.doc"), usable_title("The People's Budget")
    (None, "The People's Budget")
    """
    title = one_line(text or "")
    if not title or len(title) > MAX_TITLE_CHARACTERS or _UNUSABLE.fullmatch(title):
        return None
    return title


def visible_title(texts: Iterable[tuple[int, str]]) -> str | None:
    """Return the first usable heading, preferably of level 1, or None.

    Each pair in `texts` has a heading level, or 0 for other text, and the text.
    """
    headings = sorted((one for one in texts if one[0]), key=lambda one: one[0] != 1)
    return next(filter(None, (usable_title(text) for _, text in headings)), None)
