"""The glossary of campaign and policy terms, and where its terms are found in text."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient

from kb.languages.registry import LANGUAGES
from kb.web.view.glossary import MAX_TERMS, Term, explained, find, key, terms
from tests.api.builders import indexed_client
from tests.builders import (
    DEFAULT_TOPICS,
    make_demand,
    make_document,
    make_topic,
)

LONGEST = 240  # characters of a meaning: two plain sentences
BAIL = make_topic("bail-pretrial", "Bail", "Fianza")
BY_ID = {one.id: one for one in terms()}


def said(text: str, language: str) -> list[str]:
    """Return the ids of the terms in a text."""
    return [one.term.id for one in find(text, language)]


def meaning(id: str, language: str) -> str:
    """Return the meaning of a term in a language."""
    return BY_ID[id].wording(language).meaning


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of pages whose index has the topic of bail but not that of courts."""
    demands = [
        make_demand("bail", title="End money bail", text="The city pays every public defender."),
        make_demand("rent", title="Lower rents", text="A resolution of the quarrel on ice."),
    ]
    documents, topics = [make_document("bail", demands)], [*DEFAULT_TOPICS, BAIL]
    with indexed_client(tmp_path_factory.mktemp("glossary"), documents, topics) as client:
        yield client


def test_ids_of_terms_are_unique() -> None:
    """Ids of terms are unique, and there are over fifty terms."""
    assert len(BY_ID) == len(terms()) > 50


def test_every_term_has_a_topic_of_the_corpus(corpus: Path) -> None:
    """The topic of each term is in the corpus."""
    known = {one["id"] for one in yaml.safe_load((corpus / "topics.yaml").read_text())["topics"]}

    assert {one.topic for one in terms()} <= known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", terms(), ids=lambda term: term.id)
def test_a_meaning_is_short_and_whole(term: Term, language: str) -> None:
    """Each language has a term and one or two sentences, which differ between languages."""
    wording = term.wording(language)

    assert wording.term
    assert wording.term[0].isalpha()
    assert wording.meaning.endswith(".")
    assert len(wording.meaning) < LONGEST
    assert wording.meaning.count(". ") <= 1
    assert term.en.meaning != term.wording("es").meaning


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_of_terms_are_unique(language: str) -> None:
    """Two forms in a language differ in more than case, accents and endings."""
    keys = [key(form, language) for term in terms() for form in term.wording(language).forms]

    assert all(keys)
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", terms(), ids=lambda term: term.id)
def test_every_form_finds_its_term(term: Term, language: str) -> None:
    """A text with a form, and no other term, gives only this term."""
    for form in term.wording(language).forms:
        assert said(f"xx {form}, yy", language) == [term.id]


@pytest.mark.parametrize(
    ("text", "language", "id"),
    [
        ("Bail bondsmen profit.", "en", "bail-bond-company"),
        ("Two SANCTUARY CITIES", "en", "sanctuary-city"),
        ("No more evictions", "en", "eviction"),
        ("Stop paying for consent decrees.", "en", "consent-decree"),
        ("Tres ciudades santuario", "es", "sanctuary-city"),
        ("las deportaciones masivas", "es", "deportation"),
        ("PENAS MINIMAS OBLIGATORIAS", "es", "mandatory-minimum-sentence"),
        ("los centros de detención", "es", "detention-center"),
        ("salarios dignos", "es", "living-wage"),
    ],
)
def test_a_plural_is_found(text: str, language: str, id: str) -> None:
    """Plurals, case and accents make no difference."""
    assert said(text, language) == [id]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A bailout in cash", "en"),  # parts of words, and words in another order
        ("The ice on the lake", "en"),
        ("Conflict resolution by order of the city", "en"),
        ("Una orden de la ciudad", "es"),
        ("Reparaciones de la vivienda", "es"),
        ("cash bail", "es"),  # another language's word
        ("cash bail", "fr"),
        ("", "en"),
    ],
)
def test_other_words_are_not_explained(text: str, language: str) -> None:
    """Only a whole term in the language of the text is explained."""
    assert said(text, language) == []


def test_a_longer_term_hides_the_terms_inside_it() -> None:
    """No word is explained twice, and terms come in the order of the text."""
    assert said("Just cause eviction, then divest: invest/divest.", "en") == [
        "just-cause-eviction",
        "divestment",
        "invest-divest",
    ]
    assert said("An eviction without just cause eviction", "en") == [
        "eviction",
        "just-cause-eviction",
    ]


def test_a_term_is_explained_once_and_not_too_many() -> None:
    """A repeated term is explained once, and a long text gets the first MAX_TERMS."""
    every = [term.en.term for term in terms()]

    assert [one.word for one in explained(("Parole", "On parole, on probation"), "en", "en")] == [
        "parole",
        "probation",
    ]
    assert [one.word for one in explained((". ".join(every),), "en", "en")] == every[:MAX_TERMS]


def test_a_reader_gets_the_form_of_the_text_or_a_word_of_their_own() -> None:
    """In the text's language the term is as in the text; in another it is translated."""
    (own,) = explained(("Bail bondsmen",), "en", "en")
    (other,) = explained(("Bail bondsmen",), "en", "es")

    assert (own.word, own.also) == ("bail bondsmen", ())
    assert own.definition == meaning("bail-bond-company", "en")
    assert (other.word, other.also) == ("empresa de fianzas", ("bail bondsmen",))
    assert other.definition == meaning("bail-bond-company", "es")
    assert explained(("ICE",), "en", "es")[0].also == ()  # one name in both languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_explains_its_words(client: TestClient, language: str) -> None:
    """A record's terms are explained; a topic that the index lacks is not linked."""
    html = unescape(client.get(f"/d/bail/bail?lang={language}").text)
    words = html.partition('<dl class="words">')[2].partition("</dl>")[0]

    assert words.count("<dt>") == 2
    assert meaning("cash-bail", language) in words
    assert meaning("public-defender", language) in words
    assert ('(<span lang="en">money bail</span>)' in words) == (language == "es")
    assert f'href="/topics/bail-pretrial?lang={language}"' in words
    assert "/topics/courts" not in words
    assert ": " + {"en": "Bail", "es": "Fianza"}[language] + "</a>" in words


def test_a_record_without_terms_has_no_list(client: TestClient) -> None:
    """A record without a term has no list of terms."""
    assert '<dl class="words">' not in client.get("/d/bail/rent?lang=en").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_term(client: TestClient, language: str) -> None:
    """All terms are listed with their other forms, under a linked letter."""
    html = unescape(client.get(f"/glossary?lang={language}").text)

    for term in terms():
        wording = term.wording(language)
        assert f"<dt>{wording.term}</dt><dd>{wording.meaning}" in html
        assert "; ".join(wording.also) in html
        assert f'href="#{wording.term[0].upper()}"' in html
    assert html.count("<h3 id=") == len({one.wording(language).term[0].upper() for one in terms()})
    assert "/topics/courts" not in html
