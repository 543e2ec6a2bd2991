"""How many of an encoder's tokens a text takes, so that nothing embedded is cut off."""

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import NamedTuple

TOKENS_OF_A_WORD = 1.6  # without a tokenizer; English words of reports take 1.3

Count = Callable[[str], int]


class TokenLimit(NamedTuple):
    """How much of a text an encoder reads, and the file of the tokenizer that counts it."""

    most: int = 256
    tokenizer: Path | None = None  # None: words are counted


def token_counter(tokenizer: Path | None) -> Count:
    """Return a count of tokens without the two at a text's ends; by words if there is no file."""
    if tokenizer is None:
        return lambda text: ceil(len(text.split()) * TOKENS_OF_A_WORD)
    from tokenizers import Tokenizer  # noqa: PLC0415 - a search without passages needs none

    made = Tokenizer.from_file(str(tokenizer))
    made.no_truncation()
    made.no_padding()
    return lambda text: len(made.encode(text, add_special_tokens=False).ids)
