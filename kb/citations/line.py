"""Plain one-line citations: authors, title, date, locator and URL."""

from kb.citations.typography import place_in_source, quoted, typographic
from kb.domain.documents import Locator, Source

MAX_AUTHORS = 3  # more are shortened to the first and "et al."


def citation_line(source: Source, locator: Locator | None) -> str:
    """Return a one-line citation for messages; if there are no authors, name organizations."""
    names = [typographic(str(name)) for name in source.author or source.organization]
    if len(names) > MAX_AUTHORS:
        names = [names[0], "et al."]
    parts = [", ".join(names), quoted(source.title), source.issued or "n.d."]
    parts.append(place_in_source(locator))
    line = ", ".join(part for part in parts if part).removesuffix(".")
    return f"{line}. {source.URL}" if source.URL else f"{line}."
