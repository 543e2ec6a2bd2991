"""Compute the report of an evaluation from its runs and relevance judgments."""

from collections.abc import Mapping, Sequence

import numpy as np

from kb.evaluation import documents
from kb.evaluation.beir import corpus_file
from kb.evaluation.comparisons import compare, places_by
from kb.evaluation.experiments import Found, Options
from kb.evaluation.judgments import Judgments, Run, Scored, Topic
from kb.evaluation.measures import DEPTH, MAIN, Values, defined, interval, means, per_query
from kb.evaluation.notices import notices
from kb.evaluation.report import (
    Abstention,
    Comparison,
    Counts,
    Expected,
    QueryValues,
    Report,
    Setting,
    Share,
    System,
    Worst,
)
from kb.index.contract import Reader
from kb.languages.registry import LANGUAGES

MAX_WORST = 10  # queries in the report


def evaluate(
    judgments: Judgments, options: Options, found: Found, other: Run | None = None
) -> Report:
    """Measure the runs, compare the last one with the others, and list its worst queries.

    If `other`, a run of the same queries, is given, the last run is also compared with it.
    """
    topics = judgments.measured()
    runs = [kept(measured.run, options.drop_self) for measured in found.runs]
    values = [_values(judgments, topics, run, options) for run in runs]
    compared: tuple[Comparison, ...] = ()
    if other:
        others = _values(judgments, topics, kept(other, options.drop_self), options)
        compared = tuple(compare(runs[-1].tag, values[-1], other.tag, others, topics))
    return Report(
        setting=_setting(options, found.reader),
        counts=_counts(judgments, topics, found.reader),
        notices=tuple(notices(judgments)),
        systems=tuple(
            System(
                name=run.tag,
                measures=means(each),
                absent=sum(not run.rankings.get(topic.query_id) for topic in topics),
                latency=measured.latency,
            )
            for run, each, measured in zip(runs, values, found.runs, strict=True)
        ),
        comparisons=_comparisons(runs, values),
        compared=compared,
        shares=(*_shares("user", [MAIN], topics, runs, values),
                *_shares("kind", [MAIN, *documents.NAMES], topics, runs, values)),
        abstention=_abstention(judgments, runs[-1].tag, found.answered),
        worst=_worst(judgments, topics, runs[-1], values[-1]),
        queries=_queries(topics, runs, values),
    )  # fmt: skip


def _values(
    judgments: Judgments, topics: Sequence[Topic], run: Run, options: Options
) -> dict[str, Values]:
    """Return the values of all measures, with document measures only for our own corpus.

    In a BEIR collection, every record is a document.
    """
    values = per_query(judgments, topics, run)
    if corpus_file(options.folder) is None:
        values |= documents.per_query_documents(judgments, topics, run)
    return values


def kept(run: Run, drop_self: bool) -> Run:
    """Return the run cut off at rank DEPTH; if `drop_self`, without each query's own document."""
    chosen = run.without_self() if drop_self else run
    return Run(run.tag, {query: ranking[:DEPTH] for query, ranking in chosen.rankings.items()})


def _setting(options: Options, reader: Reader | None) -> Setting:
    own = corpus_file(options.folder) is None
    standard = tuple(LANGUAGES) if own else ("en",)
    return Setting(
        folder=str(options.folder),
        queries_file=options.queries.name if options.queries else "queries.jsonl",
        generation=reader.manifest.generation if reader else None,
        encoder=_encoder(reader) if reader else None,
        languages=(options.language,) if options.language else standard,
        drop_self=options.drop_self,
        depth=DEPTH,
    )


def _encoder(reader: Reader) -> str | None:
    return next((one.encoder.name for one in reader.manifest.vectors.values()), None)


def _counts(judgments: Judgments, topics: Sequence[Topic], reader: Reader | None) -> Counts:
    known = {topic.query_id for topic in judgments.topics}
    relevant = [one for one in judgments.qrels if one.relevance >= judgments.relevant_from]
    indexed = reader.keys({one.doc_id for one in relevant}) if reader else None
    return Counts(
        queries=len(judgments.topics),
        measured=len(topics),
        answerable=len(judgments.answerable()),
        judgments=len(judgments.qrels),
        relevant_from=judgments.relevant_from,
        without_text=len({one.query_id for one in judgments.qrels} - known),
        not_indexed=0 if indexed is None else sum(one.doc_id not in indexed for one in relevant),
    )


def _comparisons(
    runs: Sequence[Run], values: Sequence[Mapping[str, Values]]
) -> tuple[Comparison, ...]:
    main = [{MAIN: each[MAIN]} for each in values]
    return tuple(
        comparison
        for run, each in zip(runs[:-1], main[:-1], strict=True)
        for comparison in compare(runs[-1].tag, main[-1], run.tag, each)
    )


def _shares(
    field: str,
    names: Sequence[str],
    topics: Sequence[Topic],
    runs: Sequence[Run],
    values: Sequence[Mapping[str, Values]],
) -> list[Share]:
    """Return the mean of each measure for each value of a query field, `user` or `kind`."""
    groups = sorted(places_by(field, topics).items())
    return [
        Share(
            field=field,
            value=value,
            measure=name,
            queries=int(known.sum()),
            means={
                run.tag: interval(each[name][some]) for run, each in zip(runs, values, strict=True)
            },
        )
        for name in names
        if name in values[-1]
        for value, some in groups
        if (known := defined(values[-1][name][some])).any()
    ]


def _abstention(judgments: Judgments, mode: str, answered: Mapping[str, bool]) -> Abstention | None:
    if not answered:
        return None
    answerable = {topic.query_id for topic in judgments.answerable()}
    silent = [topic.query_id for topic in judgments.topics if not answered[topic.query_id]]
    return Abstention(
        mode=mode,
        unanswerable=len(judgments.topics) - len(answerable),
        called_unanswered=tuple(one for one in silent if one not in answerable),
        answerable=len(answerable),
        wrongly_unanswered=tuple(one for one in silent if one in answerable),
    )


def _worst(
    judgments: Judgments, topics: Sequence[Topic], run: Run, values: Mapping[str, Values]
) -> tuple[Worst, ...]:
    grades = judgments.grades()
    lowest = sorted(
        zip(values[MAIN].tolist(), topics, strict=True), key=lambda one: (one[0], one[1].query_id)
    )
    return tuple(
        Worst(
            query_id=topic.query_id,
            text=topic.text,
            value=value,
            expected=_expected(grades[topic.query_id], run.rankings.get(topic.query_id, ())),
        )
        for value, topic in lowest[:MAX_WORST]
    )


def _expected(grades: Mapping[str, int], ranking: Sequence[Scored]) -> tuple[Expected, ...]:
    """Return the documents with the highest grade, sorted by rank, unranked ones last."""
    ranks = {one.doc_id: rank for rank, one in enumerate(ranking, start=1)}
    best = max(grades.values())
    found = [doc_id for doc_id, grade in grades.items() if grade == best]
    found.sort(key=lambda doc_id: (ranks.get(doc_id, len(ranks) + 1), doc_id))
    return tuple(Expected(doc_id=one, grade=best, rank=ranks.get(one)) for one in found)


def _queries(
    topics: Sequence[Topic], runs: Sequence[Run], values: Sequence[Mapping[str, Values]]
) -> tuple[QueryValues, ...]:
    return tuple(
        QueryValues(
            query_id=topic.query_id,
            user=topic.user,
            kind=topic.kind,
            values={
                run.tag: {
                    name: float(found[index])
                    for name, found in each.items()
                    if not np.isnan(found[index])
                }
                for run, each in zip(runs, values, strict=True)
            },
        )
        for index, topic in enumerate(topics)
    )
