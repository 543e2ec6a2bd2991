"""The saved list page, where the list is edited, compared, shared, downloaded and uploaded."""

from collections.abc import Callable, Iterable
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, File, Form, Query, UploadFile
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kb.domain.base import Noun
from kb.domain.passages import Entry
from kb.exports.formats import export, file_name
from kb.exports.presenter import Presenter
from kb.index.contract import Reader
from kb.search.passages import passage_or_former
from kb.search.searcher import Searcher
from kb.search.ties import campaigns
from kb.web.list_file import EXTENSION, MEDIA_TYPE, ListFileError, read_list, write_list
from kb.web.pages.downloads import download
from kb.web.route import PageRoute, searcher_of
from kb.web.saved_list import (
    A_YEAR,
    CLEARED,
    HEADING,
    MAX_ITEMS,
    MAX_TEXT,
    SAVED,
    Item,
    SavedList,
    clean,
)
from kb.web.view.page import Page
from kb.web.view.works import outcomes_told

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_URL_CHARACTERS = 8000  # of the page to return to
MAX_FORM_CHARACTERS = 5000  # of a note, which is cut to its maximum
AN_HOUR = 3600  # seconds in which clearing the list can be undone

Shared = Annotated[list[str], Query(alias="r", max_length=MAX_ITEMS)]


class Change(Noun):
    """A change to the saved list, and the page to return to.

    `id` is the key of the item to change, and `text` its new note or heading. `r` holds the items
    of a shared list, which the action `keep` adds.
    """

    action: Literal["add", "remove", "up", "down", "note", "heading", "clear", "restore", "keep"]
    id: str = Field("", max_length=MAX_FORM_CHARACTERS)
    text: str = Field("", max_length=MAX_FORM_CHARACTERS)
    r: tuple[str, ...] = Field((), max_length=MAX_ITEMS)
    back: str = Field("/saved", max_length=MAX_URL_CHARACTERS)

    @property
    def target(self) -> str:
        """Return the local path to return to; replace any other URL to prevent open redirects."""
        ours = self.back.startswith("/") and self.back[1:2] not in {"/", "\\"}
        return self.back if ours and self.back.isprintable() else "/saved"

    def of(self, saved: SavedList, cleared: SavedList) -> SavedList:
        """Return the list with the change applied; `cleared` is the list before it was cleared."""
        changes: dict[str, Callable[[], SavedList]] = {
            "add": lambda: saved.added(_items([self.id])),
            "keep": lambda: saved.added(_items(self.r)),
            "remove": lambda: saved.without(self.id),
            "up": lambda: saved.moved(self.id, -1),
            "down": lambda: saved.moved(self.id, 1),
            "note": lambda: saved.changed(self.id, self.text),
            "heading": lambda: saved.headed(self.id, self.text),
            "clear": SavedList,
            "restore": lambda: cleared.added(saved.items),
        }
        return changes[self.action]()


def _items(values: Iterable[str]) -> list[Item]:
    """Parse ids, which URLs write as DOCUMENT/RECORD, and headings; leave out anything else."""
    found = (
        Item.of(one if one.startswith(HEADING) else one.replace("/", "#", 1)) for one in values
    )
    return [one for one in found if one]


@router.post("/saved")
def change(request: Request, asked: Annotated[Change, Form()]) -> Response:
    """Change the saved list and return to the page that sent the form."""
    page = Page(request)
    changed = asked.of(page.saved, page.cleared)
    target = asked.target
    if asked.action in {"up", "down", "note", "heading"}:
        key = f"{HEADING}{clean(asked.text)}" if asked.id.startswith(HEADING) else asked.id
        kept = next((one for one in changed.items if one.key in {asked.id, key}), None)
        target += f"#{kept.anchor}" if kept else ""
    answer = RedirectResponse(target, 303, {"cache-control": "no-store"})
    _keep(answer, SAVED, changed, A_YEAR)
    if asked.action == "clear" and page.saved.items:
        _keep(answer, CLEARED, page.saved, AN_HOUR)
    elif asked.action == "restore":
        _keep(answer, CLEARED, SavedList(), AN_HOUR)
    return answer


def _keep(answer: Response, name: str, saved: SavedList, seconds: int) -> None:
    """Set the cookies that hold a list, and delete those that it does not need."""
    for cookie, value in saved.cookies(name).items():
        if value:
            answer.set_cookie(cookie, value, seconds, httponly=True, samesite="lax")
        else:
            answer.delete_cookie(cookie, httponly=True, samesite="lax")


@router.post("/saved/file")
def add_file(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """Add the items of a list file to the saved list; a file with problems adds nothing."""
    page = Page(request)
    try:
        changed = page.saved.added(read_list(file.file.read()).items)
    except ListFileError as error:
        return _response(request, page.saved, problems=error.problems, status=422)
    answer = RedirectResponse(page.addresses.saved(), 303, {"cache-control": "no-store"})
    _keep(answer, SAVED, changed, A_YEAR)
    return answer


@router.get("/saved")
def saved(request: Request, shared: Shared = []) -> Response:  # noqa: B006 - FastAPI copies it
    """Show the reader's own saved list, or one shared in the URL."""
    chosen = _chosen(request, shared)
    return _response(request, chosen, shared=bool(shared))


@router.get("/tray")
def former_address(request: Request) -> Response:
    """Redirect the former address of the saved list, which may be in shared links."""
    query = request.url.query
    return RedirectResponse(f"/saved?{query}" if query else "/saved", 308)


def _response(
    request: Request,
    chosen: SavedList,
    *,
    shared: bool = False,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    page, searcher = Page(request), searcher_of(request)
    found = held(searcher.reader, chosen)
    label = page.label_of(searcher.names)
    return page.response(
        "saved.html",
        status,
        found=found,
        shared=shared,
        problems=problems,
        campaigns=campaigns(searcher.reader, found.entries),
        keys=chosen.keys,
        address=page.absolute(page.addresses.saved(chosen.keys)),
        notes={one.id: searcher.reader.citations(one.id) for one in found.entries},
        message=export(found.entries, "txt", _presenter(page, searcher, found)),
        label=label,
        most=MAX_TEXT,
        list_file=EXTENSION,
    )


@router.get("/saved/compare")
def compare(request: Request, shared: Shared = []) -> Response:  # noqa: B006
    """Show the records of a saved list as a table, one record on each row."""
    page, searcher = Page(request), searcher_of(request)
    chosen = _chosen(request, shared)
    found = held(searcher.reader, chosen)
    label = page.label_of(searcher.names)
    return page.response(
        "compare.html",
        found=found,
        told=outcomes_told(found.entries, searcher.reader),
        label=label,
        keys=chosen.keys if shared else (),
    )


@router.get("/saved.{form}")
def file(request: Request, form: str, shared: Shared = []) -> Response:  # noqa: B006
    """Download the saved list, or a shared one, as a file."""
    page, searcher = Page(request), searcher_of(request)
    chosen = _chosen(request, shared)
    found = held(searcher.reader, chosen)
    if form == EXTENSION:
        name = file_name("saved", form)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(write_list(chosen, found.entries), 200, headers, MEDIA_TYPE)
    return download(request, found.entries, form, "saved", _presenter(page, searcher, found))


def _chosen(request: Request, shared: list[str]) -> SavedList:
    return SavedList().added(_items(shared)) if shared else Page(request).saved


def _presenter(page: Page, searcher: Searcher, found: "Held") -> Presenter:
    presenter = page.presenter(page.label_of(searcher.names))
    return presenter._replace(own_notes=found.notes, own_headings=found.headings)


class Row(NamedTuple):
    """An item of a list and its passage, which is None for a heading or a missing record."""

    item: Item
    entry: Entry | None
    is_former: bool  # whether it is only in an earlier version of its document


class Held(NamedTuple):
    """The items of a saved list, in order, with their passages."""

    rows: tuple[Row, ...]

    @property
    def entries(self) -> list[Entry]:
        """Return the passages that exist."""
        return [one.entry for one in self.rows if one.entry]

    @property
    def gone(self) -> list[str]:
        """Return the ids of records that do not exist here."""
        return [one.item.id for one in self.rows if one.item.id and not one.entry]

    @property
    def notes(self) -> dict[str, str]:
        """Return the reader's notes by record id."""
        return {one.item.id: one.item.text for one in self.rows if one.item.id and one.item.text}

    @property
    def headings(self) -> dict[str, list[str]]:
        """Return the headings directly before each record, by record id."""
        found: dict[str, list[str]] = {}
        waiting: list[str] = []
        for one in self.rows:
            if not one.item.id:
                waiting.append(one.item.text)
            elif one.entry and waiting:
                found[one.item.id], waiting = waiting, []
        return found


def held(reader: Reader, saved: SavedList) -> Held:
    """Look up the passages of the records in a saved list."""
    rows = []
    for item in saved.items:
        found = passage_or_former(reader, item.id) if item.id else (None, False)
        rows.append(Row(item, *found))
    return Held(tuple(rows))
