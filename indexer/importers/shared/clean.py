"""Clean up text from any source, and put it on one line."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
# Invisible characters that break words or files: soft hyphen, zero-width space, byte-order mark,
# noncharacters. Joiners and direction marks are part of some scripts and are kept.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF, 0xFFF9, 0xFFFA, 0xFFFB])


# Matches text that needs cleaning. Most text needs none, and a long table has a million lines.
_UNCLEAN = re.compile(
    r"[^\S ]|  |[\x00-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    r"""Return the text with whitespace collapsed and invisible characters removed.

    >>> one_line(" Free\x00 the\n  bus\u00ades ")
    'Free the buses'
    """
    text = text.strip()
    if not _UNCLEAN.search(text):
        return text
    seen = _SPACE.sub(" ", text).translate(_INVISIBLE)
    kept = "".join(char for char in seen if unicodedata.category(char) not in {"Cc", "Cs"})
    return _SPACE.sub(" ", kept).strip()
