"""Compute the report of an evaluation from its runs and judgments."""

from collections.abc import Mapping, Sequence

from kb.evaluation.beir import corpus_file
from kb.evaluation.experiments import Found, Options
from kb.evaluation.judgments import Judgments, Run, Scored, Topic
from kb.evaluation.measures import DEPTH, MAIN, Values, interval, means, paired_test, per_query
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


def evaluate(judgments: Judgments, options: Options, found: Found) -> Report:
    """Measure the runs, compare the last one with the others, and list its worst queries."""
    topics = judgments.answerable()
    runs = [kept(measured.run, options.drop_self) for measured in found.runs]
    values = [per_query(judgments, topics, run) for run in runs]
    return Report(
        setting=_setting(options, found.reader),
        counts=_counts(judgments, topics, found.reader),
        systems=tuple(
            System(
                name=run.tag,
                measures=means(each),
                absent=sum(not run.rankings.get(topic.query_id) for topic in topics),
                latency=measured.latency,
            )
            for run, each, measured in zip(runs, values, found.runs, strict=True)
        ),
        comparisons=_comparisons(runs, values) if topics else (),
        shares=tuple(
            share for field in ("user", "kind") for share in _shares(field, topics, runs, values)
        ),
        abstention=_abstention(judgments, topics, runs[-1].tag, found.answered),
        worst=_worst(judgments, topics, runs[-1], values[-1]),
        queries=_queries(topics, runs, values),
    )


def kept(run: Run, drop_self: bool) -> Run:
    """Return the run cut off at rank DEPTH, without each query's own document if `drop_self`."""
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
        answerable=len(topics),
        judgments=len(judgments.qrels),
        relevant_from=judgments.relevant_from,
        without_text=len({one.query_id for one in judgments.qrels} - known),
        not_indexed=0 if indexed is None else sum(one.doc_id not in indexed for one in relevant),
    )


def _comparisons(
    runs: Sequence[Run], values: Sequence[Mapping[str, Values]]
) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(
            measure=MAIN,
            system=runs[-1].tag,
            than=run.tag,
            difference=interval(values[-1][MAIN] - other[MAIN]),
            p=paired_test(values[-1][MAIN], other[MAIN]),
        )
        for run, other in zip(runs[:-1], values[:-1], strict=True)
    )


def _shares(
    field: str,
    topics: Sequence[Topic],
    runs: Sequence[Run],
    values: Sequence[Mapping[str, Values]],
) -> list[Share]:
    """Return the main measure for each user group or kind of query that the queries state."""
    places: dict[str, list[int]] = {}
    for index, topic in enumerate(topics):
        value = getattr(topic, field)
        if value:
            places.setdefault(value, []).append(index)
    return [
        Share(
            field=field,
            value=value,
            queries=len(some),
            means={
                run.tag: interval(each[MAIN][some]) for run, each in zip(runs, values, strict=True)
            },
        )
        for value, some in sorted(places.items())
    ]


def _abstention(
    judgments: Judgments, topics: Sequence[Topic], mode: str, answered: Mapping[str, bool]
) -> Abstention | None:
    if not answered:
        return None
    answerable = {topic.query_id for topic in topics}
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
    """Return the documents with the highest grade, sorted by rank."""
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
                run.tag: {name: float(found[index]) for name, found in each.items()}
                for run, each in zip(runs, values, strict=True)
            },
        )
        for index, topic in enumerate(topics)
    )
