"""Text of any origin -> one clean line."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
# Characters that show nothing and break words or files: soft hyphen, zero-width space, byte-order
# mark, non-characters. Joiners and direction marks are part of some scripts and stay.
_UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF, 0xFFF9, 0xFFFA, 0xFFFB])


# What makes a line need work; most need none, and long tables have a million of them.
_ODD = re.compile(
    r"[^\S ]|  |[\x00-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    r"""The text with every run of white space as one space, without what no reader can see.

    >>> one_line(" Free\x00 the\n  bus\u00ades ")
    'Free the buses'
    """
    text = text.strip()
    if not _ODD.search(text):
        return text
    seen = _SPACE.sub(" ", text).translate(_UNSEEN)
    kept = "".join(char for char in seen if unicodedata.category(char) not in {"Cc", "Cs"})
    return _SPACE.sub(" ", kept).strip()
