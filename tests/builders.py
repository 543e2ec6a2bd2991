"""Builders of small domain objects and small corpora, valid unless a test changes a field."""

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.build import CACHE, CITATIONS, BuildReport, build
from indexer.corpus.outcomes import case_source, with_own_outcomes
from indexer.corpus.read import FOLDERS, PLACES, TOPICS
from indexer.corpus.write import write
from kb.domain.base import Noun
from kb.domain.campaigns import Campaign, Decision, Event, Outcome
from kb.domain.documents import Document
from kb.domain.passages import Card, Entry, Unit
from kb.domain.places import Label, Place
from kb.domain.quantities import Quantity
from kb.domain.records import Demand, Finding, Idea, Record
from kb.domain.sources import FactSource, Rights, Source, SourceRef
from kb.domain.topics import AltLabels, Topic
from kb.encoders.base import TextEncoder
from kb.encoders.vector_spaces import MAIN, vector_spaces
from kb.index.contract import Contents, Identity, OpenReader
from kb.index.engine import open_engine
from kb.index.local.generations import LocalWriter
from kb.text.analysis import name_key

SEEN = "https://example.org/seen"
MOST_KNOWN = 1 << 20  # bytes; a larger cache of citations is not kept for later builds


def make_topic(id: str, en: str = "", es: str = "", **changes: Any) -> Topic:
    """Return a topic whose labels are made from its id."""
    name = id.replace("-", " ")
    label = Label(en=en or name.capitalize(), es=es or f"{name} (tema)".capitalize())
    return Topic(**({"id": id, "prefLabel": label} | changes))


def make_place(id: str, level: str = "city", **changes: Any) -> Place:
    """Return a place whose names are made from its id."""
    name = id.replace("-", " ").title()
    return Place(**({"id": id, "name": Label(en=name, es=name), "level": level} | changes))


DEFAULT_TOPICS = (
    make_topic("housing", es="Vivienda", related=("budgets",)),
    make_topic(
        "tenants",
        es="Inquilinato",
        broader=("housing",),
        altLabel=AltLabels(en=("rent control", "renters"), es=("control de alquileres",)),
    ),
    make_topic("budgets", es="Presupuestos", related=("housing",)),
    make_topic(
        "policing",
        es="Policía",
        altLabel=AltLabels(en=("defund the police",), es=("desfinanciar la policía",)),
    ),
)
DEFAULT_PLACES = (
    make_place("world", "international", name=Label(en="World", es="Mundo")),
    make_place("us", "national", iso3166="US", parent="world", aliases=("USA",)),
    make_place("us-ca", "state", iso3166="US-CA", parent="us", aliases=("California",)),
    make_place("us-ca-oakland", "city", iso3166="US-CA", parent="us-ca", aliases=("Oakland",)),
)


def make_quantity(value: float = 40, unit: str = "percent", **changes: Any) -> Quantity:
    """Return a quantity."""
    return Quantity(**({"value": value, "unit": unit} | changes))


def make_outcome(**changes: Any) -> Outcome:
    """Return the outcome of a demand that was won; `make_document` writes it as an event."""
    fields = {
        "status": "won",
        "date": "2021-06",
        "looked": "2022-01",
        "text": "The council adopted it.",
        "evidence": SEEN,
        "told_in": "document",
        "events": ("document#decided",),
    }
    return Outcome(**(fields | changes))


def make_source(id: str = "seen", **changes: Any) -> FactSource:
    """Return a web page that records cite as their source."""
    return FactSource(**({"id": id, "kind": "news", "URL": SEEN} | changes))


def make_event(slug: str = "vote", **changes: Any) -> Event:
    """Return an event of a campaign; `make_document` gives it the id of its document."""
    fields = {
        "id": f"document#{slug}",
        "date": "2021-06",
        "text": "The council voted.",
        "sources": (SourceRef(id="seen"),),
    }
    return Event(**(fields | changes))


def _deciding(demand: Demand, number: int) -> tuple[Event, FactSource]:
    """Return the event and the source that give a demand its outcome."""
    outcome = demand.outcome
    assert outcome is not None
    source = make_source(f"outcome-{number}", URL=outcome.evidence)
    event = make_event(
        f"{demand.slug}-decided",
        date=outcome.date,
        text=outcome.text,
        decides=(Decision(demand=demand.slug, status=outcome.status),),
        instrument=outcome.instrument,
        sources=(SourceRef(id=source.id),),
    )
    return event, source


def make_demand(slug: str = "freeze-rents", **changes: Any) -> Demand:
    """Return a demand; `make_document` gives it the id of its document."""
    fields = {
        "id": f"document#{slug}",
        "title": "Freeze rents",
        "text": "No rent may rise this year.",
        "action": "ban",
        "target": "city council",
        "level": "city",
        "topics": ("tenants",),
    }
    return Demand(**(fields | changes))


def make_finding(slug: str = "rent-share", **changes: Any) -> Finding:
    """Return a finding; `make_document` gives it the id of its document."""
    fields = {
        "id": f"document#{slug}",
        "text": "Renters pay over 40 percent of their income.",
        "topics": ("housing",),
    }
    return Finding(**(fields | changes))


def make_idea(slug: str = "homes-first", **changes: Any) -> Idea:
    """Return an idea; `make_document` gives it the id of its document."""
    fields = {"id": f"document#{slug}", "text": "A home comes first.", "topics": ("housing",)}
    return Idea(**(fields | changes))


def make_document(
    id: str = "tenants-platform-2020",
    records: Sequence[Record] | None = None,
    source: dict[str, Any] | None = None,
    **changes: Any,
) -> Document:
    """Return a platform with one demand; `source` overrides fields of the source.

    An outcome of a demand becomes an event of the document, with a source.
    """
    held = (make_demand(),) if records is None else records
    known = [one for one in held if isinstance(one, Demand) and one.outcome]
    told = [_deciding(one, number) for number, one in enumerate(known, start=1)]
    told.sort(key=lambda one: one[0].date or "")
    looked = max((one.outcome.looked or "" for one in known if one.outcome), default="")
    fields = {
        "id": id,
        "kind": "platform",
        "source": {
            "type": "webpage",
            "title": id.replace("-", " ").capitalize(),
            "organization": ("Tenants Together",),
            "issued": "2020-05",
            "URL": SEEN,
            "rights": {"terms": "All rights reserved by the holder"},
        }
        | (source or {}),
        "place": "us-ca-oakland",
        "topics": ("housing",),
        "summary": "What tenants of one city ask for.",
        "sources": (make_source(), *(source for _, source in told)),
        "looked": looked or None,
        "events": tuple(event.model_copy(update={"id": f"{id}#{event.slug}"}) for event, _ in told),
        "records": tuple(
            record.model_copy(update={"id": f"{id}#{record.slug}"}) for record in held
        ),
    }
    made = Document(**(fields | changes))
    return with_own_outcomes(_as_case(made) if made.kind == "outcome" else made)


def _as_case(document: Document) -> Document:
    """Return the document as the case file of a campaign, with a source for each record.

    The source of a case file describes the file itself.
    """
    campaign = document.campaign or Campaign(
        asked_by=("Tenants Together",), asked_of=("City Council",), documents=("seen",)
    )
    records = [
        record.model_copy(update={"sources": record.sources or (SourceRef(id="seen"),)})
        for record in document.records
    ]
    title = document.title or document.source.title
    case = document.model_copy(
        update={"title": title, "campaign": campaign, "records": tuple(records)}
    )
    front = case.model_dump(mode="json", exclude={"events", "records"})
    source = Source.model_validate(case_source(front, case.events))
    return case.model_copy(update={"source": source})


def make_case(id: str = "outcome-rents-2021", **changes: Any) -> Document:
    """Return a case file whose demand was won, with its campaign."""
    fields = {"kind": "outcome", "title": "Rents frozen in Oakland"} | changes
    return make_document(id, [make_demand(outcome=make_outcome())], **fields)


def make_corpus(
    root: Path,
    documents: Iterable[Document] | None = None,
    topics: Sequence[Topic] = DEFAULT_TOPICS,
    places: Sequence[Place] = DEFAULT_PLACES,
) -> Path:
    """Write a whole corpus folder under `root` and return it."""
    folder = root / "corpus"
    for name in FOLDERS.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
    for document in [make_document()] if documents is None else documents:
        write_document(folder, document)
    _table(folder / TOPICS, "topics", topics)
    _table(folder / PLACES, "places", places)
    return folder


def write_document(corpus: Path, document: Document) -> Path:
    """Write the file of a document into the corpus and return its path."""
    path = corpus / FOLDERS[document.kind] / f"{document.id}.md"
    path.write_text(write(document), "utf-8")
    return path


def silent(step: str, done: int, total: int) -> None:
    """Ignore the progress of a build or an import."""


def make_index(
    root: Path,
    corpus: Path,
    encoder: TextEncoder,
    wait: bool = True,
    multilingual: TextEncoder | None = None,
) -> BuildReport:
    """Build the corpus into the index folder `root` without reporting progress."""
    spaces = vector_spaces(encoder, multilingual)
    with known_citations(root):
        return build(root, corpus, spaces, silent, wait)


@contextmanager
def known_citations(root: Path) -> Iterator[None]:
    """Give a build in a new index folder the citations that this process has formatted before.

    Nearly all tests cite the same few documents; without the cache each build would start pandoc
    once for each style.
    """
    own, known = root / CACHE.with_name(CITATIONS), _citations()
    is_new = not own.parent.exists()
    if is_new and known.is_file():
        own.parent.mkdir(parents=True)
        shutil.copyfile(known, own)
    yield
    if is_new and own.is_file() and own.stat().st_size < MOST_KNOWN:
        aside = known.with_name(f"{threading.get_ident()}.sqlite")
        shutil.copyfile(own, aside)
        aside.replace(known)


@cache
def _citations() -> Path:
    folder = tempfile.mkdtemp(prefix="citations-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / CITATIONS


def _table(path: Path, key: str, nouns: Sequence[Noun]) -> None:
    rows = [noun.model_dump(mode="json", exclude_none=True) for noun in nouns]
    path.write_text(yaml.safe_dump({key: rows}, sort_keys=False, allow_unicode=True), "utf-8")


def respecting_permissions() -> tuple[str, ...]:
    """Return the words before a command that make it respect permissions even for root.

    Skip the test for root without the program setpriv.
    """
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv to respect permissions")
    return ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-all")


def make_unit(
    key: int, text: str, facets: Sequence[str] = (), language: str = "en", title: str = ""
) -> Unit:
    """Return a passage without context: only its title and text are searched."""
    name = f"passage-{key}"
    entry = Entry(
        id=name,
        document_id=name,
        kind="text",
        title=title,
        text=text,
        language=language,
        document=Card(id=name, kind="writing", title=""),
        source=Source(type="document", title=name, rights=Rights(terms="Free")),
        citation=name,
    )
    return Unit(entry, tuple(facets), (name_key(name),))


def make_generation(root: Path, units: Sequence[Unit], encoder: TextEncoder) -> OpenReader:
    """Return an open generation that holds these passages alone."""
    vectors = {MAIN: encoder.encode([unit.embedded for unit in units])}
    writer = LocalWriter(root)
    writer.stage(Identity(str(len(units)), {MAIN: encoder.identity}), Contents((), units, vectors))
    return open_engine(root).reader(writer.commit().generation)
