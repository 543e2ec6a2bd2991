"""Vector spaces: the languages of each encoder and the calibration of its cosines.

Calibrations are measured per model. For a model that is not in `CALIBRATIONS`, the dense and the
lexical ranking have equal weight, and cosines do not decide whether results are weak.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kb.encoders.base import TextEncoder
from kb.settings import BUNDLED

MAIN, MULTILINGUAL = "main", "multilingual"  # names of the vector spaces


class Calibration(NamedTuple):
    """Constants for an encoder model, measured on judged queries."""

    languages: tuple[str, ...] = ()  # supported languages as BCP 47 tags; empty: all
    dense_share: float = 0.5  # weight of the cosine in the fused score
    # Weight if the best cosine is below `sure_cosine` and thus unreliable, as for slang.
    faint_share: float = 0.5
    sure_cosine: float = 0.0
    # Cosine of a passage that is certainly relevant. If the best cosine is lower, the dense scores
    # are scaled down in proportion.
    full_cosine: float = 0.0
    weak_cosine: float | None = None  # results with a lower best cosine are weak
    with_feedback: bool = False  # whether to apply pseudo-relevance feedback
    is_centered: bool = False  # whether the build centers the vectors of each language


CALIBRATIONS = {
    # Dense share: judged queries of four collections gave 0.6 to 0.8 (docs/decisions); 0.6 is best
    # for our own and no worse elsewhere (docs/ablations). Full cosine: nDCG@10 on judged queries is
    # 0.625 without it and 0.624 with it. Weak cosine: of 99 answerable English queries in
    # tests/relevance and tests/relevance/abstention, 5 are wrongly called weak; of 55 unanswerable
    # ones, 44 are correctly called weak. Languages: nDCG@10 on Spanish queries is 0.399 with these
    # vectors and 0.422 without.
    BUNDLED: Calibration(
        languages=("en",), dense_share=0.6, faint_share=0.6, full_cosine=0.5, weak_cosine=0.48
    ),
    # Dense share: with 0.6 or 0.9, nDCG@10 on Spanish queries differs by at most 0.009, within its
    # interval (docs/ablations). Sure cosine: nDCG@10 is 0.03 lower with 0.84. Weak cosine: of 65
    # answerable Spanish queries, 2 are wrongly called weak; of 29 unanswerable ones, 16 are
    # correctly called weak. Feedback improves Spanish results (docs/ablations).
    "multilingual-e5-small": Calibration(
        dense_share=0.8,
        faint_share=0.3,
        sure_cosine=0.82,
        full_cosine=0.5,
        weak_cosine=0.84,
        with_feedback=True,
        is_centered=True,
    ),
}


class VectorSpace(NamedTuple):
    """A named set of vectors in an index, with its encoder and the calibration of its cosines."""

    name: str  # of the set in an index
    encoder: TextEncoder
    calibration: Calibration

    def reads(self, language: str) -> bool:
        """Return whether the encoder supports a language, given as a BCP 47 tag."""
        return not self.calibration.languages or language in self.calibration.languages

    def share(self, best_cosine: float | None) -> float:
        """Return the weight of the cosine in the fused score, given the best cosine found."""
        known = self.calibration
        near = best_cosine is not None and best_cosine >= known.sure_cosine
        return known.dense_share if near else known.faint_share


Spaces = Sequence[VectorSpace]


def vector_space(name: str, encoder: TextEncoder) -> VectorSpace:
    """Return the vector space of an encoder, calibrated for its model."""
    model = encoder.identity.name.rpartition("/")[2]
    return VectorSpace(name, encoder, CALIBRATIONS.get(model, Calibration()))


def vector_spaces(main: TextEncoder, multilingual: TextEncoder | None = None) -> Spaces:
    """Return the vector spaces of the main encoder and, if there is one, the multilingual one."""
    found = [vector_space(MAIN, main)]
    if multilingual is not None:
        found.append(vector_space(MULTILINGUAL, multilingual))
    return tuple(found)
