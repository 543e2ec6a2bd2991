"""Which of the sources that are shown together are of one campaign: what it won counts once."""

from collections.abc import Iterable, Mapping

from kb.domain.passages import Card, Entry
from kb.index.contract import Reader

TIES = frozenset({"same-campaign", "implements", "adopts"})


def campaigns(reader: Reader, entries: Iterable[Entry]) -> Mapping[str, list[Card]]:
    """For each document that is shown, the others of its campaign that are shown too."""
    cards = {entry.document_id: entry.document for entry in entries}
    found: dict[str, dict[str, Card]] = {id: {} for id in cards}
    for one, card in cards.items():
        for relation, other in reader.related_to(one):
            if relation in TIES and other in cards and other != one:
                found[one][other] = cards[other]
                found[other][one] = card
    return {id: list(others.values()) for id, others in found.items()}
