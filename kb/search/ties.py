"""Relations between documents, in both directions, and documents of the same campaign."""

from collections.abc import Iterable, Mapping

from kb.domain.documents import Document
from kb.domain.passages import Card, Entry
from kb.domain.results import Tie
from kb.index.contract import Reader

CAMPAIGN_RELATIONS = frozenset({"same-campaign", "implements", "adopts"})


def ties(document: Document, reader: Reader) -> tuple[Tie, ...]:
    """Return the relations of a document to others, then the relations of others to it."""
    named_by = reader.related_to(document.id)
    cards = _cards([*(tie.to for tie in document.related), *(one for _, one in named_by)], reader)
    names = [
        Tie(
            relation=tie.relation,
            direction="to",
            title=cards[tie.to].title if tie.to in cards else tie.to,
            document=cards.get(tie.to),
        )
        for tie in document.related
    ]
    back = [
        Tie.model_validate(
            {
                "relation": relation,
                "direction": "from",
                "title": cards[one].title,
                "document": cards[one],
            }
        )
        for relation, one in named_by
    ]
    return (*names, *back)


def _cards(ids: list[str], reader: Reader) -> dict[str, Card]:
    keys = reader.keys(dict.fromkeys(ids))
    entries = reader.fetch(list(keys.values()))
    return {entry.document_id: entry.document for entry in entries}


def campaigns(reader: Reader, entries: Iterable[Entry]) -> Mapping[str, list[Card]]:
    """Map each entry's document id to the documents of other entries in the same campaign."""
    cards = {entry.document_id: entry.document for entry in entries}
    found: dict[str, dict[str, Card]] = {id: {} for id in cards}
    for one, card in cards.items():
        for relation, other in reader.related_to(one):
            if relation in CAMPAIGN_RELATIONS and other in cards and other != one:
                found[one][other] = cards[other]
                found[other][one] = card
    return {id: list(others.values()) for id, others in found.items()}
