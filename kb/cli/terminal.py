"""Terminal output: `say` prints all text, so that stored text cannot control the terminal.

Titles, file names and server messages are untrusted. An escape sequence in them could hide or
change what is displayed, or type commands.
"""

import json
import re
import sys
from collections.abc import Callable
from typing import Any, TextIO

from pydantic import BaseModel

BOLD, PLAIN = "\033[1m", "\033[0m"
# Unicode noncharacters that stand for BOLD and PLAIN until the text is printed.
BOLD_MARK, PLAIN_MARK = "\ufdd0", "\ufdd1"

# Control characters except tab and line feed, directional overrides and isolates, which reorder
# the text around them, and halves of surrogate pairs, which no terminal can encode.
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


def printable(text: str) -> str:
    r"""Return the text with control characters replaced by visible symbols.

    >>> printable("Rent\x1b[2J\tup\x9b31m")
    'Rent␛[2J\tup�31m'
    """
    return _UNSAFE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)  # Control Pictures
    return "\u2421" if code == 0x7F else "\ufffd"


def say(text: object, file: TextIO | None = None, end: str = "\n") -> None:
    """Print text safely, to standard output unless another file is given."""
    safe = printable(str(text)).replace(BOLD_MARK, BOLD).replace(PLAIN_MARK, PLAIN)
    print(safe, file=file or sys.stdout, end=end)


def say_json(value: Any, write: Callable[[str], object] = print) -> None:
    """Print a model or a JSON value as JSON, with unsafe characters escaped."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    text = json.dumps(value, ensure_ascii=False, indent=2)
    write(_UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text))
