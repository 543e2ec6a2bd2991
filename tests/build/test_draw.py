"""Charts: what they count, that they are plain SVG, and that they exist in both languages."""

import re
import sys
from collections.abc import Sequence
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from indexer.steps import charts
from indexer.steps.charts.build import counting, draw
from indexer.steps.charts.labels import DESCRIPTIONS, TITLES, ChartWords
from indexer.steps.charts.svg import ALLOWED, NAMESPACE, plain
from indexer.steps.passages import chunk
from kb.domain.documents import Document
from kb.domain.places import Gazetteer, Label
from kb.domain.queries import DOCUMENT_KINDS, OUTCOMES
from kb.domain.tallies import (
    ELSEWHERE,
    KINDS,
    MAX_DECADES,
    MAX_PLACES,
    STATUSES,
    UNDATED,
    outcomes_by_decade,
    outcomes_by_place,
    sources_by_decade,
)
from kb.domain.topics import Thesaurus
from kb.languages.catalog import catalogue
from kb.languages.registry import LANGUAGES
from tests.builders import (
    DEFAULT_PLACES,
    DEFAULT_TOPICS,
    make_demand,
    make_document,
    make_outcome,
    make_place,
)

NAMES = ("outcomes", "outcomes-places", "timeline")
STATES = [f"us-{letter}a" for letter in "bdefghi"]
PLACES = Gazetteer(
    [
        *DEFAULT_PLACES,
        make_place("us-nv", "state", parent="us", name=Label(en="<b>&Nevada", es="<b>&Nevada")),
        *(make_place(one, "state", parent="us") for one in STATES),
        make_place("europe", "international", parent="world"),
    ]
)


def decided(
    id: str, status: str | None, date: str | None, issued: str | None = None, place: str = "us-ca"
) -> Document:
    """Return a document with one demand, whose outcome has this status and date."""
    outcome = make_outcome(status=status, date=date) if status else None
    return make_document(id, [make_demand(outcome=outcome)], source={"issued": issued}, place=place)


DOCUMENTS = (
    decided("a", "won", "2021-06", "2012"),
    decided("b", "won", None, "1968"),
    decided("c", "lost", "2015/2016", None, "us-ca-oakland"),
    decided("d", "partly-won", None, None, "us"),
    decided("e", "reversed", "1848", "1848", "europe"),
    decided("f", None, None, "2020-05", "us-nv"),
    decided("g", "pending", "2022", "1979/1981", "us-nv"),
)


def facets(documents: Sequence[Document]) -> list[Sequence[str]]:
    """Return the facet values of every passage of the documents."""
    thesaurus = Thesaurus(DEFAULT_TOPICS)
    return [unit.facets for one in documents for unit in chunk(one, thesaurus, PLACES)]


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """Return the SVG charts of the documents by name and language."""
    return draw(facets(DOCUMENTS), PLACES)


def test_each_demand_is_counted_once_in_the_decade_of_its_outcome() -> None:
    """The outcome's date counts, else the source's; a demand without either is undated."""
    tally = outcomes_by_decade(counting(facets(DOCUMENTS)))

    found = {
        (row, column): number
        for row, numbers in zip(tally.rows, tally.counts, strict=True)
        for column, number in zip(tally.columns, numbers, strict=True)
        if number
    }
    assert found == {
        ("won", "2020"): 1,
        ("won", "1960"): 1,
        ("lost", "2010"): 1,
        ("partly-won", UNDATED): 1,
        ("reversed", "before 1960"): 1,
        ("pending", "2020"): 1,
    }


def test_decades_have_no_gaps_and_are_few() -> None:
    """Empty decades between are columns too, and all decades before the first are one column."""
    *columns, undated = outcomes_by_decade(counting(facets(DOCUMENTS))).columns

    first, *decades = columns
    assert [int(one) for one in decades] == list(range(1960, 2030, 10))
    assert (first, len(decades), undated) == ("before 1960", MAX_DECADES, UNDATED)


def test_a_demand_of_a_state_is_not_counted_again_in_its_country() -> None:
    """A city counts for its state, a country for what is in no state, a continent as elsewhere."""
    tally = outcomes_by_place(counting(facets(DOCUMENTS)), PLACES)

    counts = dict(zip(tally.rows, tally.counts, strict=True))
    assert counts == {
        "us-ca": (2, 0, 0, 1, 0),
        "us": (0, 1, 0, 0, 0),
        "us-nv": (0, 0, 1, 0, 0),
        ELSEWHERE: (0, 0, 0, 0, 1),
    }


def test_places_beyond_the_first_are_one_row() -> None:
    """Places beyond MAX_PLACES share one row, and the total still counts them."""
    documents = [decided(f"in-{one}", "won", "2021", place=one) for one in [*STATES, *STATES[:3]]]

    tally = outcomes_by_place(counting(facets(documents)), PLACES)

    assert len(tally.rows) == MAX_PLACES + 1
    assert tally.rows[:3] == tuple(STATES[:3])
    assert tally.total == len(documents)


def test_every_total_is_the_number_of_what_is_counted() -> None:
    """Each demand with an outcome is once in each outcome table, each source once in its table."""
    count = counting(facets(DOCUMENTS))

    known = sum(one.records[0].outcome is not None for one in DOCUMENTS)  # type: ignore[union-attr] # demands alone
    assert outcomes_by_decade(count).total == outcomes_by_place(count, PLACES).total == known
    assert sources_by_decade(count).total == len(DOCUMENTS)


def test_charts_show_the_numbers_that_were_counted(drawn: dict[str, str]) -> None:
    """The numbers in a chart add up to the total of its table without undated entries."""
    count = counting(facets(DOCUMENTS))
    by_decade = outcomes_by_decade(count)
    undated = sum(row[by_decade.columns.index(UNDATED)] for row in by_decade.counts)

    sources = sources_by_decade(count)
    assert _numbers(drawn["outcomes.en"]) == by_decade.total - undated
    assert _numbers(drawn["outcomes-places.en"]) == outcomes_by_place(count, PLACES).total
    assert _numbers(drawn["timeline.es"]) == sources.total - sum(
        row[sources.columns.index(UNDATED)] for row in sources.counts
    )


def _numbers(drawing: str) -> int:
    """Return the sum of the numbers in a chart, without the decades on its axis."""
    texts = re.findall(r"<text[^>]*>(\d+)</text>", drawing)
    return sum(int(one) for one in texts if len(one) < 4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_named_and_described(drawn: dict[str, str], name: str, language: str) -> None:
    """A chart is one image with a title and a description in its language, tied to it by ids."""
    root = ElementTree.fromstring(drawn[f"{name}.{language}"])

    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert (title.tag, description.tag) == (f"{{{NAMESPACE}}}title", f"{{{NAMESPACE}}}desc")
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    translate = catalogue(language).gettext
    assert title.text == translate(TITLES[name])
    shown = r"\d+".join(map(re.escape, translate(DESCRIPTIONS[name]).split("%(total)s")))
    assert re.fullmatch(shown, description.text or "")
    assert root.get("width") is None
    assert root.get("viewBox")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_has_nothing_that_a_strict_policy_forbids(drawn: dict[str, str], name: str) -> None:
    """A chart has no style, script, address or handler; its only colour is that of the text."""
    allowed = {name for names in ALLOWED.values() for name in names} | {
        "role", "aria-labelledby", "aria-describedby", "id", "fill",
    }  # fmt: skip
    for node in ElementTree.fromstring(drawn[f"{name}.es"]).iter():
        assert node.tag.removeprefix(f"{{{NAMESPACE}}}") in {*ALLOWED, "title", "desc"}
        assert set(node.attrib) <= allowed
        assert {node.get("fill"), node.get("stroke")} <= {None, "none", "currentColor"}
    assert "url(" not in drawn[f"{name}.es"]


def test_the_name_of_a_place_is_escaped(drawn: dict[str, str]) -> None:
    """Markup in the name of a place is escaped in the chart."""
    assert "&lt;b&gt;&amp;Nevada" in drawn["outcomes-places.en"]
    assert "<b>" not in drawn["outcomes-places.en"]


def test_forbidden_parts_of_a_drawing_are_removed() -> None:
    """Styles, scripts, images, links and handlers are removed from an SVG."""
    written = (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 9 9" width="9" onload="x()"><style>x</style>'
        '<script>x</script><image href="https://example.org/x"/><a href="x"><text>y</text></a>'
        '<g style="fill:red"><path d="M0,0h1" fill="url(#x)" onclick="x()"/></g></svg>'
    )

    shown = plain(written, "one", "Title", "Words")

    assert not re.search(r"style|script|image|href|on\w+=|url|width", shown)
    assert '<path d="M0,0h1" fill="currentColor" />' in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_and_pages_use_the_same_words(language: str) -> None:
    """Outcomes and kinds of sources have the same names in charts as on pages."""
    translate = catalogue(language).gettext
    called = {value: translate(text) for value, text in {**OUTCOMES, **DOCUMENT_KINDS}.items()}

    words = ChartWords(language)
    assert {value: words.value(value, {}) for value in (*STATUSES, *KINDS)} == called
    page = (files("kb.web") / "templates" / "timeline.html").read_text("utf-8")
    assert all(f'_("{title}")' in page for title in TITLES.values())


def test_one_bar_is_not_drawn() -> None:
    """There is no chart where fewer than two bars could be compared."""
    assert draw(facets([decided("a", "won", "2021", "2021")]), PLACES) == {}
    assert draw([], PLACES) == {}


def test_a_build_without_vl_convert_has_no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without vl-convert no charts are drawn, and no error is raised."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.delitem(sys.modules, "indexer.steps.charts.vega", raising=False)
    monkeypatch.delattr(charts, "vega", raising=False)

    assert draw(facets(DOCUMENTS), PLACES) == {}
