"""Who says a sentence: the text itself, a speaker of a transcript, or somebody who is quoted."""

import re

from indexer.demands.rules.asked import word_set

_SPEAKER = re.compile(r"^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’ -]{2,40}:\s+")
_QUOTATION = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_CLOSED = re.compile(r"[\"”»]")
_SAYS = frozenset(
    "said says say wrote told added argued replied explained "
    "dijo dicen afirmó agregó señaló".split()
)


def speaker_of(words: str) -> int:
    """The characters of `MS. LEE: ` at the beginning of a transcript's sentence."""
    match = _SPEAKER.match(words)
    return match.end() if match else 0


def quoted(words: str) -> bool:
    """Whether a sentence is somebody's: `he said`, or the end of a quotation that began before."""
    own = _QUOTATION.sub(" ", words)
    return bool(_CLOSED.search(own)) or not _SAYS.isdisjoint(word_set(own))
