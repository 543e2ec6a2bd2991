"""Format benchmark results as Markdown tables."""

from collections.abc import Sequence

from benchmarks.machine import Machine
from benchmarks.results import (
    Ablations,
    Encode,
    Importers,
    Load,
    LoadStep,
    Peers,
    Scale,
    Suggest,
    SystemResult,
)

OURS = "ours"
STARRED = ", * while other programs ran, so that the times say little"


def peers_table(result: Peers) -> str:
    """Return the table of one collection, a row per system, with ratios to our hybrid search."""
    ours = next((one for one in result.systems if one.key == OURS and not one.problem), None)
    recall = _recall(result)
    head = (
        "system", result.main, "ours minus it [95 %]", recall, "p50 ms", "p95 ms", "p99 ms",
        "encoding ms", "build s", "index s", "peak MB",
    )  # fmt: skip
    rows = [_peer(one, ours, result.main, recall) for one in result.systems]
    asked = f"{result.documents:,} documents, {result.queries:,} questions"
    if result.queries < result.judged:
        asked = f"{asked}, the first of {result.judged:,}"
    disturbed = any(one.disturbed and not one.problem for one in result.systems)
    notes = [
        asked,
        f"depth {result.depth}",
        *(["questions in another language"] if result.queries_file != "queries.jsonl" else []),
        *(["the question itself left out"] if result.drop_self else []),
        *([STARRED.removeprefix(", ")] if disturbed else []),
        *(["every system encoded the documents itself"] if result.own_embeddings else []),
    ]
    return f"**{result.collection}**: {', '.join(notes)}.\n\n{markdown(head, rows)}\n"


def _recall(result: Peers) -> str:
    names = next((list(one.measures) for one in result.systems if one.measures), [])
    return next((name for name in names if name.startswith(("R@", "R("))), "R")


def _peer(one: SystemResult, ours: SystemResult | None, main: str, recall: str) -> tuple[str, ...]:
    if one.problem or one.search is None:
        return (one.name, f"no figures: {one.problem}", *[""] * 9)
    base = ours if ours is not one else None
    difference = one.ours_minus
    return (
        one.name + _star(one.disturbed),
        f"{one.measures[main]:.3f}",
        f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
        if difference
        else "",
        f"{one.measures[recall]:.3f}",
        _with_ratio(one.search.p50, base.search.p50 if base and base.search else None),
        f"{one.search.p95:.1f}",
        f"{one.search.p99:.1f}",
        "" if one.encode_ms is None else f"{one.encode_ms:.1f}",
        _with_ratio(one.build_s, base.build_s if base else None),
        "" if one.index_s is None else f"{one.index_s:.1f}",
        _with_ratio(one.peak_mb, base.peak_mb if base else None, digits=0),
    )


def _with_ratio(value: float, base: float | None, digits: int = 1) -> str:
    text = f"{value:,.{digits}f}"
    return f"{text} ({value / base:.2g}×)" if base else text


def load_table(result: Load) -> str:
    """Return the table of load, a row per level."""
    head = (
        "load", "requests", "answers/s", "p50 ms", "p95 ms", "p99 ms", "errors", "resident MB",
    )  # fmt: skip
    rows = [
        (
            _level(step) + _star(step.disturbed),
            f"{step.requests:,}",
            f"{step.throughput:.1f}",
            *(
                [f"{value:.1f}" for value in (step.latency.p50, step.latency.p95, step.latency.p99)]
                if step.latency
                else ["", "", ""]
            ),
            ", ".join(f"{count} {name}" for name, count in step.errors.items()) or "0",
            f"{step.resident_mb:,.0f}",
        )
        for step in result.steps
    ]
    size = f"{result.passages:,} passages, {result.workers} worker(s), {result.hits} hits an answer"
    size += STARRED if any(step.disturbed for step in result.steps) else ""
    return f"{size}.\n\n{markdown(head, rows)}\n"


def _level(step: LoadStep) -> str:
    if step.loop == "open":
        return f"open, {step.rate:g}/s"
    return f"{step.clients} client{'s' if step.clients != 1 else ''}"


def _star(disturbed: bool) -> str:
    return " *" if disturbed else ""


def scale_table(result: Scale) -> str:
    """Return the table of index sizes, a row per size."""
    head = (
        "passages", "build s", "disk MB", "build peak MB", "open s", "resident MB",
        "hybrid p50 ms", "p95", "lexical p50 ms", "p95", "dense p50 ms", "p95",
        f"R@{result.depth} of exact",
    )  # fmt: skip
    rows = [
        (
            f"{one.passages:,}" + _star(one.disturbed),
            f"{one.build_s:,.1f}",
            f"{one.disk_mb:,.0f}",
            f"{one.build_peak_mb:,.0f}",
            f"{one.open_s:.1f}",
            f"{one.resident_mb:,.0f}",
            *(
                f"{value:.1f}"
                for each in (one.hybrid, one.lexical, one.dense)
                for value in (each.p50, each.p95)
            ),
            f"{one.recall:.4f}",
        )
        for one in result.sizes
    ]
    disturbed = any(one.disturbed for one in result.sizes)
    asked = f"{result.queries} questions{STARRED if disturbed else ''}"
    return f"{asked}.\n\n{markdown(head, rows)}\n"


def encode_table(results: Sequence[Encode]) -> str:
    """Return the table of encoding speeds, a row per run."""
    head = (
        "passages", "ours, passages/s", "SentenceTransformer.encode, passages/s", "ratio",
        "least cosine",
    )  # fmt: skip
    rows = [
        (
            f"{one.passages:,}" + _star(one.disturbed),
            f"{one.passages / one.ours_s:.0f}",
            f"{one.passages / one.sentence_transformers_s:.0f}",
            f"{one.sentence_transformers_s / one.ours_s:.2f}×",
            f"{one.least_cosine:.6f}",
        )
        for one in results
    ]
    return markdown(head, rows) + "\n"


def suggest_table(result: Suggest) -> str:
    """Return the table of completions, a row for titles as written and one for misspelled ones."""
    head = ("typed", "prefixes", "processor p50 ms", "p95", "p99", "request p50 ms", "p95", "p99")
    rows = [
        (
            one.name + _star(result.disturbed),
            f"{one.prefixes:,}",
            *(
                f"{value:.1f}"
                for each in (one.completed, one.requested)
                for value in (each.p50, each.p95, each.p99)
            ),
        )
        for one in result.rows
    ]
    size = f"{result.texts:,} texts, read in {result.open_s:.1f} s; {result.titles:,} titles"
    size += STARRED if result.disturbed else ""
    return f"{size}.\n\n{markdown(head, rows)}\n"


def importers_table(result: Importers) -> str:
    """Return the table of importers in pages a second: a row per file, a column per system."""
    names = list(result.files[0].seconds) if result.files else [OURS]
    others = [name for name in names if name != OURS]
    head = (
        "file",
        "pages",
        *(f"{name}, pages/s" for name in names),
        "ours, times the fastest other",
    )
    rows = [
        (
            one.name + _star(result.disturbed),
            f"{one.pages}",
            *(f"{one.pages / one.seconds[name]:,.0f}" for name in names),
            f"{min(one.seconds[name] for name in others) / one.seconds[OURS]:.1f}×",
        )
        for one in result.files
    ]
    starred = STARRED if result.disturbed else ""
    return f"Medians of {result.rounds} rounds{starred}.\n\n{markdown(head, rows)}\n"


def ablations_table(results: Sequence[Ablations]) -> str:
    """Return the table of ablations: a row per variant, a column per set of judged queries."""
    names = dict.fromkeys(variant.name for one in results for variant in one.variants)
    heads = [f"{one.name} ({one.queries})" for one in results]
    rows = [(name, *(_variant(one, name) for one in results)) for name in names]
    return markdown((results[0].main if results else "", *heads), rows) + "\n"


def _variant(result: Ablations, name: str) -> str:
    found = next((one for one in result.variants if one.name == name), None)
    if found is None:
        return ""
    change = found.difference
    if change is None:
        return f"{found.mean:.3f}"
    decided = change.low > 0 or change.high < 0
    text = f"{change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]"
    return f"**{text}**" if decided else text


def machine_line(found: Machine) -> str:
    """Return a paragraph that describes the machine and the versions."""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(found.versions.items()))
    return (
        f"{found.date}; {found.processor}, {found.cores} cores, {found.memory_gb:g} GB; "
        f"{found.system}, Python {found.python}; our sources {found.code}; {versions}."
    )


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with the header cells `head`; cells are not escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
