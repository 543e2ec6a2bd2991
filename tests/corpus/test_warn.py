"""Warnings: what a corpus may contain although it is weak, stale or not read twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus.read import read
from indexer.corpus.warn import warnings
from kb.domain.documents import Check, Document
from kb.domain.phrases import Phrases
from kb.domain.places import Label
from kb.domain.translations import Translation
from tests.builders import make_corpus, make_demand, make_document, make_outcome, make_source

LONG = "The city council should pass an ordinance that stops every rise of rent for one year."
PHRASES = Phrases.model_validate({"en": ["stop the landlord"], "es": ["frenar al casero"]})
IN_SPANISH = {"es": Translation(title="Congelar los alquileres", text="Por un año.")}
SOUND: dict[str, Any] = {
    "titles": {"es": "Una plataforma para inquilinos"},
    "phrases": PHRASES,
    "abstract": Label(en="Tenants ask.", es="Inquilinos piden."),
    "checked": (
        Check(by="writer", date="2026-11-29"),
        Check(by="second-reader", date="2026-11-30"),
    ),
    "looked": "2026-11-30",
    "sources": (make_source(title="Minutes"), make_source("outcome-1", title="A vote")),
}


def kinds(tmp_path: Path, document: Document) -> list[str]:
    """Return the kinds of the warnings about a corpus of one document."""
    corpus = make_corpus(tmp_path, [document])
    return [one.kind for one in warnings(read(corpus), date(2026, 11, 30))]


def make(
    outcome: str | None = None,
    text: str = LONG,
    translations: dict[str, Translation] = IN_SPANISH,
    **changes: Any,
) -> Document:
    """Return a document that has no warning before the changes."""
    told = make_outcome(status=outcome) if outcome else None
    demand = make_demand(text=text, outcome=told, phrases=PHRASES, translations=translations)
    return make_document(records=[demand], **(SOUND | changes))


def test_a_complete_document_has_no_warning(tmp_path: Path) -> None:
    """A document that was read twice and whose outcome was looked for has no warning."""
    assert kinds(tmp_path, make("pending")) == []


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("stale", make("pending", looked="2025-10")),
        ("stale", make("partly-won", looked="2025-10-29")),
        ("not looked for", make(looked=None)),
        ("not read twice", make(checked=(Check(by="writer", date="2026-11-29"),))),
        ("not read twice", make(checked=(Check(by="writer", date="2026-11-29"),) * 2)),
        ("no abstract", make(abstract=Label(en="Tenants ask."))),
        ("no translation", make(titles={})),
        ("no translation", make("won", translations={})),
        ("no phrases", make(phrases=Phrases(en=("stop the landlord",)))),
        ("source without title", make(sources=(make_source(),))),
        ("weak source", make(sources=(
            make_source(title="Rent", URL="https://en.wikipedia.org/wiki/Rent"),
        ))),
        ("text repeats title", make(text="Freeze the rents now.")),
        ("does not stand alone", make(text=f"They ask for this: {LONG}")),
    ],
)  # fmt: skip
def test_each_weakness_is_one_warning(tmp_path: Path, kind: str, document: Document) -> None:
    """Each kind of weakness gives its own warning and no other."""
    assert kinds(tmp_path, document) == [kind]


def test_a_settled_outcome_is_never_stale(tmp_path: Path) -> None:
    """A demand that was won needs no new look, however old the last one is."""
    assert kinds(tmp_path, make("won", looked="2020-01")) == []


def test_a_heading_is_not_expected_to_say_more(tmp_path: Path) -> None:
    """A demand of which only the heading is known has no warning about its text."""
    demand = make_demand(text="Freeze rents.", detail="heading-only", phrases=PHRASES)

    assert kinds(tmp_path, make_document(records=[demand], **SOUND)) == []


def test_a_weak_source_with_a_reason_is_accepted(tmp_path: Path) -> None:
    """A weak source has no warning if the file says what it is."""
    page = make_source(title="Rent", URL="https://a.blogspot.com/rent", weak="a blog")

    assert kinds(tmp_path, make(sources=(page,))) == []
