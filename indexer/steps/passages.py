"""Make the passages of a document: its summary, its records and pieces of imported text."""

from collections.abc import Iterator

from indexer.corpus.dates import decade, years
from kb.citations.item import Cited, works
from kb.citations.line import citation_line
from kb.domain.documents import Document
from kb.domain.passages import CORPUS, Card, Entry, PlaceCard, Unit
from kb.domain.phrases import Phrases
from kb.domain.places import Gazetteer, Place, size_of
from kb.domain.records import Demand, Finding, Locator, Record
from kb.domain.topics import Thesaurus
from kb.domain.translations import Translation
from kb.places.table import people
from kb.text.analysis import name_key

SHORT_TITLE_WORDS = 3  # at least, before a colon; fewer words do not identify a document


def chunk(document: Document, thesaurus: Thesaurus, gazetteer: Gazetteer) -> Iterator[Unit]:
    """Yield the passages of a document, the summary first, without changing their text."""
    builder = PassageBuilder(document, thesaurus, gazetteer)
    yield builder.summary()
    for record in document.records:
        yield builder.record(record)


class PassageBuilder:
    """Maker of the passages of one document, including those of imported text."""

    def __init__(
        self,
        document: Document,
        thesaurus: Thesaurus,
        gazetteer: Gazetteer,
        shelf: str | None = None,
    ) -> None:
        self.document, self.thesaurus, self.shelf = document, thesaurus, shelf
        self.gazetteer = gazetteer
        self.places = gazetteer.path(document.place) if document.place else ()
        self.span = years(document.source.issued) if document.source.issued else None
        self.card = Card(
            id=document.id,
            kind=document.kind,
            title=document.heading,
            titles=document.titles,
            place=self._place(),
            audience=document.audience,
            record_count=len(document.records),
            shelf=shelf,
        )

    def _place(self) -> PlaceCard | None:
        if not self.places:
            return None
        place, *around = self.places
        within = tuple(one.name.en for one in around if one.level != "international")
        return PlaceCard(id=place.id, name=place.name, level=place.level, within=within)

    def summary(self) -> Unit:
        """Return the passage for the summary, which represents the whole document."""
        document, title = self.document, self.document.heading
        entry = Entry(
            id=document.id,
            document_id=document.id,
            kind="summary",
            title=title,
            text=document.summary,
            language=document.language,
            topics=document.topics,
            document=self.card,
            source=document.source,
            translations=self._translations(),
            citation="",
        )
        names = [document.id, title, *document.source.organization]
        names += [document.source.title] if document.title else []
        short, colon, _ = title.partition(":")
        if colon and len(short.split()) >= SHORT_TITLE_WORDS:
            names.append(short)
        level = self.places[0].level if self.places else None
        facets = self._facets("summary", document.topics, level)
        searched = _with_translations(document.phrases, entry.translations)
        return Unit(_cited(entry), facets, tuple(map(name_key, names)), searched)

    def _translations(self) -> dict[str, Translation]:
        """Return the title and abstract of the document in other languages."""
        abstracts = self.document.abstract.by_language if self.document.abstract else {}
        return {
            language: Translation(title=title, text=abstracts.get(language, ""))
            for language, title in self.document.titles.items()
        }

    def record(self, record: Record) -> Unit:
        """Return the passage for one record."""
        document, locator = self.document, record.locator
        entry = Entry(
            id=record.id,
            document_id=document.id,
            kind=record.kind,
            title=record.title if isinstance(record, Demand) else document.heading,
            headings=locator.section if locator else (),
            text=record.text,
            language=document.language,
            topics=record.topics,
            locator=locator,
            record=_without_search_words(record),
            document=self.card,
            source=document.source,
            evidence=document.evidence(record.sources),
            translations=record.translations if isinstance(record, Demand) else {},
            citation="",
        )
        places = self.places
        if isinstance(record, Demand) and record.place:
            places = self.gazetteer.path(record.place)
        shared = self._facets(record.kind, record.topics, self._level(record), places)
        facets = (*shared, *_own(record), *self._ended(record))
        searched = _with_translations(record.phrases, entry.translations)
        return Unit(_cited(entry), facets, (name_key(record.id),), searched)

    def text(self, slug: str, words: str, locator: Locator) -> Unit:
        """Return the passage for a piece of the document's own text."""
        entry = self._piece(slug, words, locator)
        level = self.places[0].level if self.places else None
        names = (name_key(entry.id), *([name_key(locator.row)] if locator.row else []))
        return Unit(entry, self._facets("text", self.document.topics, level), names)

    def suggestion(self, demand: Demand, locator: Locator) -> Unit:
        """Return the passage for a suggested demand that nobody has reviewed yet."""
        entry = self._piece(demand.slug, demand.text, locator).model_copy(
            update={"kind": "suggestion", "record": demand, "topics": demand.topics}
        )
        shared = self._facets("suggestion", demand.topics, self._level(demand))
        return Unit(entry, (*shared, *_own(demand)), (name_key(entry.id),))

    def _piece(self, slug: str, words: str, locator: Locator) -> Entry:
        document = self.document
        return Entry(
            id=f"{document.id}#{slug}",
            document_id=document.id,
            kind="text",
            title=document.source.title,
            headings=locator.section,
            text=words,
            language=document.source.language,
            topics=document.topics,
            locator=locator,
            document=self.card,
            source=document.source,
            citation=citation_line([Cited(document.source, locator)]),
        )

    def _level(self, record: Record) -> str | None:
        """Return the level of government that must act; by default, the level of the place."""
        if isinstance(record, Demand) and record.level:
            return record.level
        return self.places[0].level if self.places else None

    def _facets(
        self,
        kind: str,
        topics: tuple[str, ...],
        level: str | None,
        places: tuple[Place, ...] | None = None,
    ) -> tuple[str, ...]:
        document = self.document
        places = self.places if places is None else places
        wide = {above for topic in topics for above in self.thesaurus.ancestors(topic)}
        found = [f"kind={kind}", f"document_kind={document.kind}", f"document={document.id}"]
        found += [f"shelf={self.shelf or CORPUS}"]
        found += [f"topic={topic}" for topic in sorted(wide)]
        found += [f"place={place.id}" for place in places]
        found += _size(places)
        found += [f"organization={name}" for name in document.source.organization]
        found += [f"genre={genre}" for genre in document.genre]
        found += [f"language={document.language}", f"audience={document.audience}"]
        found += [f"level={level}"] if level else []
        if self.span is None:
            return (*found, "dated=no")
        first, last = self.span
        found.append(f"decade={decade(first)}")
        return (*found, *(f"year={year}" for year in range(first, last + 1)))

    def _ended(self, record: Record) -> Iterator[str]:
        """Yield the facet `ended` of a demand with an outcome: the decade of the outcome.

        If the outcome has no date, the decade is that of the source.
        """
        outcome = record.outcome if isinstance(record, Demand) else None
        span = years(outcome.date) if outcome and outcome.date else self.span
        if outcome and span:
            yield f"ended={decade(span[0])}"


def _size(places: tuple[Place, ...]) -> Iterator[str]:
    """Yield the facet `size` if the first place is a city whose population is known."""
    for place in places[:1]:
        size = size_of(people(place.id)) if place.level == "city" else None
        if size:
            yield f"size={size}"


def _without_search_words(record: Record) -> Record:
    """Return the record without its phrases and translations, which are stored beside it."""
    changes: dict[str, object] = {"phrases": Phrases()}
    if isinstance(record, Demand):
        changes["translations"] = {}
    return record.model_copy(update=changes)


def _with_translations(phrases: Phrases, translations: dict[str, Translation]) -> Phrases:
    """Return the phrases plus translated titles and texts, so that these are searched too."""
    found = phrases.by_language
    for language, one in translations.items():
        added = tuple(text for text in (one.title, one.text) if text)
        found[language] = (*found.get(language, ()), *added)
    return Phrases.model_validate(found)


def _cited(entry: Entry) -> Entry:
    """Return the entry with its one-line citation."""
    return entry.model_copy(update={"citation": citation_line(works(entry))})


def _own(record: Record) -> Iterator[str]:
    quantity = None
    if isinstance(record, Demand):
        quantity = record.amount
        yield f"action={record.action}"
        if record.detail:
            yield f"detail={record.detail}"
        if record.outcome:
            yield f"outcome={record.outcome.status}"
            if record.outcome.instrument:
                yield f"instrument={record.outcome.instrument.kind}"
    elif isinstance(record, Finding):
        quantity = record.figure
    yield f"has_amount={'yes' if quantity else 'no'}"
    if record.locator is None:
        yield "locator=no"
