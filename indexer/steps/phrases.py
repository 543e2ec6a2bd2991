"""Embed the phrases of passages, each in the spaces that read its language."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from indexer.steps.embed import embed
from kb.domain.passages import Unit
from kb.encoders.vector_spaces import Spaces
from kb.index.contract import PhraseVectors

# called during the work with (step, newly done, total)
Report = Callable[[str, int, int], object]


def phrase_vectors(
    units: Sequence[Unit], spaces: Spaces, cache: Path, report: Report
) -> dict[str, PhraseVectors]:
    """Return the vectors of the phrases by space; a space without phrases is left out.

    A space for certain languages embeds the phrases in those. One that reads all languages embeds
    what no earlier space does, because questions in a language go to the first space that reads it.
    """
    found: dict[str, PhraseVectors] = {}
    taken: set[str] = set()
    for space in spaces:
        some = [
            (key, language, phrase)
            for key, unit in enumerate(units)
            for language, phrases in unit.phrases.by_language.items()
            for phrase in phrases
            if space.reads(language) and language not in taken
        ]
        taken |= {language for _, language, _ in some}
        if some:
            step = f"{space.name} phrases"
            report(step, 0, len(some))
            texts = [phrase for _, _, phrase in some]
            rows, _ = embed(texts, space.encoder, cache, partial(_tell, report, step, len(some)))
            found[space.name] = PhraseVectors(rows, np.array([key for key, _, _ in some]))
    return found


def _tell(report: Report, step: str, total: int, done: int) -> None:
    report(step, done, total)
