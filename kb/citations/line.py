"""The plain citation line: who, what, when, where in it, and the address."""

from kb.domain.documents import Locator, Source

LIST_AT_MOST = 3  # more authors than this are shortened to the first and "et al."


def citation_line(source: Source, locator: Locator | None) -> str:
    """One line that can be pasted into a message; organizations stand in for absent authors."""
    names = [str(name) for name in source.author] or list(source.organization)
    if len(names) > LIST_AT_MOST:
        names = [names[0], "et al."]
    parts = [", ".join(names), f"“{source.title}”", source.issued or "n.d."]
    if locator and locator.words:
        parts.append(locator.words)
    line = ", ".join(part for part in parts if part).removesuffix(".")
    return f"{line}. {source.URL}" if source.URL else f"{line}."
