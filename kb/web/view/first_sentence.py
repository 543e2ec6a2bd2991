"""The first sentence of our own words."""

import re

_END = re.compile(r"[.!?…][\"”’»)]*(?=\s+[\"“‘«(¿¡]*[^\W_a-zà-ÿ])")
# What a full stop stands behind within a sentence.
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|EE|UU|St|Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Lic|Gov|Sen|Rep|No|Nos|Inc|Ave|vs|v|art|p|pp"
    r"|Jan|Feb|Aug|Sept?|Oct|Nov|Dec))\.$"
)


def first_sentence(text: str) -> str:
    """What a text says first; the whole of it where nothing ends before its end.

    >>> first_sentence("It passed 5.4 to 3 in the U.S. House. The mayor signed it.")
    'It passed 5.4 to 3 in the U.S. House.'
    """
    for match in _END.finditer(text):
        said = text[: match.end()]
        if not _SHORT.search(said):
            return said
    return text
