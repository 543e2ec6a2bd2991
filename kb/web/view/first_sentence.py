"""Extract the first sentence of a text."""

from kb.text.sentences import sentences


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, which may be the whole text.

    >>> first_sentence("It passed 5.4 to 3 in the U.S. House. The mayor signed it.")
    'It passed 5.4 to 3 in the U.S. House.'
    """
    found = sentences(text)
    return text[: found[0][1]] if found else text
