"""Read judged queries (queries.jsonl, qrels.tsv); read and write TREC run files."""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kb.domain.base import Noun
from kb.errors import JudgmentsError, Problem
from kb.evaluation.beir import read_rows, repeated, row_id
from kb.settings import MAX_QUERY_CHARACTERS

QUERIES, QRELS = "queries.jsonl", "qrels.tsv"
# If the last column of the first line is one of these words, as in BEIR, the line is a header.
HEADERS = frozenset({"score", "grade", "relevance", "rel", "label"})
QREL_COLUMNS = "query, document and grade between tabs, or the four columns of TREC"
RUN_COLUMNS = "the six columns of TREC: query Q0 document rank score tag"
RUN_WIDTH = len("query Q0 document rank score tag".split())


class Topic(Noun):
    """A judged query: its text and, if known, its user group, its kind and the information need."""

    query_id: str
    text: str
    user: str | None = None
    kind: str | None = None
    need: str | None = None


class Qrel(NamedTuple):
    """A judgment: the grade of a document for a query; 0 means not relevant."""

    query_id: str
    doc_id: str
    relevance: int


class Scored(NamedTuple):
    """A document in a ranking, with its score."""

    doc_id: str
    score: float


Ranking = tuple[Scored, ...]


class Run(NamedTuple):
    """The name of a system, and its ranking for each query, best first."""

    tag: str
    rankings: Mapping[str, Ranking]

    def without_self(self) -> "Run":
        """Return the run without documents that have the same id as the query."""
        kept = {
            query: tuple(one for one in ranking if one.doc_id != query)
            for query, ranking in self.rankings.items()
        }
        return Run(self.tag, kept)


class Judgments(NamedTuple):
    """Judged queries with their relevance judgments, and notices about the files."""

    topics: tuple[Topic, ...]
    qrels: tuple[Qrel, ...]
    notices: tuple[str, ...] = ()

    @property
    def relevant_from(self) -> int:
        """Return the lowest grade that counts as relevant, 1 or 2.

        It is 2 if at least half of the measured queries have a grade of 2 or more, because grade 1
        then means only marginally relevant.
        """
        measured, graded = self.measured(), self.with_grade(2)
        return 2 if measured and 2 * len(graded) >= len(measured) else 1

    def measured(self) -> tuple[Topic, ...]:
        """Return the queries with a positive grade, in the order of the file.

        Mean nDCG is computed over these queries, because nDCG is always 0 for the others.
        """
        return self.with_grade(1)

    def answerable(self) -> tuple[Topic, ...]:
        """Return the queries that have a relevant document, in the order of the file."""
        return self.with_grade(self.relevant_from)

    def with_grade(self, least: int) -> tuple[Topic, ...]:
        """Return the queries that have a document with grade `least` or higher, in file order."""
        found = {qrel.query_id for qrel in self.qrels if qrel.relevance >= least}
        return tuple(topic for topic in self.topics if topic.query_id in found)

    def grades(self) -> dict[str, dict[str, int]]:
        """Return the grades of the judged documents, by query id and document id."""
        found: dict[str, dict[str, int]] = {}
        for qrel in self.qrels:
            found.setdefault(qrel.query_id, {})[qrel.doc_id] = qrel.relevance
        return found


def read_judgments(folder: Path, queries: Path | None = None) -> Judgments:
    """Read the queries and qrels in a folder; raise JudgmentsError if any are invalid."""
    problems: list[Problem] = []
    topics = list(_topics(queries or folder / QUERIES, problems))
    notices: list[str] = []
    qrels = list(_qrels(folder / QRELS, problems, notices))
    if problems:
        raise JudgmentsError(problems)
    return Judgments(tuple(topics), tuple(qrels), tuple(notices))


def _topics(path: Path, problems: list[Problem]) -> Iterator[Topic]:
    ids: list[tuple[int, str]] = []
    for line, row in read_rows(path, problems):
        query_id, text = row_id(path, line, row, problems), row.get("text")
        ids.append((line, query_id))
        if not isinstance(text, str) or not text.strip():
            problems.append(Problem(str(path), line, "no 'text'", "the text of the query"))
            continue
        if len(text) > MAX_QUERY_CHARACTERS:
            wrong = f"a query of {len(text)} characters"
            problems.append(Problem(str(path), line, wrong, f"at most {MAX_QUERY_CHARACTERS}"))
        about = {field: row.get(field) for field in ("user", "kind", "need")}
        for field, value in about.items():
            if not isinstance(value, str | None):
                problems.append(Problem(str(path), line, f"'{field}' is not a string", "a string"))
        yield Topic(
            query_id=query_id,
            text=text,
            **{field: value for field, value in about.items() if isinstance(value, str)},
        )
    problems += repeated(path, ids)
    if not ids and not problems:
        problems.append(Problem(str(path), 1, "no query", "a JSON object per line"))


def _qrels(path: Path, problems: list[Problem], notices: list[str]) -> Iterator[Qrel]:
    """Yield one judgment for each query and document; two different grades are a problem."""
    first: dict[tuple[str, str], _Graded] = {}
    repeated_in: list[int] = []
    for number, columns in _rows(path, problems):
        if number == 1 and columns[-1].lower() in HEADERS:
            continue
        qrel = _qrel(path, number, columns, problems)
        if qrel is None:
            continue
        known = first.setdefault((qrel.query_id, qrel.doc_id), _Graded(qrel.relevance, number))
        if known.line == number:
            yield qrel
        elif known.grade == qrel.relevance:
            repeated_in.append(number)
        else:
            wrong = (
                f"{qrel.doc_id} has grade {qrel.relevance} for {qrel.query_id}, "
                f"but grade {known.grade} in line {known.line}"
            )
            problems.append(Problem(str(path), number, wrong, "one grade for each pair"))
    if repeated_in:
        notices.append(
            f"{path}: {len(repeated_in)} line(s) repeat a judgment with the same grade and are "
            f"ignored, first line {repeated_in[0]}"
        )


class _Graded(NamedTuple):
    """The grade of a document for a query, and the first line that states it."""

    grade: int
    line: int


def _qrel(path: Path, number: int, columns: list[str], problems: list[Problem]) -> Qrel | None:
    """Return the judgment on a line; if the line is invalid, add a problem and return None."""
    grade = _number(columns[-1], int)
    if len(columns) not in {3, 4}:
        problems.append(Problem(str(path), number, f"{len(columns)} column(s)", QREL_COLUMNS))
    elif grade is None:
        wrong = f"grade '{columns[-1]}' is not a whole number"
        problems.append(Problem(str(path), number, wrong, "0, 1, 2 or 3"))
    else:
        return Qrel(columns[0], columns[-2], int(grade))
    return None


def read_run(path: Path) -> Run:
    """Read a TREC run file and sort it by score; like trec_eval, ignore the ranks.

    Ties are sorted by document id, highest first. If the file is invalid, raise JudgmentsError with
    all problems.
    """
    problems: list[Problem] = []
    found: dict[str, dict[str, float]] = {}
    tag = path.stem
    for number, columns in _rows(path, problems):
        score = _number(columns[4], float) if len(columns) == RUN_WIDTH else None
        if len(columns) != RUN_WIDTH:
            problems.append(Problem(str(path), number, f"{len(columns)} column(s)", RUN_COLUMNS))
        elif score is None or not math.isfinite(score):
            wrong = f"score '{columns[4]}' is not a number"
            problems.append(Problem(str(path), number, wrong, "a finite number"))
        elif columns[2] in found.setdefault(columns[0], {}):
            wrong = f"{columns[2]} is already in the ranking of {columns[0]}"
            problems.append(Problem(str(path), number, wrong, "each document once"))
        else:
            found[columns[0]][columns[2]] = score
            tag = columns[5]
    if not found and not problems:
        problems.append(Problem(str(path), 1, "no ranking", RUN_COLUMNS))
    if problems:
        raise JudgmentsError(problems)
    return Run(tag, {query: _by_score(scores) for query, scores in found.items()})


def read_compared(path: Path, judgments: Judgments) -> Run:
    """Read a run to compare with, named after its file.

    Raise JudgmentsError if it is invalid or ranks none of the queries.
    """
    run = read_run(path)._replace(tag=path.stem)
    if not any(topic.query_id in run.rankings for topic in judgments.topics):
        problem = Problem(str(path), 1, "no query of this run is judged", "a run of these queries")
        raise JudgmentsError([problem])
    return run


def _by_score(scores: Mapping[str, float]) -> Ranking:
    ordered = sorted(scores.items(), key=lambda item: (item[1], item[0]), reverse=True)
    return tuple(Scored(doc_id, score) for doc_id, score in ordered)


def write_run(path: Path, run: Run) -> None:
    """Write a TREC run file with strictly decreasing scores, so that every tool keeps the order."""
    lines = [
        f"{query} Q0 {one.doc_id} {rank} {score:.9g} {run.tag}\n"
        for query, ranking in run.rankings.items()
        for rank, (one, score) in enumerate(
            zip(ranking, _decreasing(ranking), strict=True), start=1
        )
    ]
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as error:
        problem = Problem(str(path), 1, f"not writable ({error.strerror})", "a file to write")
        raise JudgmentsError([problem]) from error


def _decreasing(ranking: Ranking) -> Iterator[float]:
    """Yield strictly decreasing float32 scores, because other tools sort by score alone."""
    last = np.float32(np.inf)
    for one in ranking:
        last = min(np.float32(one.score), np.nextafter(last, np.float32(-np.inf)))
        yield float(last)


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and columns of each non-empty line, split at tabs or else white space."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        wrong = "there is no such file" if not path.exists() else f"not readable ({error})"
        problems.append(Problem(str(path), 1, wrong, "a readable file in UTF-8"))
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            bare = line.rstrip("\r")
            yield number, [one.strip() for one in bare.split("\t" if "\t" in bare else None)]


def _number(text: str, kind: Callable[[str], float]) -> float | None:
    try:
        return kind(text)
    except ValueError:
        return None
