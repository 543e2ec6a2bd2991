"""The ONNX export of the encoder: the same vectors, a quick start, and checked files."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.encoders.onnx import DESCRIPTION, MODEL, TOKENIZER, FastEncoder
from kb.encoders.open import MIN_BULK_PASSAGES, UNEXPORTED, for_many, make_encoder, open_encoder
from kb.encoders.sentence_transformers import Encoder
from kb.encoders.tokens import token_counter
from kb.errors import EncoderError
from kb.settings import BUNDLED

TEXTS = [
    "",
    "fianza",
    "Police out of schools.",
    "¿Cuánto cuesta la cárcel? ¡Jóvenes, 40 %!",
    "emoji 🏳️‍⚧️, right to left: العدالة, and a NUL \x00 inside",
    "The council should move ten million dollars from overtime to housing. " * 60,
]


def test_vectors_are_those_of_the_model(exported: Path) -> None:
    """Each text has the model's vector, to a cosine of 0.9999, alone or in a batch."""
    slow, fast = Encoder().encode(TEXTS), open_encoder(BUNDLED, exported).encode(TEXTS)
    alone = np.stack([open_encoder(BUNDLED, exported).encode([text])[0] for text in TEXTS[:4]])

    assert np.sum(slow * fast, axis=1).min() > 0.9999
    assert np.sum(alone * fast[:4], axis=1).min() > 0.9999
    assert np.linalg.norm(fast, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_identity_is_that_of_the_weights(exported: Path) -> None:
    """Model and export have the same identity, so that either can search an index of the other."""
    assert open_encoder(BUNDLED, exported).identity == Encoder().identity


def test_an_export_is_made_once(exported: Path) -> None:
    """A second build uses the existing export and writes nothing."""
    before = sorted((path, path.stat().st_mtime_ns) for path in exported.rglob("*"))

    make_encoder(BUNDLED, exported)

    assert sorted((path, path.stat().st_mtime_ns) for path in exported.rglob("*")) == before


def test_without_an_export_the_model_itself_is_used(tmp_path: Path) -> None:
    """Before the first export, `open_encoder` returns the model itself."""
    assert isinstance(open_encoder(BUNDLED, tmp_path), Encoder)


def altered(exported: Path, target: Path, name: str) -> Path:
    """Copy the export, alter one byte of one file, and return the folder of the copy."""
    copy = shutil.copytree(exported, target) / "encoders"
    folder = next(path for path in copy.iterdir() if path.is_dir())
    content = (folder / name).read_bytes()
    at = content.index(b'"max_tokens":') + 13 if name == DESCRIPTION else len(content) // 2
    changed = bytes([content[at] ^ 1])  # another digit, where it is one
    (folder / name).write_bytes(content[:at] + changed + content[at + 1 :])
    return folder


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, DESCRIPTION])
def test_a_damaged_export_is_noticed(exported: Path, tmp_path: Path, name: str) -> None:
    """One changed byte in any file is an error that names the command to repair it."""
    folder = altered(exported, tmp_path / "index", name)

    with pytest.raises(EncoderError, match=rf"{name}: .*\. Next: kb build"):
        FastEncoder(folder).encode(["rent"])

    assert not (FastEncoder.is_at(folder) and FastEncoder(folder).is_whole)


def test_a_damaged_export_is_made_again(exported: Path, tmp_path: Path) -> None:
    """The next build replaces an export with one changed byte."""
    altered(exported, tmp_path / "index", TOKENIZER)

    encoder = make_encoder(BUNDLED, tmp_path / "index")

    assert isinstance(encoder, FastEncoder)
    expected = open_encoder(BUNDLED, exported).encode(TEXTS)
    assert encoder.encode(TEXTS) == pytest.approx(expected, abs=1e-5)


def test_encoding_loads_neither_torch_nor_transformers(exported: Path) -> None:
    """Encoding with the export imports neither torch nor transformers."""
    script = (
        "import sys; from pathlib import Path; from kb.encoders.open import open_encoder; "
        f"print(open_encoder({BUNDLED!r}, Path({str(exported)!r})).encode(['rent']).shape); "
        "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert said.stdout.split("\n")[:2] == ["(1, 384)", "[]"]


def test_many_passages_have_the_same_vectors(exported: Path) -> None:
    """The bulk encoder gives each text the model's vector and reports its progress."""
    from kb.encoders.torch_bulk import BulkEncoder  # noqa: PLC0415 - needs torch

    fast = make_encoder(BUNDLED, exported)
    assert isinstance(fast, FastEncoder)
    bulk, done = BulkEncoder(fast, BUNDLED), list[int]()

    vectors = bulk.encode(TEXTS, done.append)

    assert bulk.agrees
    assert np.sum(vectors * Encoder().encode(TEXTS), axis=1).min() > 0.9999
    assert sum(done) == len(TEXTS)
    assert bulk.identity == fast.identity
    assert (bulk.question("rent") == fast.question("rent")).all()


def test_few_passages_are_left_to_the_export(exported: Path) -> None:
    """Few texts, and texts of a search, are encoded without loading PyTorch."""
    assert for_many(fast := make_encoder(BUNDLED, exported), MIN_BULK_PASSAGES - 1) is fast
    assert for_many(found := open_encoder(BUNDLED, exported), MIN_BULK_PASSAGES) is found


def test_a_question_is_encoded_as_a_passage_by_a_model_without_prefixes(exported: Path) -> None:
    """The bundled model encodes a question as it encodes a passage."""
    encoder = open_encoder(BUNDLED, exported)

    assert encoder.question("free buses") == pytest.approx(encoder.encode(["free buses"])[0])


def test_the_model_and_its_export_have_the_same_token_limit(exported: Path) -> None:
    """Both have the same limit and count the same tokens, so passages are split the same way."""
    own, fast = Encoder().tokens, make_encoder(BUNDLED, exported).tokens

    assert own.most == fast.most
    text = "End the school district's contract with the police: año, $1,100,000."
    assert token_counter(own.tokenizer)(text) == token_counter(fast.tokenizer)(text)


def test_a_model_that_cannot_be_exported_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed export is reported at each build but tried only at the first."""
    tried: list[Path] = []

    def fail(_: Encoder, folder: Path) -> None:
        tried.append(folder)
        raise EncoderError("its tokenizer cannot be exported")

    monkeypatch.setattr("kb.encoders.onnx_export.export", fail)
    reports: list[str] = []

    for _ in range(2):
        made = make_encoder(BUNDLED, tmp_path, lambda step, *_: reports.append(step))
        assert isinstance(made, Encoder)

    assert len(tried) == 1
    assert reports.count(UNEXPORTED) == 2
