"""Convert straight quotation marks and apostrophes to typographic ones."""

import re

from kb.domain.records import Locator

# Words and years that start with an apostrophe: ’Til, ’em, ’90s.
_ELIDED = re.compile(r"(?<!\w)'(?=(?:til|tis|twas|em|n|bout|round|cause)\b|\d)", re.IGNORECASE)
_WITHIN_A_WORD = re.compile(r"(?<=\w)'(?=\w)")
_QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
_DOUBLE = re.compile(r'"([^"]*)"')
_NESTED = str.maketrans("“”", "‘’")


def curled(text: str) -> str:
    """Return the text with curly apostrophes and single quotation marks.

    >>> curled("We Do This 'Til We Free Us"), curled("Workers' rights and the 'other' one's")
    ('We Do This ’Til We Free Us', 'Workers’ rights and the ‘other’ one’s')
    """
    text = _WITHIN_A_WORD.sub("’", _ELIDED.sub("’", text))
    return _QUOTED.sub(r"‘\1’", text).replace("'", "’")


def typographic(text: str) -> str:
    """Return the text with curly quotation marks, single and double."""
    return _DOUBLE.sub(r"“\1”", curled(text))


def quoted(text: str) -> str:
    """Return the text in double quotation marks, with the marks inside it made single.

    >>> quoted('"Not in it for Justice": How it works')
    '“‘Not in it for Justice’: How it works”'
    """
    return f"“{typographic(text).translate(_NESTED)}”"


def place_in_source(locator: Locator | str | None) -> str:
    """Return the locator, or a place in words, as printed: `“The People’s Budget”, p. 3`."""
    if locator is None or isinstance(locator, str):
        return typographic(locator or "")
    inner = tuple(quoted(heading)[1:-1] for heading in locator.section)
    return locator.model_copy(update={"section": inner}).words
