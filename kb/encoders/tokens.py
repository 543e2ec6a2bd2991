"""Count the tokens in texts, so that no text is truncated when it is embedded."""

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import NamedTuple

TOKENS_PER_WORD = 1.6  # used without a tokenizer; English reports average 1.3

Count = Callable[[str], int]


class TokenLimit(NamedTuple):
    """The token limit of an encoder, and its tokenizer file."""

    most: int = 256
    tokenizer: Path | None = None  # None: tokens are estimated from words


def token_counter(tokenizer: Path | None) -> Count:
    """Return a function that counts the tokens of a text, without special tokens.

    Without a tokenizer file, the function estimates the number from the word count.
    """
    if tokenizer is None:
        return lambda text: ceil(len(text.split()) * TOKENS_PER_WORD)
    from tokenizers import Tokenizer  # noqa: PLC0415 - most searches do not need it

    made = Tokenizer.from_file(str(tokenizer))
    made.no_truncation()
    made.no_padding()
    return lambda text: len(made.encode(text, add_special_tokens=False).ids)
