"""Format the stored relevance figures as Markdown, for the README and docs/evaluation.md."""

from collections.abc import Iterator, Sequence

from benchmarks.machine import ROOT
from benchmarks.relevance import RELEVANCE
from benchmarks.results import Ablations, Relevance
from benchmarks.tables import machine_line, markdown
from kb.evaluation.documents import NDCG
from kb.evaluation.judgments import read_judgments
from kb.evaluation.measures import MAIN, Interval
from kb.evaluation.report import Abstention, Comparison, difference, is_by_kind

# nDCG@10 of BM25 (k1 0.9, b 0.4) in SOURCE.md of each collection, by its name and queries file.
PUBLISHED = {
    ("perspectrum", "queries.jsonl"): 0.4596,
    ("perspectrum-paraphrase", "queries.jsonl"): 0.6918,
    ("argkp", "queries.jsonl"): 0.4024,
    ("cranfield", "queries.jsonl"): 0.3576,
    ("xquad-es", "queries.jsonl"): 0.9608,
    ("xquad-es", "queries_en.jsonl"): 0.4167,
}
MODES = {
    "lexical": "words alone (BM25)",
    "dense": "meaning alone (MiniLM; multilingual-e5-small for Spanish)",
    "hybrid": "both, the default of `kb search`",
}
SPANISH, ASKED, UNANSWERED = (f"{RELEVANCE}/{name}" for name in ("spanish", "asked", "abstention"))
WITHOUT_PHRASES = "without phrases"
ROUNDED = 0.0005  # smaller differences are printed as zero


def quality(results: Sequence[Relevance], studied: Sequence[Ablations]) -> str:
    """Return the table of our own judgments and the sentences around it, for the README."""
    own = {one.name: one for one in results}
    report = own[RELEVANCE].report
    names = list(report.systems[0].measures)[:4]
    rows = [
        (
            MODES[system.name],
            _interval(system.measures[MAIN]),
            _interval(system.measures[NDCG]),
            *(f"{system.measures[name].mean:.3f}" for name in names[1:]),
        )
        for system in report.systems
    ]
    gains = " and better than ".join(
        f"{MODES[one.than].partition(' (')[0]} by {_gain(one)}" for one in report.comparisons
    )
    left = _without_phrases(studied)
    return "\n".join(
        [
            f"`kb evaluate tests/relevance` measures the search with {report.counts.measured} "
            "judged queries like those of organizers, writers and educators "
            "([tests/relevance](tests/relevance/SOURCE.md)); 95 % intervals are in brackets.",
            "",
            markdown(("", MAIN, NDCG, *names[1:]), rows),
            "",
            f"Compared query by query, both together are better than {gains}.",
            f"{own[SPANISH].report.counts.measured} questions in Spanish, most of which have their "
            f"answers in English, reach {_hybrid(own[SPANISH])} "
            "([tests/relevance/spanish](tests/relevance/spanish/SOURCE.md)).",
            f"{own[ASKED].report.counts.measured} harder questions in people's own words, such as "
            "claims to answer and paraphrases that share no word with a title, reach "
            f"{_hybrid(own[ASKED])} ([tests/relevance/asked](tests/relevance/asked/SOURCE.md)); "
            f"without the phrases of the corpus {left:.3f}.",
        ]
    )


def _gain(one: Comparison) -> str:
    found = one.difference
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _hybrid(result: Relevance) -> str:
    return _interval(result.report.systems[-1].measures[MAIN])


def _without_phrases(studied: Sequence[Ablations]) -> float:
    found = {one.name: one.mean for one in _study(studied, ASKED).variants}
    return found[WITHOUT_PHRASES]


def _study(studied: Sequence[Ablations], name: str) -> Ablations:
    return next(one for one in studied if one.name == name)


def public(results: Sequence[Relevance]) -> str:
    """Return the table of nDCG@10 on public collections, for the README."""
    rows = [
        (_label(one), f"{PUBLISHED[_key(one)]:.3f}",
         *(f"{system.measures[MAIN].mean:.3f}" for system in one.report.systems))
        for one in _collections(results)
    ]  # fmt: skip
    head = ("", "BM25, as published with the collection", "ours, words", "ours, meaning",
            "ours, both")  # fmt: skip
    return markdown(head, rows)


def weak(results: Sequence[Relevance]) -> str:
    """Return the sentence on how often answers are marked as weak, for the README."""
    own = {one.name: one.report.abstention for one in results}
    some = [found for name in (RELEVANCE, UNANSWERED) if (found := own[name])]
    asked = own[ASKED] or Abstention(
        mode="", unanswerable=0, called_unanswered=(), answerable=0, wrongly_unanswered=()
    )
    kinds = {topic.query_id: topic.kind for topic in read_judgments(ROOT / "tests" / ASKED).topics}
    paraphrases = [kinds[one] for one in asked.wrongly_unanswered].count("paraphrase")
    return (
        "Marking an answer as weak is a guess: among the judged questions in `tests/relevance` and "
        f"`tests/relevance/abstention`, {sum(len(one.called_unanswered) for one in some)} of the "
        f"{sum(one.unanswerable for one in some)} that nothing indexed answers are marked weak, "
        f"and so are, wrongly, {sum(len(one.wrongly_unanswered) for one in some)} of the "
        f"{sum(one.answerable for one in some)} that have an answer, but also "
        f"{len(asked.wrongly_unanswered)} of the {asked.answerable} in `tests/relevance/asked`, "
        f"{paraphrases} of them paraphrases "
        "([decision 9](docs/decisions/0009-when-nothing-answers.md))."
    )


def collections(results: Sequence[Relevance]) -> str:
    """Return the full table of public collections, with intervals, differences and seconds."""
    found = list(_collections(results))
    head = ("nDCG@10", "questions", "words", "meaning", "both", "both, before phrases",
            "difference", "records", "index s", "questions s")  # fmt: skip
    rows = [
        (
            _label(one) + (" *" if one.disturbed else ""),
            f"{one.report.counts.measured:,}",
            *(_interval(system.measures[MAIN]) for system in one.report.systems),
            *_against(one),
            f"{one.passages:,}",
            f"{one.open_s:,.0f}",
            f"{one.search_s:,.0f}",
        )
        for one in found
    ]
    disturbed = any(one.disturbed for one in found)
    parts = [
        markdown(head, rows),
        "A star: other programs ran, so that the times say little." if disturbed else "",
        _lower(found),
        machine_line(found[0].machine),
    ]
    return "\n\n".join(part for part in parts if part)


def _against(result: Relevance) -> tuple[str, str]:
    whole = [one for one in result.report.compared if one.measure == MAIN and not one.kind]
    return (f"{whole[0].than_mean:.3f}", difference(whole[0])) if whole else ("", "")


def former(results: Sequence[Relevance]) -> str:
    """Return tables that compare today's ranking, on our own queries, with that before phrases."""
    own = [one for one in results if one.name.startswith(RELEVANCE) and one.report.compared]
    rows = [
        (one.name, each.measure, str(each.queries), f"{each.than_mean:.3f}", f"{each.mean:.3f}",
         difference(each))
        for one in own for each in one.report.compared if not each.kind
    ]  # fmt: skip
    names = [each.measure for each in own[0].report.compared
             if not each.kind and is_by_kind(each.measure)]  # fmt: skip
    heads = [head for name in names for head in (name, "difference")]
    kinds = [row for one in own for row in _by_kind(one, names)]
    return "\n\n".join(
        [
            markdown(("queries", "measure", "number", "formerly", "today", "difference"), rows),
            markdown(("queries", "kind", "number", *heads), kinds),
            _lower(own),
            machine_line(own[0].machine),
        ]
    )


def _by_kind(result: Relevance, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    found = {(one.kind, one.measure): one for one in result.report.compared if one.kind}
    for kind in dict.fromkeys(kind for kind, _ in found if kind):
        cells = [cell for name in names for cell in _change(found.get((kind, name)))]
        yield (result.name, kind, str(found[kind, MAIN].queries), *cells)


def _change(one: Comparison | None) -> tuple[str, str]:
    if one is None:
        return "", ""
    return f"{one.than_mean:.3f} → {one.mean:.3f}", difference(one)


def _lower(results: Sequence[Relevance]) -> str:
    """Return a Markdown list of the measures that are lower than before passages had phrases."""
    lines = [
        f"- {_label(result)}, {one.kind or 'all'}, {one.measure}: {difference(one)}, "
        f"{one.queries} {'query' if one.queries == 1 else 'queries'}"
        for result in results
        for one in result.report.compared
        if is_by_kind(one.measure) and one.difference.mean <= -ROUNDED
    ]
    return "\n".join(["Lower today than formerly:", "", *(lines or ["- nothing"])])


def _collections(results: Sequence[Relevance]) -> Iterator[Relevance]:
    return (one for one in results if _key(one) in PUBLISHED)


def _key(result: Relevance) -> tuple[str, str]:
    return result.name, result.report.setting.queries_file


def _label(result: Relevance) -> str:
    other = result.report.setting.queries_file != "queries.jsonl"
    return f"{result.name}, questions in English" if other else result.name


def _interval(found: Interval) -> str:
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"
