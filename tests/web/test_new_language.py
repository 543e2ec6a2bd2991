"""A new language needs only a row of the registry and a catalogue: French as an example."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.steps.charts.labels import TITLES, ChartWords
from kb.domain.places import Label
from kb.domain.quantities import Quantity
from kb.domain.records import Locator
from kb.domain.topics import AltLabels
from kb.languages.catalog import catalogue, chosen, day, number
from kb.languages.labels import value_label
from kb.languages.locators import located
from kb.languages.quantities import in_words
from kb.languages.registry import LANGUAGES, LOCALES, Locale, word_set
from kb.search.labels import label
from kb.search.names import Names
from kb.text.analysis import stem
from kb.text.language import language_of
from kb.text.query import Labels, parse_query
from kb.web.view.glossary import definition
from kb.web.view.page import environment
from tests.builders import make_place, make_topic

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "won"
msgstr "gagné"

msgid "Demands"
msgstr "Revendications"

msgid "percent"
msgstr "pour cent"

msgid "over %(amount)s"
msgstr "plus de %(amount)s"

msgid "row %(row)s"
msgstr "ligne %(row)s"
"""


def _forget() -> None:
    catalogue.cache_clear()
    environment.cache_clear()


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Register a small French locale for one test and yield its tag."""
    path = tmp_path / "fr.po"
    path.write_text(CATALOGUE, "utf-8")
    locale = Locale(
        tag="fr",
        name="Français",
        regional="fr_CA",
        stemmer="french",
        catalogue=path,
        stop_words=word_set("dans des les aux pour hors"),
        common_words=word_set("la dans des les aux pour hors est que"),
        letters=re.compile("[éèêàçœ]"),
    )
    _forget()
    monkeypatch.setitem(LOCALES, "fr", locale)
    yield "fr"
    _forget()


def test_texts_of_a_new_language_come_from_its_catalogue(french: str) -> None:
    """Labels, locators and amounts are in French; a text that is not translated is English."""
    assert value_label("outcome", "won", french) == "gagné"
    assert value_label("outcome", "lost", french) == "lost"
    assert located(Locator(row="3"), french) == "ligne 3"
    amount = Quantity(value=1500.5, unit="percent", qualifier="over")
    assert in_words(amount, french) == "plus de 1\N{NO-BREAK SPACE}500,5 pour cent"


def test_labels_of_a_new_language_are_shown_found_and_stored(french: str) -> None:
    """A topic or place has its French label if there is one, else the English one."""
    rent = make_topic(
        "rent",
        prefLabel=Label(en="Rents", es="Rentas", fr="Loyers"),
        definition=Label(en="What tenants pay.", fr="Ce que paient les locataires."),
        altLabel=AltLabels(en=("rental",), fr=("prix des logements",)),
    )
    names = Names([rent], [make_place("here", name=Label(en="Here", es="Acá"))])

    assert label(names, "topic", "rent", french) == "Loyers"
    assert label(names, "topic", "rent", "es") == "Rentas"
    assert label(names, "place", "here", french) == "Here"
    assert definition(rent, french) == "Ce que paient les locataires."
    assert definition(rent, "es") == "What tenants pay."
    assert names.topic("prix des logements") == names.topic("loyers") == "rent"
    found = parse_query("le prix des logement", Labels(names.thesaurus)).widenings
    assert [one.label for one in found] == ["prix des logements"]
    stored = '{"en":"Rents","es":"Rentas","fr":"Loyers"}'
    assert rent.prefLabel.model_dump_json() == stored
    assert Label.model_validate_json(stored) == rent.prefLabel


def test_charts_use_a_new_language(french: str) -> None:
    """A chart has French texts from the catalogue and French names of places."""
    words = ChartWords(french)
    here = make_place("here", name=Label(en="Here", es="Acá", fr="Ici"))

    assert words.value("won", {}) == "gagné"
    assert words.value("here", {"here": here}) == "Ici"
    assert words.title("timeline") == TITLES["timeline"]


def test_dates_and_numbers_of_a_new_language_are_in_its_form(french: str) -> None:
    """Dates and numbers have the French format."""
    assert day("2016-08-01", french) == "1 août 2016"
    assert number(12345, french) == "12\N{NARROW NO-BREAK SPACE}345"


def test_a_new_language_is_offered(french: str) -> None:
    """French is among the languages of the interface, chosen by address or browser."""
    assert list(LANGUAGES) == ["en", "es", french]
    assert chosen(french, "en") == chosen(None, "fr-CA, en;q=0.5") == french


def test_words_of_a_new_language_are_analysed(french: str) -> None:
    """French words have stems and stop words, and a French question is detected."""
    assert stem("logements", french) == stem("logement", french)
    assert stem("nationales", french) == stem("nationaux", french)
    question = "la police hors des écoles"
    assert language_of(question) == french
    assert [one.word for one in parse_query(question).terms] == ["police", "ecoles"]
    assert stem("nationaux", french) in parse_query("nationaux").terms[0].stems


@pytest.mark.parametrize(
    ("text", "language"),
    [("police out of schools", "en"), ("policía fuera de las escuelas", "es"), ("SRO", "en")],
)
def test_a_new_language_takes_no_question_of_another(french: str, text: str, language: str) -> None:
    """English and Spanish questions are still detected as such."""
    assert french in LANGUAGES
    assert language_of(text) == language


@pytest.mark.parametrize(
    "path",
    [
        "/", "/topics", "/topics/policing", "/places", "/places/us", "/timeline", "/glossary",
        "/search?q=policing", "/d/m4bl-vision-2016", "/organizations", "/saved",
    ],
)  # fmt: skip
def test_every_page_is_shown_in_a_new_language(french: str, client: TestClient, path: str) -> None:
    """Every page is served in French, and offers French."""
    shown = client.get(f"{path}{'&' if '?' in path else '?'}lang={french}")
    english = client.get(path)

    assert (shown.status_code, shown.headers["content-language"]) == (200, french)
    assert '<html lang="fr"' in shown.text
    assert "Français" in english.text


def test_a_page_has_words_of_a_new_language(french: str, client: TestClient) -> None:
    """The heading of a topic's demands comes from the French catalogue."""
    assert "<h2>Revendications</h2>" in client.get(f"/topics/policing?lang={french}").text
