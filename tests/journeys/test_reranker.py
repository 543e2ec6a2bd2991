"""The optional cross-encoder, which orders the first passages again."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from kb.domain.queries import Query
from kb.encoders.cross_encoder import CrossReranker, OnnxReranker
from kb.encoders.open import open_reranker
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import EncoderError
from kb.search.rerank import MAX_RERANKED
from kb.search.searcher import Searcher
from kb.settings import NONE
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

pytestmark = pytest.mark.model

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rent", "bail", "free", "buses", "tenants")
TEXTS = ["rent", "bail", "free buses", "tenants rent", "bail rent free"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small BERT cross-encoder with random weights."""
    import torch  # noqa: PLC0415 - takes seconds
    from transformers import (  # noqa: PLC0415
        BertConfig,
        BertForSequenceClassification,
        BertTokenizer,
    )

    folder = tmp_path_factory.mktemp("cross")
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=1.0,  # weights so far apart that no two scores are alike
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_first_passages_are_in_the_order_of_the_cross_encoder(
    tmp_path: Path, model: Path
) -> None:
    """The first passages are in the order of the cross-encoder; their scores still fall."""
    units = [make_unit(key, text) for key, text in enumerate(TEXTS)]
    reader, encoder = make_generation(tmp_path, units, HashEncoder()), HashEncoder()
    reranker = CrossReranker(str(model))

    answer = Searcher(reader, vector_spaces(encoder), reranker=reranker).search(
        Query(text="free rent")
    )

    plain = Searcher(reader, vector_spaces(encoder)).search(Query(text="free rent"))
    texts = [f"{hit.title}\n{hit.text}" for hit in answer.hits]
    scores = reranker.scores("free rent", texts)
    assert len(set(np.round(scores, 6))) == len(TEXTS)
    assert scores.tolist() == sorted(scores, reverse=True)
    assert {hit.id for hit in answer.hits} == {hit.id for hit in plain.hits}
    assert [hit.score for hit in answer.hits] == [hit.score for hit in plain.hits]


def test_passages_after_the_reranked_ones_keep_their_places(tmp_path: Path, model: Path) -> None:
    """Passages after the first MAX_RERANKED keep their places."""
    units = [make_unit(key, f"rent {'tenants ' * (key % 7)}") for key in range(MAX_RERANKED + 20)]
    reader, encoder = make_generation(tmp_path, units, HashEncoder()), HashEncoder()
    query = Query(text="rent", k=MAX_RERANKED + 20)

    plain = [hit.id for hit in Searcher(reader, vector_spaces(encoder)).search(query).hits]
    found = (
        Searcher(reader, vector_spaces(encoder), reranker=CrossReranker(str(model)))
        .search(query)
        .hits
    )

    assert [hit.id for hit in found][MAX_RERANKED:] == plain[MAX_RERANKED:]
    assert {hit.id for hit in found[:MAX_RERANKED]} == set(plain[:MAX_RERANKED])


def test_an_onnx_cross_encoder_gives_the_same_order(tmp_path: Path, model: Path) -> None:
    """The same weights as ONNX rank passages in the same order, in any batch."""
    import torch  # noqa: PLC0415 - takes seconds
    from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415

    given = AutoTokenizer.from_pretrained(model)(["rent"], ["bail"], return_tensors="pt")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with warnings.catch_warnings():  # the exporter warns of its own workings
        warnings.simplefilter("ignore")
        torch.onnx.export(
        AutoModelForSequenceClassification.from_pretrained(model).eval(),
        tuple(given[name] for name in names), str(tmp_path / "model.onnx"), input_names=names,
        dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names}, dynamo=False,
        )  # fmt: skip
    (tmp_path / "tokenizer.json").write_bytes((model / "tokenizer.json").read_bytes())

    found = open_reranker(str(tmp_path))

    assert isinstance(found, OnnxReranker)
    expected = CrossReranker(str(model)).scores("free rent", TEXTS)
    scores = found.scores("free rent", [*TEXTS, "rent " * 900])
    # a sigmoid lies between the two, which keeps the order
    assert np.argsort(scores[:-1]).tolist() == np.argsort(expected).tolist()
    assert np.isfinite(scores).all()


def test_there_is_no_reranker_unless_one_is_named() -> None:
    """Without the setting there is no reranker; an unknown name is an error with a next command."""
    assert open_reranker(NONE) is None
    with pytest.raises(EncoderError, match="hf download nobody/nothing"):
        CrossReranker("nobody/nothing").scores("rent", ["rent"])
