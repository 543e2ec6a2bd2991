"""The page of saved records, which can be reordered, printed, shared and exported."""

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Form, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kb.domain.base import Noun
from kb.domain.passages import Entry
from kb.exports.formats import export
from kb.index.contract import Reader
from kb.search.passages import passage_or_former
from kb.search.ties import campaigns
from kb.web.pages.downloads import download
from kb.web.route import PageRoute, searcher_of
from kb.web.tray import A_YEAR, COOKIE, MAX_ID_CHARACTERS, MAX_RECORDS, Tray
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_URL_CHARACTERS = 8000  # of the page to return to

Shared = Annotated[list[str], Query(alias="r", max_length=MAX_RECORDS)]
Emptied = Annotated[list[str], Query(alias="was", max_length=MAX_RECORDS)]


class Change(Noun):
    """A change to the saved list, and the page to return to."""

    action: Literal["add", "remove", "up", "down", "clear", "keep"]
    id: str = Field("", max_length=MAX_ID_CHARACTERS)
    r: tuple[str, ...] = Field((), max_length=MAX_RECORDS)
    back: str = Field("/tray", max_length=MAX_URL_CHARACTERS)

    @property
    def target(self) -> str:
        """Return the local path to return to; replace any other URL to prevent open redirects."""
        ours = self.back.startswith("/") and self.back[1:2] not in {"/", "\\"}
        return self.back if ours and self.back.isprintable() else "/tray"

    def of(self, tray: Tray) -> Tray:
        """Return the list with the change applied."""
        if self.action == "add":
            return tray.added(self.id)
        if self.action == "remove":
            return tray.without(self.id)
        if self.action == "keep":
            return tray.added(*_ids(self.r))
        if self.action == "clear":
            return Tray()
        return tray.moved(self.id, -1 if self.action == "up" else 1)


@router.post("/tray")
def change(request: Request, asked: Annotated[Change, Form()]) -> Response:
    """Change the saved list and redirect to the page that sent the form."""
    page = Page(request)
    tray, target = asked.of(page.tray), asked.target
    if asked.action == "clear" and page.tray.ids:
        target = page.addresses.emptied(page.tray.ids)
    answer = RedirectResponse(target, 303, {"cache-control": "no-store"})
    answer.set_cookie(COOKIE, tray.cookie, A_YEAR, httponly=True, samesite="lax")
    return answer


@router.get("/tray")
def tray(
    request: Request,
    shared: Shared = [],  # noqa: B006 - FastAPI copies it
    emptied: Emptied = [],  # noqa: B006
) -> Response:
    """Show the reader's own saved list, or one shared in the URL.

    `emptied` lists the ids that were saved before the list was cleared, so that this can be undone.
    """
    page, searcher = Page(request), searcher_of(request)
    chosen = Tray.of(_ids(shared)) if shared else page.tray
    entries, gone, former = held(searcher.reader, chosen)
    ids = [entry.id for entry in entries]
    label = page.label_of(searcher.names)
    return page.response(
        "tray.html",
        entries=entries,
        gone=gone,
        former=former,
        shared=bool(shared),
        emptied=() if shared else Tray.of(_ids(emptied)).ids,
        campaigns=campaigns(searcher.reader, entries),
        ids=ids,
        address=page.absolute(page.addresses.tray(ids)),
        notes={id: searcher.reader.citations(id) for id in ids},
        message=export(entries, "txt", page.presenter(label)),
        label=label,
    )


@router.get("/tray.{form}")
def file(request: Request, form: str, shared: Shared = []) -> Response:  # noqa: B006
    """Download the saved list, or a shared one, as a file."""
    chosen = Tray.of(_ids(shared)) if shared else Page(request).tray
    return download(request, held(searcher_of(request).reader, chosen).entries, form, "tray")


def _ids(shared: list[str] | tuple[str, ...]) -> list[str]:
    """Convert ids from DOCUMENT/RECORD, as written in URLs, to DOCUMENT#RECORD."""
    return [one.replace("/", "#", 1) for one in shared]


class Held(NamedTuple):
    """Entries of a saved list in order, ids that no longer exist, and ids of earlier versions."""

    entries: list[Entry]
    gone: list[str]
    former: set[str]


def held(reader: Reader, tray: Tray) -> Held:
    """Look up the ids of a saved list."""
    every = [(one, *passage_or_former(reader, one)) for one in tray.ids]
    return Held(
        entries=[entry for _, entry, _ in every if entry],
        gone=[id for id, entry, _ in every if entry is None],
        former={id for id, _, is_former in every if is_former},
    )
