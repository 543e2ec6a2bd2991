"""What a document is tied to, in both directions."""

from kb.api.answers import Tie
from kb.domain.documents import Document
from kb.domain.passages import Card
from kb.index.contract import Reader


def ties(document: Document, reader: Reader) -> tuple[Tie, ...]:
    """The sources that it names, then the documents that name it."""
    named_by = reader.related_to(document.id)
    cards = _cards([*(tie.to for tie in document.related), *(one for _, one in named_by)], reader)
    there = [
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
    return (*there, *back)


def _cards(ids: list[str], reader: Reader) -> dict[str, Card]:
    keys = reader.keys(dict.fromkeys(ids))
    entries = reader.fetch(list(keys.values()))
    return {entry.document_id: entry.document for entry in entries}
