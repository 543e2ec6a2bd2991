"""The words in charts, in the languages of the interface; the pages' catalogue has the same."""

from collections.abc import Callable
from typing import NamedTuple

from kb.domain.places import Label, Place
from kb.domain.tallies import BEFORE, ELSEWHERE


class Words(NamedTuple):
    """What a chart says in one language."""

    titles: dict[str, str]
    descriptions: dict[str, str]  # of each chart, with its total as `{total}`
    values: dict[str, str]
    before: str
    name: Callable[[Label], str]

    def said(self, value: str, places: dict[str, Place]) -> str:
        """A row or a column as a reader knows it."""
        if value.startswith(BEFORE):
            return f"{self.before} {value.removeprefix(BEFORE)}"
        if value in places:
            return self.name(places[value].name)
        return self.values.get(value, value)


WORDS = {
    "en": Words(
        titles={
            "outcomes": "What came of demands, by decade",
            "outcomes-places": "What came of demands, by place",
            "timeline": "Sources by decade and kind",
        },
        descriptions={
            "outcomes": (
                "{total} demands whose outcome is known. One row of bars for each outcome, one "
                "bar for each decade, its number above it."
            ),
            "outcomes-places": (
                "{total} demands whose outcome is known. One group of bars for each place, one "
                "bar for each outcome, its number beside it."
            ),
            "timeline": (
                "{total} sources. One row of bars for each kind of source, one bar for each "
                "decade, its number above it."
            ),
        },
        values={
            "won": "won", "partly-won": "won in part", "pending": "open", "lost": "lost",
            "reversed": "won, then taken back", "platform": "platform", "report": "report",
            "writing": "writing", "outcome": "outcome", ELSEWHERE: "All other places",
        },
        before="before",
        name=lambda label: label.en,
    ),
    "es": Words(
        titles={
            "outcomes": "Qué pasó con las demandas, por década",
            "outcomes-places": "Qué pasó con las demandas, por lugar",
            "timeline": "Fuentes por década y tipo",
        },
        descriptions={
            "outcomes": (
                "{total} demandas cuyo resultado se conoce. Una fila de barras por resultado, "
                "una barra por década, con su número encima."
            ),
            "outcomes-places": (
                "{total} demandas cuyo resultado se conoce. Un grupo de barras por lugar, una "
                "barra por resultado, con su número al lado."
            ),
            "timeline": (
                "{total} fuentes. Una fila de barras por tipo de fuente, una barra por década, "
                "con su número encima."
            ),
        },
        values={
            "won": "ganada", "partly-won": "ganada en parte", "pending": "pendiente",
            "lost": "perdida", "reversed": "ganada y luego revertida", "platform": "plataforma",
            "report": "informe", "writing": "escrito", "outcome": "resultado",
            ELSEWHERE: "Los demás lugares",
        },
        before="antes de",
        name=lambda label: label.in_language("es"),
    ),
}  # fmt: skip
