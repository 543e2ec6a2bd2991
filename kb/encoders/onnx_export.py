"""Export a sentence-transformers model to an ONNX file that gives the same vectors."""

import logging
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kb.encoders.onnx import DESCRIPTION, MODEL, TOKENIZER, Exported, FastEncoder, checksums
from kb.encoders.sentence_transformers import Encoder
from kb.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SAME = 0.9999  # minimum cosine between the vectors of a model and its export
OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")

# A word, a sentence, accents, other scripts, and more tokens than the limit of a model.
PROBES = (
    "bail",
    "Move public money from police overtime to housing and libraries.",
    "¿Qué pide la campaña por el aborto legal? ¡Jóvenes, 40 %!",
    "保釈金 и залог",
    "No family shall lose its home over an unpaid bill. " * 40,
)


class Whole(torch.nn.Module):
    """A model with pooling and normalization, which turns token ids into unit vectors."""

    def __init__(self, model: "SentenceTransformer", inputs: tuple[str, ...]) -> None:
        super().__init__()
        self._model, self._inputs = model, inputs

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """Return the (n, d) unit vectors of a batch; the tensors are in the order of the inputs."""
        features = dict(zip(self._inputs, tensors, strict=True))
        vectors = self._model(features)["sentence_embedding"]
        return torch.nn.functional.normalize(vectors, p=2, dim=1)


def export(encoder: Encoder, folder: Path) -> None:
    """Export an encoder to a folder, replacing an earlier export.

    Raise EncoderError if the encoder cannot be exported or the export gives different vectors.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".new-") as name:
        aside = Path(name) / "export"
        aside.mkdir()
        _write(encoder, aside)
        _compare(encoder, FastEncoder(aside))
        _fuse_operators(encoder, aside)
        if folder.exists():
            folder.rename(Path(name) / "before")
        aside.rename(folder)


def _write(encoder: Encoder, folder: Path) -> None:
    model = encoder.loaded
    tokenizer: Any = model.tokenizer
    if not getattr(tokenizer, "is_fast", False):
        raise EncoderError(f"{encoder.identity.name}: its tokenizer cannot be exported")
    (folder / TOKENIZER).write_text(tokenizer.backend_tokenizer.to_str(), "utf-8")
    given = tokenizer(["one", "two words"], padding=True, return_tensors="pt")
    inputs = tuple(name for name in INPUTS if name in given)
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {"vectors": {0: "texts"}}
    try:
        # ONNX Runtime can fuse only eager attention.
        with _eager(model), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about internals of the exporter
            torch.onnx.export(
                Whole(model, inputs).eval(),
                tuple(given[name] for name in inputs),
                str(folder / MODEL),
                input_names=list(inputs),
                output_names=["vectors"],
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
    except (RuntimeError, TypeError, ValueError) as error:
        raise EncoderError(f"{encoder.identity.name}: cannot be exported ({error})") from error
    described = Exported(
        identity=encoder.identity,
        dimension=model.get_embedding_dimension() or 0,
        max_tokens=model.get_max_seq_length() or tokenizer.model_max_length,
        inputs=inputs,
        prefixes=encoder.prefixes,
        crc32=checksums(folder),
    )
    _describe(described, folder)


def _describe(exported: Exported, folder: Path) -> None:
    (folder / DESCRIPTION).write_text(exported.sealed.model_dump_json(), "utf-8")


@contextmanager
def _eager(model: "SentenceTransformer") -> Iterator[None]:
    inner: Any = getattr(model[0], "auto_model", None)
    before = getattr(getattr(inner, "config", None), "_attn_implementation", None)
    if before is None:
        yield
        return
    inner.set_attn_implementation("eager")
    try:
        yield
    finally:
        inner.set_attn_implementation(before)


def _fuse_operators(encoder: Encoder, folder: Path) -> None:
    """Fuse the attention and normalization operators, which saves a sixth of a query's time.

    Keep the plain export if the architecture is not supported or the vectors would change.
    """
    from onnxruntime.transformers import optimizer  # noqa: PLC0415 - slow to import

    fused = folder.with_name("fused")
    shutil.copytree(folder, fused)
    inner: Any = getattr(encoder.loaded[0], "auto_model", None)
    config = getattr(inner, "config", None)
    logging.getLogger("onnxruntime.transformers").setLevel(logging.ERROR)
    try:
        model = optimizer.optimize_model(
            str(folder / MODEL),
            model_type="bert",
            num_heads=getattr(config, "num_attention_heads", 0),
            hidden_size=getattr(config, "hidden_size", 0),
            opt_level=0,
        )
        model.save_model_to_file(str(fused / MODEL))
        exported = FastEncoder(fused).exported
        _describe(exported.model_copy(update={"crc32": checksums(fused)}), fused)
        _compare(encoder, FastEncoder(fused))
    except Exception:  # noqa: BLE001 - if it fails, the plain export is used
        shutil.rmtree(fused)
        return
    folder.rename(folder.with_name("plain"))
    fused.rename(folder)


def _compare(encoder: Encoder, fast: FastEncoder) -> None:
    cosines = np.sum(encoder.encode(PROBES) * fast.encode(PROBES), axis=1)
    if float(cosines.min()) < SAME:
        raise EncoderError(
            f"{encoder.identity.name}: the export gives different vectors "
            f"(cosine {cosines.min():.5f}; expected at least {SAME})"
        )
