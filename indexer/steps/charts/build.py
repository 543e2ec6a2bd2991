"""Charts of the corpus, drawn once at the build: rows of bars with their numbers, in two languages.

A chart tells nothing by its colour: what a bar is, its place and its label say.
"""

from collections.abc import Sequence
from types import ModuleType

from indexer.steps.charts.labels import WORDS, Words
from indexer.steps.charts.svg import plain
from kb.domain.places import Gazetteer
from kb.domain.queries import Clauses, Fields
from kb.domain.tallies import (
    UNDATED,
    Count,
    Tally,
    outcomes_by_decade,
    outcomes_by_place,
    sources_by_decade,
)

LYING = ("outcomes-places",)  # names of outcomes are too long to stand below a bar


def draw(facets: Sequence[Sequence[str]], gazetteer: Gazetteer) -> dict[str, str]:
    """SVG by chart and language (`outcomes.en`), from the values of every passage.

    A chart without two bars to compare is left out, for its table says as much.
    """
    count = counting(facets)
    tallies = {
        "outcomes": outcomes_by_decade(count),
        "outcomes-places": outcomes_by_place(count, gazetteer),
        "timeline": sources_by_decade(count),
    }
    worth = {name: tally for name, tally in tallies.items() if _tells(tally)}
    vega = _vega() if worth else None
    if vega is None:
        return {}
    found = {}
    for name, tally in worth.items():
        panels = vega.lying if name in LYING else vega.upright
        for language, words in WORDS.items():
            svg = vega.to_svg(panels(_rows(tally, words, gazetteer)))
            said = words.descriptions[name].format(total=_shown(tally))
            found[f"{name}.{language}"] = plain(svg, f"chart-{name}", words.titles[name], said)
    return found


def _vega() -> ModuleType | None:
    """What draws; None where it cannot be installed. A build without news does not load it."""
    try:
        from indexer.steps.charts import vega  # noqa: PLC0415 - 100 MB and half a second
    except ImportError:
        return None
    return vega


def counting(facets: Sequence[Sequence[str]]) -> Count:
    """What counts the values of passages that are not in an index yet."""
    held = [frozenset(values) for values in facets]

    def count(clauses: Clauses) -> Fields:
        fields: dict[str, dict[str, int]] = {}
        for values in held:
            if all(values.intersection(clause) for clause in clauses):
                for one in values:
                    field, _, value = one.partition("=")
                    counts = fields.setdefault(field, {})
                    counts[value] = counts.get(value, 0) + 1
        return fields

    return count


def _tells(tally: Tally) -> bool:
    """Whether there are two bars to compare along each side; else its table says as much."""
    dated = [one for one in tally.columns if one != UNDATED]
    return len(tally.rows) > 1 and len(dated) > 1


def _shown(tally: Tally) -> int:
    """What the chart shows: undated ones stand in the table alone."""
    return sum(
        number
        for row in tally.counts
        for column, number in zip(tally.columns, row, strict=True)
        if column != UNDATED
    )


def _rows(tally: Tally, words: Words, gazetteer: Gazetteer) -> list[dict[str, str | int]]:
    return [
        {
            "row": words.said(row, gazetteer.by_id),
            "column": words.said(column, gazetteer.by_id),
            "number": number,
            "text": str(number or ""),
        }
        for row, counts in zip(tally.rows, tally.counts, strict=True)
        for column, number in zip(tally.columns, counts, strict=True)
        if column != UNDATED
    ]
