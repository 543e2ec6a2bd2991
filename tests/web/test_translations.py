"""Pages in another language show our titles and sentences, and say which words are whose."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kb.domain.translations import Translation
from tests.api.builders import make_app, make_client
from tests.builders import make_corpus, make_demand, make_document, make_index, make_outcome
from tests.fakes import HashEncoder

IN_SPANISH = Translation(title="Congelar los alquileres", text="Nadie debe pagar más este año.")
DEMAND = make_demand(
    "freeze", title="Freeze the rents", outcome=make_outcome(), translations={"es": IN_SPANISH}
)
CASE = make_document(
    "outcome-oakland", [DEMAND], kind="outcome", title="Oakland freezes rents",
    titles={"es": "Oakland congela los alquileres"},
    abstract={"en": "Rents were frozen.", "es": "Se congelaron los alquileres."},
)  # fmt: skip
WORK = make_document(
    "rent-book", (), {"title": "The Rent Book"}, kind="writing",
    titles={"es": "El libro de la renta"},
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client for pages on a case file and a book with titles in Spanish."""
    folder, encoder = tmp_path_factory.mktemp("translations"), HashEncoder()
    make_index(folder / "index", make_corpus(folder, [CASE, WORK]), encoder)
    with make_client(make_app(folder / "index", encoder)) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", ["/search?q=alquileres", "/search?q=rents", "/topics/housing", "/d/outcome-oakland",
             "/d/outcome-oakland/freeze"],
)  # fmt: skip
def test_a_demand_has_its_title_in_the_language_of_the_page(client: TestClient, path: str) -> None:
    """In Spanish the title is ours, in English that of the record."""
    assert IN_SPANISH.title in client.get(path, params={"lang": "es"} | _of(path)).text
    assert IN_SPANISH.title not in client.get(path, params={"lang": "en"} | _of(path)).text


def _of(path: str) -> dict[str, str]:
    """Return the query parameters of an address."""
    return dict(one.split("=") for one in path.partition("?")[2].split("&") if one)


def test_the_original_text_stands_below_ours(client: TestClient) -> None:
    """Who reads our sentence can read the record, marked as English."""
    html = client.get("/d/outcome-oakland/freeze?lang=es").text

    assert IN_SPANISH.text in html
    assert '<h2 lang="en">Freeze the rents</h2>' in html


def test_a_case_file_has_our_title_and_a_work_keeps_its_own(client: TestClient) -> None:
    """The title of a book is needed to find it; ours follows in brackets."""
    assert (
        "<h1>Oakland congela los alquileres</h1>" in client.get("/d/outcome-oakland?lang=es").text
    )
    html = client.get("/d/rent-book?lang=es").text
    assert '<h1 lang="en">The Rent Book</h1>' in html
    assert "[El libro de la renta]" in html


def test_words_of_a_translation_are_found(client: TestClient) -> None:
    """A search finds the words that a page shows, and answers have them."""
    hits = client.get("/v1/search", params={"q": "congelar alquileres", "mode": "lexical"}).json()[
        "hits"
    ]

    assert {one["id"] for one in hits} == {"outcome-oakland", "outcome-oakland#freeze"}
    found = next(one for one in hits if one["kind"] == "demand")
    assert found["translations"]["es"]["title"] == IN_SPANISH.title
    assert found["document"]["titles"]["es"] == "Oakland congela los alquileres"
