"""Run an exported encoder with ONNX Runtime, which starts in 0.3 s; PyTorch takes 7 s."""

import os
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from kb.domain.base import Noun
from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.batches import Rows, encode_in_batches
from kb.encoders.tokens import TokenLimit
from kb.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DESCRIPTION, MODEL, TOKENIZER = "encoder.json", "model.onnx", "tokenizer.json"
# Padded tokens per batch, few enough for a core's cache: 176 texts/s, against 149 with 4096.
BATCH_TOKENS = 512
MAX_THREADS = 4  # per text; more threads only wait for each other
REPAIR = "Next: kb build"

Fed = dict[str, npt.NDArray[np.int64]]  # inputs of the model, by name
Run = Callable[[Fed], Vectors]


class Exported(Noun):
    """Metadata of an exported encoder, stored in encoder.json."""

    identity: EncoderIdentity
    dimension: int
    max_tokens: int
    inputs: tuple[str, ...]
    prefixes: tuple[str, str] = ("", "")  # of queries and of passages
    crc32: dict[str, int]  # by file name; that of model.onnx (90 MB) takes 30 ms
    seal: int = 0  # CRC-32 of the metadata with a seal of 0

    @property
    def sealed(self) -> Self:
        """Return the metadata with its checksum in `seal`."""
        text = self.model_copy(update={"seal": 0}).model_dump_json()
        return self.model_copy(update={"seal": zlib.crc32(text.encode())})


class FastEncoder:
    """An exported encoder, loaded on first use; threads may share it."""

    def __init__(self, folder: Path, model: str | None = None) -> None:
        """Open an export; raise EncoderError if its metadata is missing or altered.

        `model` is the name of the original model, if that is available too.
        """
        self._folder, self.model = folder, model
        try:
            text = (folder / DESCRIPTION).read_bytes()
            self.exported = Exported.model_validate_json(text)
        except (OSError, ValidationError) as error:
            raise EncoderError(f"{folder}: no valid encoder export. {REPAIR}") from error
        if self.exported != self.exported.sealed:
            raise EncoderError(f"{folder / DESCRIPTION}: altered since the export. {REPAIR}")

    @staticmethod
    def is_at(folder: Path) -> bool:
        """Return whether a folder contains an exported encoder with valid metadata."""
        try:
            return bool(FastEncoder(folder).exported.dimension)
        except EncoderError:
            return False

    @property
    def tokens(self) -> TokenLimit:
        """Return the token limit per text; raise EncoderError if the tokenizer is damaged."""
        return TokenLimit(self.exported.max_tokens, self._checked(TOKENIZER))

    @property
    def is_whole(self) -> bool:
        """Return whether every file of the export has the recorded checksum."""
        return all(_crc32(self._folder / name) == crc for name, crc in self.exported.crc32.items())

    def _checked(self, name: str) -> Path:
        """Return the path of a file in the export; raise EncoderError if its checksum differs."""
        path = self._folder / name
        if _crc32(path) != self.exported.crc32.get(name):
            raise EncoderError(f"{path}: damaged or missing. {REPAIR}")
        return path

    @property
    def identity(self) -> EncoderIdentity:
        """Return the name and checksum of the exported weights."""
        return self.exported.identity

    def load(self) -> None:
        """Load the model in advance, so that the first query does not wait for it."""
        _ = (self._session, self._tokenizer)

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, d) float32 unit vectors of passages; `progress` receives batch sizes.

        Texts are batched by length to keep padding small; the vectors are in the order of the
        texts.
        """
        return self.encode_with(self._run, BATCH_TOKENS, texts, progress)

    def question(self, text: str) -> Vectors:
        """Return the (d,) float32 unit vector of a query."""
        tokens = self._tokenizer.encode(self.exported.prefixes[0] + text).ids
        vector: Vectors = self._run(self._fed([tokens]))[0]
        return vector

    def encode_with(
        self,
        run: Run,
        batch_tokens: int,
        texts: Sequence[str],
        progress: Callable[[int], object] | None = None,
    ) -> Vectors:
        """Return the (n, d) vectors of passages, computed by `run` in batches of `batch_tokens`."""
        prefixed = [self.exported.prefixes[1] + text for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(prefixed)]
        dimension = self.exported.dimension
        return encode_in_batches(
            tokens, dimension, batch_tokens, lambda rows: run(self._fed(rows)), progress
        )

    def _fed(self, rows: Rows) -> Fed:
        width = len(rows[-1])
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.int64)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        known = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return {name: known[name] for name in self.exported.inputs}

    def _run(self, fed: Fed) -> Vectors:
        return np.asarray(self._session.run(None, fed)[0], dtype=np.float32)

    @cached_property
    def _session(self) -> "InferenceSession":
        # Imported at first use, because lexical searches do not need it.
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

        path = self._checked(MODEL)
        options = SessionOptions()
        options.intra_op_num_threads = min(MAX_THREADS, os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        # Threads spin during a query, which saves a third of its time, and stop after it, so that
        # other processes get the processor.
        options.add_session_config_entry("session.intra_op.allow_spinning", "1")
        options.add_session_config_entry("session.force_spinning_stop", "1")
        options.log_severity_level = 3
        return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415

        tokenizer = Tokenizer.from_file(str(self._checked(TOKENIZER)))
        tokenizer.enable_truncation(self.exported.max_tokens)
        tokenizer.no_padding()
        return tokenizer


def _crc32(path: Path) -> int | None:
    total = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                total = zlib.crc32(piece, total)
    except OSError:
        return None
    return total


def checksums(folder: Path) -> dict[str, int]:
    """Return the CRC-32 of the model and of the tokenizer, by file name."""
    found = {name: _crc32(folder / name) for name in (MODEL, TOKENIZER)}
    return {name: crc for name, crc in found.items() if crc is not None}
