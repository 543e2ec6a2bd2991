"""My documents: the reader's own files, which can be added, reviewed and removed."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, File, Form, UploadFile
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kb.domain.passages import CORPUS, Entry
from kb.domain.queries import Filters
from kb.index.contract import Reader
from kb.search.searcher import Searcher
from kb.shelves.commands import ShelfCommands, file_name
from kb.shelves.layout import DEFAULT_SHELF
from kb.text.query import QueryTree
from kb.web.error_pages import AbsentError
from kb.web.route import PageRoute, searcher_of
from kb.web.view.imported import beside, keys_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_FILES = 20
MAX_UPLOAD_BYTES = 100 * 1024 * 1024  # of all files together
MAX_SHOWN = 50  # suggestions on one page
ACCEPT, REJECT = "accept", "reject"
NOT_STORED = {"cache-control": "no-store"}


class Owned(NamedTuple):
    """An imported document, with the numbers of its passages and open suggestions."""

    entry: Entry
    passages: int
    suggestions: int
    within: Filters  # selects the document


def commands_of(request: Request) -> ShelfCommands | None:
    """Return the runner of shelf commands, or None if pages may not change the shelves."""
    found: ShelfCommands | None = request.app.state.commands
    return found


def _checked(request: Request) -> ShelfCommands:
    found = commands_of(request)
    if found is None:
        raise AbsentError("documents")
    return found


@router.get("/documents")
def documents(request: Request) -> Response:
    """List the imported documents and the last command, with a form to add files."""
    return _list(request)


def _list(request: Request, *, is_refused: bool = False) -> Response:
    """Return the list; `is_refused` says that a change was not made because another one runs."""
    page, commands = Page(request), commands_of(request)
    reader = searcher_of(request).reader
    answer = page.response(
        "documents.html",
        409 if is_refused else 200,
        is_refused=is_refused,
        owned=owned(reader),
        job=commands.job if commands else None,
        shelf=DEFAULT_SHELF,
        most=MAX_UPLOAD_BYTES // 1024**2,
    )
    answer.headers.update(NOT_STORED)  # it changes while a command runs
    return answer


def owned(reader: Reader) -> list[Owned]:
    """Return the imported documents, sorted by shelf and title."""
    shelves = reader.counts(reader.select(QueryTree(), (("kind=summary",),))).get("shelf", {})
    clauses = (tuple(f"shelf={name}" for name in shelves if name != CORPUS), ("kind=summary",))
    if not clauses[0]:
        return []
    entries = reader.fetch(reader.select(QueryTree(), clauses).tolist())
    found = [
        Owned(
            entry,
            len(keys_of(reader, entry.document_id, "text")),
            len(keys_of(reader, entry.document_id, "suggestion")),
            Filters(document=(entry.document_id,)),
        )
        for entry in entries
    ]
    return sorted(found, key=lambda one: (one.entry.document.shelf or "", one.entry.title))


@router.post("/documents")
def add(
    request: Request,
    files: Annotated[list[UploadFile], File(max_length=MAX_FILES)],
    shelf: Annotated[str, Form(max_length=80)] = DEFAULT_SHELF,
) -> Response:
    """Start importing the uploaded files, and redirect to the list, which shows the progress."""
    commands = _checked(request)
    named: dict[str, UploadFile] = {}
    for one in files:
        if one.filename:  # a form without a chosen file sends one without a name
            named[_free(file_name(one.filename), named)] = one
    files_by_name = {name: one.file for name, one in named.items()}
    return _answer(request, not named or commands.add(files_by_name, shelf.strip()))


def _free(name: str, taken: dict[str, UploadFile]) -> str:
    """Return the name, with a number in front if another upload has the same name."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{number} {name}"
    return free


@router.get("/documents/progress")
def progress(request: Request) -> Response:
    """Return the state of the last command as JSON, for the script of the page."""
    job = _checked(request).job
    found: dict[str, object] = {"running": False}
    if job:
        found = {"running": job.state == "running", "percent": job.percent, "step": job.step}
    return JSONResponse(found, headers=NOT_STORED)


@router.get("/documents/{document_id}/review")
def review(request: Request, document_id: str) -> Response:
    """Show the open suggestions of a document with the text around them."""
    _checked(request)
    page, searcher = Page(request), searcher_of(request)
    entry = _imported(searcher, document_id)
    keys = keys_of(searcher.reader, document_id, "suggestion")
    suggestions = searcher.reader.fetch(keys[:MAX_SHOWN])
    return page.response(
        "review.html",
        entry=entry,
        suggestions=[(one, _around(searcher.reader, one)) for one in suggestions],
        total=len(keys),
        label=page.label_of(searcher.names),
    )


def _around(reader: Reader, suggestion: Entry) -> Sequence[str]:
    """Return the text before a suggestion, its own text, and the text after it."""
    within = beside(reader, suggestion).within
    before, found, after = (within.text if within else "").partition(suggestion.text)
    return (before, suggestion.text, after) if found else ("", suggestion.text, "")


@router.post("/documents/{document_id}/review")
async def decide(request: Request, document_id: str) -> Response:
    """Start accepting and rejecting suggestions; those that the form leaves undecided stay open."""
    commands, searcher = _checked(request), searcher_of(request)
    entry = _imported(searcher, document_id)
    form: FormData = await request.form()
    keys = keys_of(searcher.reader, document_id, "suggestion")
    ids = set(searcher.reader.ids(keys))  # so that nothing else reaches the command
    decided = {id: str(form.get(id, "")) for id in ids}
    accepted = sorted(id for id, word in decided.items() if word == ACCEPT)
    rejected = sorted(id for id, word in decided.items() if word == REJECT)
    nothing = not accepted and not rejected
    return _answer(request, nothing or commands.review(entry.title, accepted, rejected))


@router.post("/documents/{document_id}/remove")
def remove(request: Request, document_id: str) -> Response:
    """Start removing a document from its shelf, and redirect to the list."""
    commands = _checked(request)
    entry = _imported(searcher_of(request), document_id)
    assert entry.document.shelf  # noqa: S101 - it is imported
    return _answer(request, commands.remove(entry.title, entry.document.shelf, document_id))


def _imported(searcher: Searcher, document_id: str) -> Entry:
    """Return the summary of an imported document; raise AbsentError if it is not on a shelf."""
    key = searcher.reader.keys([document_id]).get(document_id)
    entry = searcher.reader.fetch([key])[0] if key is not None else None
    if entry is None or entry.document.shelf is None:
        raise AbsentError("document")
    return entry


def _answer(request: Request, is_started: bool) -> Response:
    """Redirect to the list, or show it with the reason why a change was not started."""
    if not is_started:
        return _list(request, is_refused=True)
    return RedirectResponse(Page(request).addresses.documents(), 303, NOT_STORED)
