"""Look up imported documents, and the stored texts of all their versions."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kb.domain.passages import CORPUS, Entry
from kb.errors import DamagedDocumentError
from kb.index.contract import Reader
from kb.shelves.layout import TEXT, version_folders
from kb.text.query import QueryTree, terms_of

MAX_DOCUMENTS = 8  # whose whole texts are searched for a quotation
MAX_PASSAGES = 40  # that the index returns for its words
MAX_QUERY_WORDS = 40
KEPT_TEXTS = 64


class Original(NamedTuple):
    """An imported document: its summary, and its passages in the order of the text."""

    entry: Entry
    passages: Sequence[Entry]

    def passage_at(self, start: int) -> Entry | None:
        """Return the last passage that begins at or before a position in the text, or None."""
        at = bisect_right(self.passages, start, key=_start) - 1
        return self.passages[at] if at >= 0 else None


def _start(entry: Entry) -> int:
    return entry.locator.start or 0 if entry.locator else 0


class Text(NamedTuple):
    """The text of one version of a document."""

    version: int
    is_latest: bool
    text: str


class Originals:
    """Imported documents, looked up by the words of a quotation."""

    def __init__(self, reader: Reader, shelves: Path | None) -> None:
        self.reader, self._shelves = reader, shelves
        counts = reader.counts(reader.select(QueryTree(), (("kind=summary",),))).get("shelf", {})
        self._shelf_clause = tuple(f"shelf={name}" for name in counts if name != CORPUS)
        self.document = lru_cache(KEPT_TEXTS)(self._document)
        self.texts = lru_cache(KEPT_TEXTS)(self._texts)

    @property
    def is_empty(self) -> bool:
        """Return whether there are no imported documents, or no folder with their texts."""
        return not self._shelf_clause or self._shelves is None

    def passages(self, quotation: str) -> list[Entry]:
        """Return the imported passages that best match the words of a quotation, best first."""
        return self._found(quotation, (self._shelf_clause, ("kind=text",)))

    def own_words(self, quotation: str) -> list[Entry]:
        """Return the corpus records that best match the words of a quotation, best first."""
        return self._found(quotation, ((f"shelf={CORPUS}",),))

    def _found(self, quotation: str, clauses: tuple[tuple[str, ...], ...]) -> list[Entry]:
        tree = QueryTree(terms=terms_of(quotation)[:MAX_QUERY_WORDS])
        found = self.reader.lexical(tree, clauses, MAX_PASSAGES)
        return self.reader.fetch([one.key for one in found])

    def candidates(self, passages: Sequence[Entry]) -> list[Original]:
        """Return the documents that the passages belong to, in the order of the passages."""
        ids = list(dict.fromkeys(one.document_id for one in passages))[:MAX_DOCUMENTS]
        return [self.document(id) for id in ids]

    def all_documents(self) -> list[Entry]:
        """Return the summaries of all imported documents."""
        if self.is_empty:
            return []
        keys = self.reader.select(QueryTree(), (self._shelf_clause, ("kind=summary",)))
        return self.reader.fetch(keys.tolist())

    def _document(self, document_id: str) -> Original:
        reader = self.reader
        clauses = ((f"document={document_id}",), ("kind=text",))
        keys = reader.select(QueryTree(), clauses).tolist()
        passages = sorted(reader.fetch(keys), key=_start)
        return Original(reader.fetch([reader.keys([document_id])[document_id]])[0], passages)

    def latest(self, passage: Entry) -> Text | None:
        """Return the latest text of the document that has a passage, or None if unreadable."""
        found = self.texts(passage.document_id, passage.document.shelf or "")
        return found[0] if found and found[0].is_latest else None

    def _texts(self, document_id: str, shelf: str) -> tuple[Text, ...]:
        """Return the texts of all readable versions, latest first."""
        return tuple(self._read(document_id, shelf))

    def _read(self, document_id: str, shelf: str) -> Iterator[Text]:
        assert self._shelves  # noqa: S101 - see is_empty
        try:
            folders = version_folders(self._shelves / shelf / document_id)
        except DamagedDocumentError:
            return
        for folder in reversed(folders):
            try:
                text = (folder / TEXT).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            yield Text(int(folder.name), folder == folders[-1], text)
