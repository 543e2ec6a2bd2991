"""Filtered lists of passages and documents without a text query, newest document first."""

from collections.abc import Sequence

from kb.api.answers import DocumentPage, FoundDocument, PassagePage
from kb.api.requests import ListRequest
from kb.domain.passages import Entry
from kb.domain.queries import Clauses
from kb.domain.rankings import Keys
from kb.http.cursors import Paging
from kb.search.searcher import Searcher
from kb.text.query import QueryTree

RECORDS: Clauses = (("kind=demand", "kind=finding", "kind=idea"),)


def passages(searcher: Searcher, asked: ListRequest, door: str, only: Clauses = ()) -> PassagePage:
    """Return one page of the passages that match the filters and the clauses in `only`.

    `door` names the list; a cursor is valid only for the list that issued it.
    """
    reader = searcher.reader
    keys = _matching(searcher, asked, only)
    generation = reader.manifest.generation
    paging = Paging(generation, door, asked.filters)
    offset = paging.offset(asked.cursor)
    page = [int(key) for key in keys[offset : offset + asked.k]]
    return PassagePage.model_construct(
        items=tuple(reader.fetch(page)),
        total=len(keys),
        next=paging.next(offset + asked.k, len(keys)),
        generation=generation,
    )


def documents(searcher: Searcher, asked: ListRequest) -> DocumentPage:
    """Return one page of the documents that have a passage matching every filter."""
    reader = searcher.reader
    found = reader.counts(_matching(searcher, asked, ())).get("document", {})
    summaries = sorted(reader.keys(found).values())
    generation = reader.manifest.generation
    paging = Paging(generation, "documents", asked.filters)
    offset = paging.offset(asked.cursor)
    entries = reader.fetch(summaries[offset : offset + asked.k])
    return DocumentPage.model_construct(
        items=tuple(_found(entry, found[entry.document_id]) for entry in entries),
        total=len(summaries),
        next=paging.next(offset + asked.k, len(summaries)),
        generation=generation,
    )


def _matching(searcher: Searcher, asked: ListRequest, only: Clauses) -> Keys:
    filters = searcher.names.resolve(asked.filters)
    return searcher.reader.select(QueryTree(), (*filters.clauses(), *only))


def _found(entry: Entry, found: int) -> FoundDocument:
    # `model_construct`: the fields were validated when the entry was fetched.
    return FoundDocument.model_construct(**dict(entry), found=found)


def counted(searcher: Searcher, field: str, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the numbers of records and documents with each given value of a facet field."""
    reader = searcher.reader
    records = reader.counts(reader.select(QueryTree(), RECORDS)).get(field, {})
    return {one: (records.get(one, 0), _documents(searcher, field, one)) for one in ids}


def _documents(searcher: Searcher, field: str, value: str) -> int:
    keys = searcher.reader.select(QueryTree(), ((f"{field}={value}",),))
    return len(searcher.reader.counts(keys).get("document", {}))
