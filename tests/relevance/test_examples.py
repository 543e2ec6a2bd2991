"""Each example search on the home page finds an expected document first."""

from pathlib import Path

import pytest

from kb.domain.queries import Query
from kb.encoders.base import TextEncoder
from kb.encoders.open import make_multilingual
from kb.encoders.vector_spaces import vector_spaces
from kb.evaluation.experiments import Options, open_searcher
from kb.search.searcher import Searcher
from kb.settings import AUTO
from kb.web.pages.home import EXAMPLES

# The documents that answer an example; the first result is one of them or a record of one.
ANSWERS = {
    "police out of schools": {"police-free-schools-2017", "counselors-not-cops-2016"},
    "lawyer for tenants facing eviction": {"outcome-boulder-eviction-representation-2020"},
    "free buses": {"outcome-kansas-city-zero-fare-2026", "rva-rapid-transit-free-to-move-2025"},
    "what cities spend on police": {"freedom-to-thrive-2017", "vera-what-policing-costs-2020"},
    "people in jail because they can't pay bail": {"ppi-detaining-the-poor-2016"},
    "readings on prison abolition for beginners": {"davis-are-prisons-obsolete-2003"},
    "what to read first on invest/divest": {"invest-divest-webinar-2016"},
    "sacar a la policía de las escuelas": {"counselors-not-cops-2016"},
    "cerrar la cárcel de menores": {"outcome-connecticut-juvenile-training-school-2018"},
    "presupuesto participativo": {"frances-guia-presupuesto-participativo-2015"},
    "cuánto gastan las ciudades en policía": {
        "freedom-to-thrive-2017",
        "vera-what-policing-costs-2020",
    },
    "cuánto deben las familias por multas": {"who-pays-2015"},
    "lecturas sobre educación popular": {"cano-metodologia-taller-educacion-popular-2010"},
    "qué leer sobre abolición de cárceles": {
        "cuba-liberacion-negra-abolicionismo-feminista-2021",
        "kaba-we-do-this-til-we-free-us-2021",
    },
}


@pytest.fixture(scope="module")
def searcher(whole_index: Path, encoder: TextEncoder) -> Searcher:
    """Return a searcher over the shipped corpus."""
    spaces = vector_spaces(encoder, make_multilingual(AUTO, whole_index))
    return open_searcher(Options(Path(__file__).parent), whole_index, spaces, lambda *_: None)


@pytest.mark.parametrize(
    "example", [one for users in EXAMPLES.values() for some in users.values() for one in some]
)
def test_an_example_finds_what_it_promises(searcher: Searcher, example: str) -> None:
    """An expected document is first, and no notice says that the results may be weak."""
    found = searcher.search(Query(text=example, group="document"))

    assert found.hits[0].document_id in ANSWERS[example]
    assert not {one.code for one in found.notices} & {"weak", "empty"}
