"""Rerankers: cross-encoders, which score a query and a passage together.

Reranking is off by default, because scoring one passage takes as long as encoding a query. A model
folder with `model.onnx` and `tokenizer.json` runs in ONNX Runtime; any other model is loaded with
sentence-transformers, which needs PyTorch.
"""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from kb.encoders.onnx import MAX_THREADS, MODEL, TOKENIZER
from kb.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer

MAX_TOKENS = 512  # of query and passage together; the length used in training
BATCH = 8  # pairs


class Reranker(Protocol):
    """A model that scores how well each text answers a query."""

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return the (n,) scores of the texts; better answers score higher."""


class OnnxReranker:
    """A cross-encoder in ONNX format and its tokenizer, loaded from a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - off by default

        options = SessionOptions()
        options.intra_op_num_threads = min(MAX_THREADS, os.cpu_count() or 1)
        options.log_severity_level = 3
        path = str(self._folder / MODEL)
        return InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
        tokenizer.enable_padding()
        return tokenizer

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return the (n,) scores of the texts; better answers score higher."""
        found = np.zeros(len(texts))
        inputs = {one.name for one in self._session.get_inputs()}
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            pairs = [(question, texts[index]) for index in batch]
            encoded = self._tokenizer.encode_batch(pairs)
            known = {
                "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
                "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
                "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
            }
            fed = {name: value for name, value in known.items() if name in inputs}
            logits = np.asarray(self._session.run(None, fed)[0], dtype=np.float64)
            found[batch] = logits.reshape(len(batch), -1)[:, -1]
        return found


class CrossReranker:
    """A cross-encoder from sentence-transformers, loaded without network requests."""

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
        """Return the (n,) scores of the texts; better answers score higher."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float64).reshape(len(texts), -1)[:, -1]
