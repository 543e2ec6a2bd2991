"""Half-remembered titles, names and figures find their source in the shipped corpus."""

from pathlib import Path

import pytest

from kb.domain.queries import Query
from kb.encoders.base import TextEncoder
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.search.searcher import Searcher

# What is typed, and the start of the ids of the documents that it means.
MEANT = {
    "new jim crow": "alexander-",
    "the new gim crow": "alexander-",
    "Michelle Alexnder": "alexander-",
    "Michele Alexander mass incarceraton": "alexander-",
    "Mariame Kabba": "kaba-",
    "Mariamne Kaba abolish police": "kaba-",
    "vision for black lives": "m4bl-vision-",
    "vison for blck lives": "m4bl-vision-",
    "are prisons obsolite": "davis-are-prisons-obsolete-2003",
    "Anzaldua borderlands": "anzaldua-",
    "Anzaldau borderlnads": "anzaldua-",
    "Combahe River Colective": "combahee-river-collective-statement-1977",
    "Fredrick Douglas fourth of july": "douglass-",
    "Audre Lorde masters tools": "lorde-",
    "pedagogy of the opressed": "freire-",
    "pedagogia del oprimdo": "freire-",
    "rules for radcals": "alinsky-",
    "emergent stratergy": "brown-emergent-strategy-2017",
    "Kerner comission": "kerner-commission-1968",
    "golden gulaag": "gilmore-golden-gulag-2007",
    "Black Pather ten point program": "black-panther-ten-point-",
    "Vallejo participatry budgeting": "outcome-vallejo-",
    "Evanstan reparatoins": "outcome-evanston-",
    "$3.4 trillion mistake": "the-3-4-trillion-mistake-2016",
    "3,400,000,000,000 dollars": "the-3-4-trillion-mistake-2016",
}


@pytest.fixture(scope="module")
def searcher(whole_index: Path, encoder: TextEncoder) -> Searcher:
    """Return a searcher over the shipped corpus."""
    return Searcher(open_engine(whole_index).reader(), vector_spaces(encoder))


@pytest.mark.parametrize("text", MEANT)
def test_half_remembered_words_find_their_source_first(searcher: Searcher, text: str) -> None:
    """The first hit is in a document that was meant."""
    answer = searcher.search(Query(text=text, mode="lexical", k=1))

    assert answer.hits[0].document_id.startswith(MEANT[text])


@pytest.mark.parametrize("text", ["Padres y Jovenes Unidos", "Padres y Jovenes Unidso"])
def test_an_organization_is_found(searcher: Searcher, text: str) -> None:
    """The first hit is in a document of the organization or names it."""
    (hit,) = searcher.search(Query(text=text, mode="lexical", k=1)).hits

    said = f"{hit.source.organization} {hit.text}"
    assert "Padres & Jóvenes Unidos" in said or "Padres y Jóvenes Unidos" in said
