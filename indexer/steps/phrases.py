"""Collect the phrases to embed, each in the vector space that reads its language."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.passages import Unit
from kb.encoders.vector_spaces import Spaces


class PhraseTexts(NamedTuple):
    """Phrases to embed in one vector space, each with the passage that it belongs to."""

    texts: list[str]
    owners: list[int]  # index of the unit of each phrase, ascending


def phrase_texts(units: Sequence[Unit], spaces: Spaces) -> dict[str, PhraseTexts]:
    """Return the phrases by name of their vector space; a space without phrases is left out.

    Phrases in a language belong to the first space that reads it, because queries in this language
    are searched in that space.
    """
    found: dict[str, PhraseTexts] = {}
    for key, unit in enumerate(units):
        for language, phrases in unit.phrases.by_language.items():
            space = next((one.name for one in spaces if one.reads(language)), None)
            if space:
                some = found.setdefault(space, PhraseTexts([], []))
                some.texts.extend(phrases)
                some.owners.extend([key] * len(phrases))
    return found
