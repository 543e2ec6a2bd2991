"""Queries, qrels and run files are read and written in the formats of BEIR and TREC."""

from pathlib import Path

import ir_measures
import pytest

from kb.errors import JudgmentsError
from kb.evaluation.judgments import Run, Scored, read_judgments, read_run, write_run
from tests.evaluation.builders import QRELS, make_collection, write_columns, write_rows


def test_queries_keep_their_fields(tmp_path: Path) -> None:
    """A query has its id, text, user, kind and need; other fields are ignored."""
    folder = make_collection(tmp_path)
    write_rows(
        folder / "queries.jsonl",
        [
            {"_id": "q1", "text": "rent", "user": "writer", "kind": "demand", "need": "a quote"},
            {"id": "q2", "text": "jail", "metadata": {"split": "test"}},
        ],
    )

    first, second = read_judgments(folder).topics

    assert (first.query_id, first.user, first.kind, first.need) == (
        "q1", "writer", "demand", "a quote",
    )  # fmt: skip
    assert (second.query_id, second.text, second.user) == ("q2", "jail", None)


@pytest.mark.parametrize(
    ("header", "between", "four"),
    [
        ("query-id\tcorpus-id\tscore\n", "\t", False),
        ("", "\t", False),
        ("", " ", True),
        ("", "\t", True),
    ],
)
def test_qrels_in_each_layout_are_the_same(
    tmp_path: Path, header: str, between: str, four: bool
) -> None:
    """BEIR's three columns, with or without a header, and TREC's four give the same judgments."""
    folder = make_collection(tmp_path)
    rows = [
        (query, "0", doc, grade) if four else (query, doc, grade) for query, doc, grade in QRELS
    ]
    path = write_columns(folder / "qrels.tsv", rows, between)
    path.write_text(header + path.read_text("utf-8"), "utf-8")

    found = read_judgments(folder).qrels

    assert tuple(map(tuple, found)) == QRELS


def test_our_qrels_equal_those_of_ir_measures(tmp_path: Path) -> None:
    """TREC qrels are read as ir-measures reads them."""
    folder = make_collection(tmp_path)
    rows = [(query, "0", doc, grade) for query, doc, grade in QRELS]
    path = write_columns(folder / "qrels.tsv", rows, " ")

    expected = [qrel[:3] for qrel in ir_measures.read_trec_qrels(str(path))]  # type: ignore[no-untyped-call]

    assert [tuple(qrel) for qrel in read_judgments(folder).qrels] == expected


def test_every_problem_of_both_files_is_reported(tmp_path: Path) -> None:
    """One error gives file, line, what is wrong and what was expected for every invalid line."""
    folder = make_collection(tmp_path)
    (folder / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "rent"}\n{broken\n["list"]\n{"_id": "a b", "text": "x"}\n'
        '{"_id": "q1", "text": "again"}\n{"_id": "q5"}\n{"_id": "q6", "text": "x", "user": 3}\n',
        "utf-8",
    )
    (folder / "qrels.tsv").write_text("q1\td1\thigh\nq1\td1\nq1\td2\t1\nq1\td2\t2\n", "utf-8")

    with pytest.raises(JudgmentsError) as raised:
        read_judgments(folder)

    message = str(raised.value)
    for place, wrong in [
        ("queries.jsonl:2", "not JSON"),
        ("queries.jsonl:3", "not a JSON object"),
        ("queries.jsonl:4", "no usable '_id'"),
        ("queries.jsonl:5", "id 'q1' is already used in line 1"),
        ("queries.jsonl:6", "no 'text'"),
        ("queries.jsonl:7", "'user' is not a string"),
        ("qrels.tsv:1", "grade 'high' is not a whole number; expected 0, 1, 2 or 3"),
        ("qrels.tsv:2", "2 column(s)"),
        ("qrels.tsv:4", "d2 has grade 2 for q1, but grade 1 in line 3"),
    ]:
        assert any(place in line and wrong in line for line in message.splitlines()), (place, wrong)
    assert message.endswith("Next: kb evaluate --help")


def test_missing_files_are_named(tmp_path: Path) -> None:
    """A folder without the two files gives one error that names both."""
    with pytest.raises(JudgmentsError) as raised:
        read_judgments(tmp_path)

    message = str(raised.value)
    assert f"{tmp_path / 'queries.jsonl'}:1: there is no such file" in message
    assert f"{tmp_path / 'qrels.tsv'}:1: there is no such file" in message


def test_judgment_repeated_with_its_grade_counts_once(tmp_path: Path) -> None:
    """A pair judged twice with one grade is one judgment, and a notice names the line."""
    folder = make_collection(tmp_path, qrels=[*QRELS, QRELS[0], QRELS[2]])

    found = read_judgments(folder)

    assert tuple(map(tuple, found.qrels)) == QRELS
    [notice] = found.notices
    assert notice.startswith(f"{folder / 'qrels.tsv'}: 2 line(s) repeat")
    assert notice.endswith("first line 7")


def test_every_pair_with_two_grades_is_reported(tmp_path: Path) -> None:
    """A pair with two grades is an error with file, line and both grades."""
    rows = [("q1", "d1", 1), ("q1", "d4", 3), ("q2", "d2", 0)]
    folder = make_collection(tmp_path, qrels=[*QRELS, *rows])

    with pytest.raises(JudgmentsError) as raised:
        read_judgments(folder)

    assert [(one.path, one.line, one.wrong) for one in raised.value.problems] == [
        (str(folder / "qrels.tsv"), 7, "d1 has grade 1 for q1, but grade 3 in line 2"),
        (str(folder / "qrels.tsv"), 8, "d4 has grade 3 for q1, but grade 1 in line 3"),
        (str(folder / "qrels.tsv"), 9, "d2 has grade 0 for q2, but grade 2 in line 4"),
    ]


def test_stray_grade_changes_nothing(tmp_path: Path) -> None:
    """One grade of 3 in binary judgments leaves every query measured and grade 1 relevant."""
    queries = [{"_id": f"q{number}", "text": "rent"} for number in range(225)]
    qrels = [(f"q{number}", "d1", 3 if number == 7 else 1) for number in range(225)]

    found = read_judgments(make_collection(tmp_path, queries=queries, qrels=qrels))

    assert found.relevant_from == 1
    assert len(found.measured()) == len(found.answerable()) == 225


def test_relevant_from_two_where_grades_are_given(tmp_path: Path) -> None:
    """If most queries have a grade above 1, grade 2 is relevant, else grade 1."""
    graded = read_judgments(make_collection(tmp_path / "graded"))
    binary = [(query, doc, min(grade, 1)) for query, doc, grade in QRELS]
    plain = read_judgments(make_collection(tmp_path / "binary", qrels=binary))

    assert graded.relevant_from == 2
    assert [topic.query_id for topic in graded.answerable()] == ["q1", "q2"]
    assert [topic.query_id for topic in graded.measured()] == ["q1", "q2", "q3"]
    assert plain.relevant_from == 1
    assert [topic.query_id for topic in plain.answerable()] == ["q1", "q2", "q3"]


def test_run_is_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    """A run that is written and read again has the same order, also where scores are equal."""
    ranking = tuple(Scored(doc, score) for doc, score in [("b", 1.0), ("c", 1.0), ("a", 1.0)])
    run = Run("hybrid", {"q1": ranking, "q2": (Scored("x", 0.25), Scored("y", -3.5))})
    path = tmp_path / "run.txt"

    write_run(path, run)
    again = read_run(path)

    assert again.tag == "hybrid"
    assert {query: [one.doc_id for one in found] for query, found in again.rankings.items()} == {
        "q1": ["b", "c", "a"],
        "q2": ["x", "y"],
    }
    assert again.rankings["q2"][1].score == pytest.approx(-3.5)


def test_run_file_is_a_trec_run(tmp_path: Path) -> None:
    """A line has query, Q0, document, rank, score and tag; ir-measures reads the same order."""
    path = tmp_path / "run.txt"
    write_run(path, Run("dense", {"q1": (Scored("b", 1.0), Scored("c", 1.0), Scored("a", 0.5))}))

    lines = path.read_text("utf-8").splitlines()
    read = sorted(ir_measures.read_trec_run(str(path)), key=lambda one: -one.score)  # type: ignore[no-untyped-call]

    assert lines[0] == "q1 Q0 b 1 1 dense"
    assert [one.doc_id for one in read] == ["b", "c", "a"]


def test_run_is_read_by_score(tmp_path: Path) -> None:
    """As in trec_eval the score decides the order, and equal scores are ordered by id downwards."""
    rows = [
        ("q1", "Q0", "low", 1, 0.1, "t"),
        ("q1", "Q0", "a", 2, 0.9, "t"),
        ("q1", "Q0", "b", 3, 0.9, "t"),
    ]
    path = write_columns(tmp_path / "run.txt", rows, " ")

    assert [one.doc_id for one in read_run(path).rankings["q1"]] == ["b", "a", "low"]


def test_every_problem_of_a_run_is_reported(tmp_path: Path) -> None:
    """A bad score, a missing column and a repeated document are reported with their lines."""
    path = tmp_path / "run.txt"
    path.write_text("q1 Q0 a 1 high t\nq1 Q0 a 1\nq1 Q0 b 1 1.0 t\nq1 Q0 b 2 0.5 t\n", "utf-8")

    with pytest.raises(JudgmentsError) as raised:
        read_run(path)

    assert [problem.line for problem in raised.value.problems] == [1, 2, 4]


def test_without_self_leaves_only_the_own_id_out() -> None:
    """Only the query's own id is removed; all other documents keep their order."""
    run = Run("t", {"a": (Scored("a", 3.0), Scored("b", 2.0)), "b": (Scored("a", 1.0),)})

    assert run.without_self().rankings == {"a": (Scored("b", 2.0),), "b": (Scored("a", 1.0),)}
