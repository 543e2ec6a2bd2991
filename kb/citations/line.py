"""Plain one-line citations: authors, title, date, locator and URL."""

from collections.abc import Sequence

from kb.citations.item import Cited
from kb.citations.typography import place_in_source, quoted, typographic

MAX_AUTHORS = 3  # more are shortened to the first and "et al."


def citation_line(cited: Sequence[Cited]) -> str:
    """Return the citations of the works as one line of text, separated by semicolons."""
    return "; ".join(map(_work, cited))


def _work(cited: Cited) -> str:
    """Return the citation of one work on one line, with organizations if there are no authors."""
    source, locator = cited
    names = [typographic(str(name)) for name in source.author or source.organization]
    if len(names) > MAX_AUTHORS:
        names = [names[0], "et al."]
    title = quoted(source.title) if source.title else ""
    parts = [", ".join(names), title, source.issued or "n.d."]
    parts.append(place_in_source(locator))
    line = ", ".join(part for part in parts if part).removesuffix(".")
    return f"{line}. {source.URL}" if source.URL else f"{line}."
