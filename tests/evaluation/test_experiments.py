"""An evaluation searches, measures, and reports what it leaves out."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.encoders.vector_spaces import vector_spaces
from kb.errors import IndexMismatchError
from kb.evaluation.collect import evaluate
from kb.evaluation.experiments import (
    CachedEncoder,
    Clock,
    Found,
    Measured,
    Options,
    open_searcher,
    search,
)
from kb.evaluation.judgments import Run, Scored, read_judgments
from kb.evaluation.report import Report, table
from tests.builders import make_corpus, make_index, silent
from tests.evaluation.builders import QUERIES, RECORDS, make_collection
from tests.fakes import HashEncoder


def measured(options: Options, index: Path) -> Report:
    """Return the evaluation of a folder, searched with `HashEncoder`."""
    judgments = read_judgments(options.folder, options.queries)
    searcher = open_searcher(options, index, vector_spaces(HashEncoder()), silent)
    return evaluate(judgments, options, search(searcher, judgments, options, silent))


def scored(
    folder: Path, rankings: Mapping[str, tuple[str, ...]], drop_self: bool = False
) -> Report:
    """Return the evaluation of the given rankings."""
    run = Run(
        "own",
        {
            query: tuple(Scored(doc, -float(rank)) for rank, doc in enumerate(docs))
            for query, docs in rankings.items()
        },
    )
    chosen = Options(folder, drop_self=drop_self)
    return evaluate(read_judgments(folder), chosen, Found((Measured(run),), {}))


def test_three_modes_side_by_side(tmp_path: Path) -> None:
    """Without a mode, lexical, dense and hybrid are measured, and hybrid is compared with both."""
    report = measured(Options(make_collection(tmp_path / "c")), tmp_path / "kb")

    assert [system.name for system in report.systems] == ["lexical", "dense", "hybrid"]
    assert [one.than for one in report.comparisons] == ["lexical", "dense"]
    assert report.systems[0].measures["RR(rel=2)@10"].mean > 0.9
    assert report.systems[0].latency is not None
    assert report.systems[0].latency.encoding_ms == 0.0
    assert {(share.field, share.value) for share in report.shares} == {
        ("user", "organizer"),
        ("user", "writer"),
        ("kind", "demand"),
        ("kind", "question"),
    }


def test_each_mean_is_over_the_queries_that_it_can_measure(tmp_path: Path) -> None:
    """Queries with a positive grade count in nDCG, those with a relevant record in RR and R."""
    queries = [*QUERIES, {"_id": "q4", "text": "nobody judged this"}]
    folder = make_collection(tmp_path / "c", queries=queries)
    report = measured(Options(folder, modes=("lexical",)), tmp_path / "kb")

    counts = report.counts
    assert (counts.queries, counts.measured, counts.answerable) == (4, 3, 2)
    assert [one.query_id for one in report.queries] == ["q1", "q2", "q3"]
    assert set(report.queries[2].values["lexical"]) == {"nDCG@10", "Judged@10"}
    assert report.systems[0].measures["RR(rel=2)@10"].mean == 1.0
    values = [one.values["lexical"]["nDCG@10"] for one in report.queries]
    assert values[2] == 0.0
    assert report.systems[0].measures["nDCG@10"].mean == pytest.approx(sum(values) / 3)
    assert report.abstention is not None
    assert report.abstention.unanswerable == 2


def test_abstention_is_counted_both_ways(tmp_path: Path) -> None:
    """Queries called unanswerable are counted apart by whether the judgments agree."""
    report = measured(Options(make_collection(tmp_path / "c"), modes=("lexical",)), tmp_path / "kb")

    found = report.abstention
    assert found is not None
    assert (found.mode, found.unanswerable, found.answerable) == ("lexical", 1, 2)
    assert found.called_unanswered == ("q3",)  # no record holds its words
    assert found.wrongly_unanswered == ()


def test_own_id_is_dropped_before_scoring(tmp_path: Path) -> None:
    """With drop-self the query's own record takes no rank."""
    folder = make_collection(
        tmp_path, queries=[{"_id": "d1", "text": "rent"}], qrels=[("d1", "d2", 1)]
    )
    rankings = {"d1": ("d1", "d2")}

    kept = scored(folder, rankings)
    dropped = scored(folder, rankings, drop_self=True)

    assert kept.systems[0].measures["RR@10"].mean == pytest.approx(0.5)
    assert dropped.systems[0].measures["RR@10"].mean == pytest.approx(1.0)


def test_dropping_leaves_the_whole_depth(tmp_path: Path) -> None:
    """With drop-self a hundred records are measured beside the query's own."""
    records = [{"_id": f"d{number}", "text": "rent rent"} for number in range(110)]
    folder = make_collection(
        tmp_path / "c",
        records=records,
        queries=[{"_id": "d0", "text": "rent"}],
        qrels=[("d0", "d100", 1)],
    )

    report = measured(Options(folder, modes=("lexical",), drop_self=True), tmp_path / "kb")

    assert report.systems[0].measures["R@100"].mean == 1.0
    assert report.worst[0].expected[0].rank == 100


def test_absent_results_count_zero_and_are_reported(tmp_path: Path) -> None:
    """A query that a run lacks counts 0 in the mean, and the report counts such queries."""
    report = scored(make_collection(tmp_path), {"q1": ("d1", "d4")})

    assert report.systems[0].absent == 2
    assert report.systems[0].measures["nDCG@10"].mean == pytest.approx(1 / 3)
    assert "no results    2" in table(report)


def test_worst_queries_say_what_was_expected_and_where_it_was(tmp_path: Path) -> None:
    """The lowest values come first, with the expected records and the rank of each."""
    rankings = {"q1": ("d4", "d3", "d1"), "q2": ("d4",), "q3": ("d4",)}
    report = scored(make_collection(tmp_path), rankings)

    first, second, _ = report.worst
    assert (first.query_id, first.value) == ("q2", 0.0)
    assert [(one.doc_id, one.grade, one.rank) for one in first.expected] == [("d2", 2, None)]
    assert [(one.doc_id, one.grade, one.rank) for one in second.expected] == [("d1", 3, 3)]
    assert "expected d2 (grade 2): not in 100" in table(report)
    assert "expected d1 (grade 3): found at 3" in table(report)


def test_judgments_that_cannot_count_are_reported(tmp_path: Path) -> None:
    """Judged queries without text and relevant records that are not indexed are counted."""
    qrels = [("q1", "d1", 3), ("q1", "gone", 2), ("q9", "d1", 3)]
    folder = make_collection(tmp_path / "c", qrels=qrels)

    report = measured(Options(folder, modes=("lexical",)), tmp_path / "kb")

    assert (report.counts.without_text, report.counts.not_indexed) == (1, 1)
    assert "1 judged queries have no text here" in table(report)
    assert "1 relevant judgments name records that are not indexed" in table(report)


def test_judgments_without_a_relevant_record_give_a_report(tmp_path: Path) -> None:
    """Without a relevant record the report has no means and no comparisons."""
    report = measured(
        Options(make_collection(tmp_path / "c", qrels=[("q1", "d1", 0)])), tmp_path / "kb"
    )

    assert (report.counts.answerable, report.worst, report.comparisons) == (0, (), ())
    assert "means over the 0 queries" in table(report)


def test_queries_can_come_from_another_file(tmp_path: Path) -> None:
    """The same judgments can be used with other texts of the queries."""
    folder = make_collection(tmp_path / "c")
    other = make_collection(tmp_path / "o", queries=[{"_id": "q2", "text": "prison"}])

    options = Options(folder, queries=other / "queries.jsonl", modes=("lexical",))
    report = measured(options, tmp_path / "kb")

    assert [one.text for one in report.worst] == ["prison"]
    assert report.systems[0].absent == 1


def test_own_index_is_searched_where_the_folder_has_no_corpus(tmp_path: Path) -> None:
    """A folder without a corpus is evaluated over the published generation."""
    make_index(tmp_path / "kb", make_corpus(tmp_path), HashEncoder())
    wanted = "tenants-platform-2020#freeze-rents"
    folder = make_collection(tmp_path / "c", records=None, qrels=[("q1", wanted, 3)])

    report = measured(Options(folder), tmp_path / "kb")

    assert report.setting.languages == ("en", "es")
    assert report.systems[0].measures["RR(rel=2)@10"].mean == 1.0


def test_documents_are_measured_over_our_own_index(tmp_path: Path) -> None:
    """Measures of documents are reported for our own index, and not for a collection."""
    queries = [{"_id": "q1", "text": "rent", "kind": "demand"}]
    qrels = [("q1", "a#first", 3), ("q1", "a#second", 2), ("q1", "b", 1)]
    own = make_collection(tmp_path / "own", None, queries, qrels)
    theirs = make_collection(tmp_path / "theirs", RECORDS, queries, qrels)
    rankings = {"q1": ("a#second", "a#first", "b")}

    measures = scored(own, rankings).systems[0].measures
    printed = table(scored(own, rankings))

    assert measures["nDCG@10"].mean < measures["nDCG@10 of documents"].mean == 1.0
    assert measures["documents in 10 passages"].mean == 2
    assert "nDCG@10 of documents  documents in 10 passages  relevant documents" in printed
    assert not any("documents" in name for name in scored(theirs, rankings).systems[0].measures)


def test_index_of_another_encoder_is_refused(tmp_path: Path) -> None:
    """Vectors of another model are refused; lexical search needs no model."""
    make_index(tmp_path / "kb", make_corpus(tmp_path), HashEncoder("old"))
    folder = make_collection(tmp_path / "c", records=None)

    with pytest.raises(IndexMismatchError, match="expected hash-64 with the same weights"):
        open_searcher(Options(folder), tmp_path / "kb", vector_spaces(HashEncoder()), silent)
    assert open_searcher(
        Options(folder, modes=("lexical",)), tmp_path / "kb", vector_spaces(HashEncoder()), silent
    )


def test_each_query_is_encoded_once() -> None:
    """A text is encoded once, and its time is counted each time it is asked."""
    encoder = HashEncoder()
    memory = CachedEncoder(encoder, clock := Clock())

    first, again = memory.encode(["rent"]), memory.encode(["rent", "jail"])

    assert encoder.encoded == ["rent", "jail"]
    assert (first[0] == again[0]).all()
    assert clock.asked_ms > clock.spent_ms > 0


def test_same_evaluation_twice_is_the_same(tmp_path: Path) -> None:
    """Two evaluations give the same report except for the times."""
    options = Options(make_collection(tmp_path / "c"))

    one, other = measured(options, tmp_path / "kb"), measured(options, tmp_path / "kb")

    def timeless(report: Report) -> Report:
        systems = tuple(each.model_copy(update={"latency": None}) for each in report.systems)
        return report.model_copy(update={"systems": systems})

    assert timeless(one) == timeless(other)
