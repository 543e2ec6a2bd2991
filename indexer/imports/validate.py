"""Laws of a record on a shelf: those of the corpus that a new import can keep."""

from indexer.corpus.front_matter import Lines
from indexer.corpus.problems import File
from kb.domain.documents import Document
from kb.domain.places import Gazetteer
from kb.domain.topics import Thesaurus
from kb.errors import CorpusError, Problem


def keep_laws(path: str, document: Document, thesaurus: Thesaurus, gazetteer: Gazetteer) -> None:
    """CorpusError with every broken law."""
    problems = problems_of(path, document, thesaurus, gazetteer)
    if problems:
        raise CorpusError(problems)


def problems_of(
    path: str, document: Document, thesaurus: Thesaurus, gazetteer: Gazetteer
) -> list[Problem]:
    """Every broken law: unknown topics and places, and dates that are none."""
    file = File(path, Lines(1))
    file.date(("source", "issued"), document.source.issued)
    file.date(("source", "accessed"), document.source.accessed)
    topics = {*document.topics, *(one for record in document.records for one in record.topics)}
    for topic in sorted(topics - thesaurus.by_id.keys()):
        file.add(("topics",), f"topic '{topic}' is not known", "one that `kb topics` lists")
    if document.place and document.place not in gazetteer.by_id:
        file.add(("place",), f"place '{document.place}' is not known", "one of `kb places`")
    return file.problems
