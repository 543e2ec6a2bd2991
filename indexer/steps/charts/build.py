"""Draw bar charts of the corpus as SVG, in each language.

Color has no meaning in a chart: position and label identify a bar.
"""

from collections.abc import Sequence
from types import ModuleType

from indexer.steps.charts.labels import ChartWords
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
from kb.languages.registry import LANGUAGES

HORIZONTAL = ("outcomes-places",)  # the names of outcomes are too long to fit below a bar


def draw(facets: Sequence[Sequence[str]], gazetteer: Gazetteer) -> dict[str, str]:
    """Return SVG by chart and language (`outcomes.en`), drawn from the facets of every passage.

    Leave out a chart with too few bars to compare, and all charts if the drawing libraries are not
    installed; the table on the page shows the same numbers.
    """
    count = counting(facets)
    tallies = {
        "outcomes": outcomes_by_decade(count),
        "outcomes-places": outcomes_by_place(count, gazetteer),
        "timeline": sources_by_decade(count),
    }
    drawn = {name: tally for name, tally in tallies.items() if _is_comparable(tally)}
    vega = _vega() if drawn else None
    if vega is None:
        return {}
    charts = {}
    for name, tally in drawn.items():
        panels = vega.horizontal if name in HORIZONTAL else vega.vertical
        for language in LANGUAGES:
            words = ChartWords(language)
            svg = vega.to_svg(panels(_rows(tally, words, gazetteer)))
            described = words.description(name, _shown(tally))
            charts[f"{name}.{language}"] = plain(svg, f"chart-{name}", words.title(name), described)
    return charts


def _vega() -> ModuleType | None:
    """Import and return the drawing module, or return None if its libraries are not installed."""
    try:
        from indexer.steps.charts import vega  # noqa: PLC0415 - 100 MB and half a second
    except ImportError:
        return None
    return vega


def counting(facets: Sequence[Sequence[str]]) -> Count:
    """Return a function that counts facet values of passages that are not yet in an index."""
    passages = [frozenset(values) for values in facets]

    def count(clauses: Clauses) -> Fields:
        fields: dict[str, dict[str, int]] = {}
        for values in passages:
            if all(values.intersection(clause) for clause in clauses):
                for one in values:
                    field, _, value = one.partition("=")
                    counts = fields.setdefault(field, {})
                    counts[value] = counts.get(value, 0) + 1
        return fields

    return count


def _is_comparable(tally: Tally) -> bool:
    """Return whether there are at least two rows and two dated columns to compare."""
    dated = [one for one in tally.columns if one != UNDATED]
    return len(tally.rows) > 1 and len(dated) > 1


def _shown(tally: Tally) -> int:
    """Return the total of the counts that a chart shows; it omits the undated column."""
    return sum(
        number
        for row in tally.counts
        for column, number in zip(tally.columns, row, strict=True)
        if column != UNDATED
    )


def _rows(tally: Tally, words: ChartWords, gazetteer: Gazetteer) -> list[dict[str, str | int]]:
    return [
        {
            "row": words.value(row, gazetteer.by_id),
            "column": words.value(column, gazetteer.by_id),
            "number": number,
            "text": str(number or ""),
        }
        for row, counts in zip(tally.rows, tally.counts, strict=True)
        for column, number in zip(tally.columns, counts, strict=True)
        if column != UNDATED
    ]
