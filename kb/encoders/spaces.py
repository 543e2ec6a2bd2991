"""Vector spaces: which encoder reads which languages, and what its cosines mean.

The constants of a space belong to the model on which they were measured. A model without an entry
in `CALIBRATIONS` gets none of them: its ranking counts as much as the words, and no cosine decides
whether an answer is weak.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kb.encoders.base import TextEncoder
from kb.settings import BUNDLED

MAIN, MULTILINGUAL = "main", "multilingual"  # the names of the spaces that settings open


class Calibration(NamedTuple):
    """Constants of one model, measured on judged questions."""

    languages: tuple[str, ...] = ()  # that it reads, as BCP 47 tags; empty: every language
    dense_share: float = 0.5  # share of the cosine in the fused score
    # Share where the best passage is below `sure_cosine`: then it is a guess, as for slang.
    faint_share: float = 0.5
    sure_cosine: float = 0.0
    # A cosine at which a passage surely speaks of the same thing. Where even the best is below
    # it, the dense ranking counts for as much less.
    full_cosine: float = 0.0
    weak_cosine: float | None = None  # an answer whose best cosine is below it is called weak
    with_feedback: bool = False  # whether the question is moved towards its first passages
    is_centered: bool = False  # whether the build moves the languages' means together


CALIBRATIONS = {
    # Dense share: judged queries of four collections gave 0.6 to 0.8 (docs/decisions). Full
    # cosine: judged queries lose nothing (nDCG@10 0.625 without it, 0.624 with it). Weak cosine:
    # over 98 English questions with an answer and 35 without (tests/relevance,
    # tests/relevance/abstention) it says so rightly of 28 and wrongly of 9, most of them long
    # paraphrases; a threshold chosen on four fifths and measured on the fifth gave 0.48 to 0.51,
    # right of 32 and wrong of 13. Spanish: nDCG@10 0.399 with its vectors, 0.422 without.
    BUNDLED: Calibration(
        languages=("en",), dense_share=0.7, faint_share=0.7, full_cosine=0.5, weak_cosine=0.46
    ),
    # Dense share: 56 Spanish questions lose 0.030 nDCG@10 at 0.6 and 0.016 at 0.9, both inside
    # their intervals (docs/ablations); they lose 0.03 where the sure cosine is 0.84. Weak cosine:
    # over 64 Spanish questions with an answer it says so wrongly of 4, over 10 without one
    # rightly of 6. Feedback: Spanish questions gain by it (docs/ablations).
    "multilingual-e5-small": Calibration(
        dense_share=0.8,
        faint_share=0.3,
        sure_cosine=0.82,
        full_cosine=0.5,
        weak_cosine=0.83,
        with_feedback=True,
        is_centered=True,
    ),
}


class VectorSpace(NamedTuple):
    """One set of vectors: the encoder that makes them and the constants of its cosines."""

    name: str  # of the set in an index
    encoder: TextEncoder
    calibration: Calibration

    def reads(self, language: str) -> bool:
        """Return whether questions in a language (a BCP 47 tag) are read by this encoder."""
        return not self.calibration.languages or language in self.calibration.languages

    def share(self, best_cosine: float | None) -> float:
        """Return the share of the cosine in the fused score, given the best one found."""
        known = self.calibration
        near = best_cosine is not None and best_cosine >= known.sure_cosine
        return known.dense_share if near else known.faint_share


Spaces = Sequence[VectorSpace]


def vector_space(name: str, encoder: TextEncoder) -> VectorSpace:
    """Return the space of an encoder, with the constants that were measured for its model."""
    model = encoder.identity.name.rpartition("/")[2]
    return VectorSpace(name, encoder, CALIBRATIONS.get(model, Calibration()))


def vector_spaces(main: TextEncoder, multilingual: TextEncoder | None = None) -> Spaces:
    """Return the spaces of a main encoder and of one for the languages that it does not read."""
    found = [vector_space(MAIN, main)]
    if multilingual is not None:
        found.append(vector_space(MULTILINGUAL, multilingual))
    return tuple(found)
