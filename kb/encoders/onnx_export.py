"""A sentence-transformers model -> an ONNX file that gives the same vectors."""

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

SAME = 0.9999  # cosine of a text's two vectors, below which an export is refused
OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")

# One word, a sentence, accents and other scripts, and more tokens than a model takes.
PROBES = (
    "bail",
    "Move public money from police overtime to housing and libraries.",
    "¿Qué pide la campaña por el aborto legal? ¡Jóvenes, 40 %!",
    "保釈金 и залог",
    "No family shall lose its home over an unpaid bill. " * 40,
)


class Whole(torch.nn.Module):
    """The model with its pooling, from token ids to unit vectors."""

    def __init__(self, model: "SentenceTransformer", inputs: tuple[str, ...]) -> None:
        super().__init__()
        self._model, self._inputs = model, inputs

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """The vectors of a batch; the inputs are in the order that was given."""
        features = dict(zip(self._inputs, tensors, strict=True))
        vectors = self._model(features)["sentence_embedding"]
        return torch.nn.functional.normalize(vectors, p=2, dim=1)


def export(encoder: Encoder, folder: Path) -> None:
    """Write the export into `folder`; EncoderError if it does not give the same vectors.

    The folder appears at once and whole, or not at all.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".new-") as name:
        aside = Path(name) / "export"
        aside.mkdir()
        _write(encoder, aside)
        _compare(encoder, FastEncoder(aside))
        _join_operators(encoder, aside)
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
        # Attention written out step by step is what ONNX Runtime knows to join again.
        with _eager(model), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter warns of its own workings
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


def _join_operators(encoder: Encoder, folder: Path) -> None:
    """One operator for each attention and each normalisation: a sixth less time a question.

    The plain export stays where the model is of another make, or its vectors would change.
    """
    from onnxruntime.transformers import optimizer  # noqa: PLC0415 - slow to import

    joined = folder.with_name("joined")
    shutil.copytree(folder, joined)
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
        model.save_model_to_file(str(joined / MODEL))
        exported = FastEncoder(joined).exported
        _describe(exported.model_copy(update={"crc32": checksums(joined)}), joined)
        _compare(encoder, FastEncoder(joined))
    except Exception:  # noqa: BLE001 - whatever it cannot join, the plain export is right
        shutil.rmtree(joined)
        return
    folder.rename(folder.with_name("plain"))
    joined.rename(folder)


def _compare(encoder: Encoder, fast: FastEncoder) -> None:
    cosines = np.sum(encoder.encode(PROBES) * fast.encode(PROBES), axis=1)
    if float(cosines.min()) < SAME:
        raise EncoderError(
            f"{encoder.identity.name}: the export gives other vectors "
            f"(cosine {cosines.min():.5f}; expected {SAME})"
        )
