"""The bundled encoder uses only the published weights."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kb.encoders.sentence_transformers import BUNDLED_PACKAGE, BUNDLED_SHA256, Encoder
from kb.errors import EncoderError


def bundled_weights() -> Path:
    """Return the file of the bundled weights."""
    spec = find_spec(BUNDLED_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return next((Path(spec.origin).parent / "model").rglob("*.safetensors"))


def test_the_bundled_encoder_returns_unit_rows_in_order() -> None:
    """Vectors are unit rows of 384 dimensions in the order of the texts, in any batch."""
    encoder = Encoder()
    said: list[int] = []

    vectors = encoder.encode(
        ["defund the police", "cut the police budget", "free water"], said.append
    )

    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert encoder.encode(["free water"])[0] == pytest.approx(vectors[2], abs=1e-5)
    assert sum(said) == 3
    assert encoder.encode([]).shape == (0, 384)


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    """Weights that differ from the published ones in one byte raise EncoderError."""
    copy = tmp_path / "model.safetensors"
    shutil.copyfile(bundled_weights(), copy)
    with copy.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)[0]
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))

    with pytest.raises(EncoderError, match=f"expected {BUNDLED_SHA256}. Next: pip install"):
        Encoder(folder=tmp_path).encode(["rent"])


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "1_Pooling/config.json"])
def test_an_altered_configuration_is_refused(tmp_path: Path, name: str) -> None:
    """A tokenizer or setting of the bundled model that differs in one byte raises EncoderError."""
    copy = shutil.copytree(bundled_weights().parent, tmp_path / "model")
    (copy / name).write_text((copy / name).read_text("utf-8") + " ", "utf-8")

    with pytest.raises(EncoderError, match=r"SHA-256 of the configuration .* Next: pip install"):
        Encoder(folder=copy).encode(["rent"])


def test_another_tokenizer_is_another_model(tmp_path: Path) -> None:
    """The identity of a user's model covers its tokenizer, and so do cached vectors."""
    copy = shutil.copytree(bundled_weights().parent, tmp_path / "model")
    before = Encoder(str(copy)).identity
    path = copy / "tokenizer.json"
    path.write_text(path.read_text("utf-8") + " ", "utf-8")

    assert Encoder(str(copy)).identity != before


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    """A model without weights raises EncoderError."""
    with pytest.raises(EncoderError, match="no weights"):
        assert Encoder(str(tmp_path)).identity


def test_an_unknown_model_is_refused() -> None:
    """The error for an unknown model names the command that downloads it."""
    with pytest.raises(EncoderError, match="Next: hf download nobody/no-such-model"):
        assert Encoder("nobody/no-such-model").identity
