"""Evaluation reports: models for JSON, and a plain-text table."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from kb.domain.base import Noun
from kb.evaluation.measures import LEVEL, MAIN, Interval

MIN_INTERVAL_QUERIES = 5  # an interval over fewer queries is meaningless
MAX_EXPECTED_SHOWN = 3  # expected records per query in the table; JSON has all


class Latency(Noun):
    """Median times over the queries of a run, in milliseconds."""

    encoding_ms: float
    searching_ms: float
    total_ms: float


class System(Noun):
    """A search mode or an external run, with its means over the measured queries."""

    name: str
    measures: dict[str, Interval]
    absent: int = Field(description="Measured queries without results; they count as 0.")
    latency: Latency | None = None


class Comparison(Noun):
    """The paired difference between two systems in one measure, on the same queries."""

    measure: str
    kind: str | None = Field(description="Kind of the queries; null for all.")
    queries: int
    system: str
    mean: float
    than: str
    than_mean: float
    difference: Interval
    p: float = Field(description="Two-sided p-value of the paired randomization test.")


class Share(Noun):
    """The means of a measure over the queries of one user group or of one kind."""

    field: str
    value: str
    measure: str
    queries: int = Field(description="Queries for which the measure is defined.")
    means: dict[str, Interval] = Field(description="Mean of the measure for each system.")


class Abstention(Noun):
    """Queries that the search called unanswered, correctly or wrongly."""

    mode: str
    unanswerable: int
    called_unanswered: tuple[str, ...] = Field(
        description="Unanswerable queries called unanswered."
    )
    answerable: int
    wrongly_unanswered: tuple[str, ...] = Field(description="Answerable queries called unanswered.")


class Expected(Noun):
    """A document with the highest grade for a query, and its rank."""

    doc_id: str
    grade: int
    rank: int | None = Field(description="Rank from 1; null if it is not in the ranking.")


class Worst(Noun):
    """One of the queries with the lowest nDCG@10, with the ranks of its best documents."""

    query_id: str
    text: str
    value: float
    expected: tuple[Expected, ...]


class QueryValues(Noun):
    """The values of every measure of every system for one query."""

    query_id: str
    user: str | None
    kind: str | None
    values: dict[str, dict[str, float]] = Field(
        description="By system and measure, without measures that are undefined for the query."
    )


class Setting(Noun):
    """The setup of an evaluation, which must match for two reports to be compared."""

    folder: str
    queries_file: str
    generation: str | None = Field(description="Generation of the index; null for an external run.")
    encoder: str | None
    languages: tuple[str, ...]
    drop_self: bool
    depth: int


class Counts(Noun):
    """Numbers of queries and judgments in an evaluation."""

    queries: int
    measured: int = Field(description="Queries with a positive grade, over which nDCG is averaged.")
    answerable: int = Field(
        description="Queries with a relevant document, over which RR and R are averaged."
    )
    judgments: int
    relevant_from: int = Field(description="Lowest relevant grade.")
    without_text: int = Field(description="Judged queries missing from the queries file.")
    not_indexed: int = Field(description="Relevant judgments of documents missing from the index.")


class Report(Noun):
    """The report of an evaluation, as stored in JSON and shown in tables."""

    setting: Setting
    counts: Counts
    notices: tuple[str, ...] = Field(description="What is left out of the measures, and why.")
    systems: tuple[System, ...]
    comparisons: tuple[Comparison, ...] = Field(
        description="The last system compared with each of the others."
    )
    compared: tuple[Comparison, ...] = Field(
        description="The last system compared with the run of --compare: over all queries, "
        "then over those of each kind."
    )
    shares: tuple[Share, ...]
    abstention: Abstention | None
    worst: tuple[Worst, ...] = Field(description="Worst queries of the last system, lowest first.")
    queries: tuple[QueryValues, ...]


def table(report: Report) -> str:
    """Return the report as plain-text tables."""
    parts = [_head(report), _notices(report), _systems(report), _comparisons(report)]
    parts += [*_shares(report), *_documents(report), *_compared(report)]
    parts += [_abstention(report.abstention), _worst(report)]
    return "\n\n".join(part for part in parts if part)


def _head(report: Report) -> str:
    setting, counts = report.setting, report.counts
    made = "external run"
    if setting.generation:
        made = f"generation {setting.generation}, encoder {setting.encoder}"
    lines = [
        f"{setting.folder}: {counts.queries} queries, {counts.judgments} judgments, "
        f"relevant from grade {counts.relevant_from}",
        f"{made}, languages {'+'.join(setting.languages)}, depth {setting.depth}"
        + (", each query's own id left out" if setting.drop_self else ""),
        f"means over the {counts.measured} queries with a positive grade, "
        f"with {LEVEL} % intervals; unjudged records count as not relevant",
    ]
    if counts.without_text:
        lines.append(f"{counts.without_text} judged queries have no text here and are left out")
    if counts.not_indexed:
        lines.append(f"{counts.not_indexed} relevant judgments name records that are not indexed")
    return "\n".join(lines)


def _notices(report: Report) -> str:
    return "\n".join(f"note: {one}" for one in report.notices)


def _systems(report: Report) -> str:
    systems = report.systems
    rows = [["", *(system.name for system in systems)]]
    rows += [
        [name, *(_interval(system.measures[name]) for system in systems)]
        for name in systems[0].measures
    ]
    rows.append(["no results", *(str(system.absent) for system in systems)])
    if all(system.latency for system in systems):
        rows.append(["median latency", *map(_latency, systems)])
    return _columns(rows)


def _latency(system: System) -> str:
    found = system.latency
    return f"{found.total_ms:.1f} ms ({found.encoding_ms:.1f} encoding)" if found else ""


def _comparisons(report: Report) -> str:
    return "\n".join(
        f"{one.system} over {one.than}, {one.measure}: {difference(one)}, p = {one.p:.4f}"
        for one in report.comparisons
    )


def _shares(report: Report) -> Iterable[str]:
    names = [system.name for system in report.systems]
    shares = [share for share in report.shares if share.measure == MAIN]
    for field in dict.fromkeys(share.field for share in shares):
        rows = [[f"{MAIN} by {field}", "queries", *names]]
        rows += [
            [share.value, str(share.queries), *(_share(share, name) for name in names)]
            for share in shares
            if share.field == field
        ]
        yield _columns(rows)


def _share(share: Share | None, name: str) -> str:
    if share is None:
        return ""
    found = share.means[name]
    return _interval(found) if share.queries >= MIN_INTERVAL_QUERIES else f"{found.mean:.3f}"


def _documents(report: Report) -> Iterable[str]:
    """Yield a table of the last system's document measures by kind of query, if there are any."""
    found = {(one.value, one.measure): one for one in report.shares if one.field == "kind"}
    names = [name for name in dict.fromkeys(name for _, name in found) if name != MAIN]
    if not names:
        return
    system = report.systems[-1].name
    rows = [[f"{system} by kind", "queries", *names]]
    for kind in dict.fromkeys(value for value, _ in found):
        cells = [_share(found.get((kind, name)), system) for name in names]
        rows.append([kind, str(found[kind, MAIN].queries), *cells])
    yield _columns(rows)


def _compared(report: Report) -> Iterable[str]:
    """Yield a table of the comparison with another run, then tables by kind of query."""
    if not report.compared:
        return
    system, than = report.compared[0].system, report.compared[0].than
    heads = ["queries", than, system, "difference"]
    whole = [one for one in report.compared if one.kind is None]
    rows = [[f"{system} and {than}", *heads], *([one.measure, *_change(one)] for one in whole)]
    yield _columns(rows)
    for measure in [one.measure for one in whole if is_by_kind(one.measure)]:
        by_kind = [one for one in report.compared if one.measure == measure and one.kind]
        rows = [
            [f"{measure} by kind", *heads],
            *([one.kind or "", *_change(one)] for one in by_kind),
        ]
        if by_kind:
            yield _columns(rows)


def is_by_kind(measure: str) -> bool:
    """Return whether the comparison with another run shows this measure by kind of query."""
    return measure.startswith((MAIN, "RR"))


def _change(one: Comparison) -> list[str]:
    return [str(one.queries), f"{one.than_mean:.3f}", f"{one.mean:.3f}", difference(one)]


def difference(one: Comparison) -> str:
    """Return a paired difference as text, with its interval if there are enough queries."""
    found = one.difference
    if one.queries < MIN_INTERVAL_QUERIES:
        return f"{found.mean:+.3f}"
    return f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


def _abstention(found: Abstention | None) -> str:
    if found is None:
        return ""
    return (
        f"abstention, {found.mode}: {len(found.called_unanswered)} of {found.unanswerable} queries "
        f"without a relevant record are correctly called unanswered,\n"
        f"and {len(found.wrongly_unanswered)} of {found.answerable} with one are wrongly called so"
    )


def _worst(report: Report) -> str:
    if not report.worst:
        return ""
    lines = [f"worst queries of {report.systems[-1].name}, {MAIN}"]
    for one in report.worst:
        lines.append(f"{one.value:.3f}  {one.query_id}  {one.text}")
        lines += [
            f"       {_expected(each, report.setting.depth)}"
            for each in one.expected[:MAX_EXPECTED_SHOWN]
        ]
        if len(one.expected) > MAX_EXPECTED_SHOWN:
            lines.append(f"       and {len(one.expected) - MAX_EXPECTED_SHOWN} more")
    return "\n".join(lines)


def _expected(one: Expected, depth: int) -> str:
    where = f"found at {one.rank}" if one.rank else f"not in {depth}"
    return f"expected {one.doc_id} (grade {one.grade}): {where}"


def _interval(found: Interval) -> str:
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
