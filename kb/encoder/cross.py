"""A cross-encoder, by name or path: it reads question and passage together.

Off unless it is asked for. It takes seconds to load and milliseconds for each passage.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from kb.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """What the search asks of a reranker."""

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return (n,) scores, higher for what answers the question better."""


class CrossReranker:
    """The model, loaded at the first question; nothing is asked of a network."""

    def __init__(self, model: str) -> None:
        self._model_name = model

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds

        try:
            model: CrossEncoder = CrossEncoder(
                self._model_name, device="cpu", local_files_only=True
            )
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"the reranker '{self._model_name}' is neither a folder nor in this machine's "
                f"model cache. Next: hf download {self._model_name}"
            ) from error
        return model

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return (n,) scores, higher for what answers the question better."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float64).reshape(len(texts), -1)[:, -1]
