"""Results in another order than that of relevance."""

from pathlib import Path
from typing import cast

import pytest

from kb.domain.queries import Filters, Query, Sort
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from kb.search.sort import MAX_SORTED
from tests.builders import make_corpus, make_demand, make_document, make_index, make_outcome
from tests.fakes import HashEncoder


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Return a searcher over four demands for free buses with different years and outcomes."""
    rows = (("a", "1999", "lost"), ("b", "2020-05", "won"), ("c", None, None), ("d", "2020", None))
    documents = []
    for name, issued, status in rows:
        outcome = make_outcome(status=status) if status else None
        demand = make_demand("ride", title="Make buses free", outcome=outcome)
        documents.append(make_document(f"source-{name}", [demand], {"issued": issued}))
    encoder, root = HashEncoder(), tmp_path / "index"
    make_index(root, make_corpus(tmp_path, documents), encoder)
    return Searcher(open_engine(root).reader(), vector_spaces(encoder))


@pytest.mark.parametrize(
    ("sort", "order"), [("newest", "dbac"), ("oldest", "adbc"), ("outcome", "ba")]
)
def test_the_order_is_the_one_asked_for(searcher: Searcher, sort: str, order: str) -> None:
    """Results are sorted by date with undated sources last, or by outcome with won ones first."""
    filters = Filters(kind=("demand",))
    query = Query(text="free buses", sort=cast("Sort", sort), filters=filters)

    found = [hit.document_id.removeprefix("source-") for hit in searcher.search(query).hits]

    assert "".join(found)[: len(order)] == order


def test_another_order_finds_the_same(searcher: Searcher) -> None:
    """Sorting neither loses nor adds results, and the counts are the same."""
    plain = searcher.search(Query(text="free buses"))
    newest = searcher.search(Query(text="free buses", sort="newest"))

    assert len(plain.hits) <= MAX_SORTED
    assert {hit.id for hit in newest.hits} == {hit.id for hit in plain.hits}
    assert (newest.total, newest.facets) == (plain.total, plain.facets)
