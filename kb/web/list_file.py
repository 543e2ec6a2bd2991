"""A saved list as a JSON file, to hand to somebody who has another copy of Precedent."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kb.domain.base import Noun
from kb.domain.passages import Entry
from kb.errors import KbError
from kb.web.saved_list import HEADING, MAX_ID_CHARACTERS, MAX_ITEMS, MAX_TEXT, Item, SavedList

MEDIA_TYPE = "application/json"
EXTENSION = "list.json"
MAX_FILE_BYTES = 1_000_000
MAX_PROBLEMS = 20  # shown for one file


class ListFileError(KbError):
    """A file is not a saved list; `problems` lists what is wrong and where, up to a limit."""

    status = 422
    slug = "list-file"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems[:MAX_PROBLEMS])
        super().__init__("; ".join(self.problems))


class ListItem(Noun):
    """A heading, or a record with the reader's note.

    The title and the citation are for people who open the file; they are ignored when it is read.
    """

    heading: str = Field("", max_length=MAX_TEXT)
    id: str = Field("", max_length=MAX_ID_CHARACTERS)
    note: str = Field("", max_length=MAX_TEXT)
    title: str = ""
    citation: str = ""

    @property
    def item(self) -> Item | None:
        """Return the item for a saved list, or None without a heading or a valid id."""
        return Item.of(self.id or f"{HEADING}{self.heading}", self.note)


class ListFile(Noun):
    """The content of a saved list file."""

    format: Literal["precedent-list"]
    version: Literal[1]
    items: Annotated[tuple[ListItem, ...], Field(max_length=MAX_ITEMS)]


def write_list(saved: SavedList, entries: Sequence[Entry]) -> str:
    """Return a saved list as JSON; a record without an entry gets no title and no citation."""
    by_id = {entry.id: entry for entry in entries}
    items = [_item(one, by_id.get(one.id)) for one in saved.items]
    content = ListFile(format="precedent-list", version=1, items=tuple(items))
    return content.model_dump_json(indent=2, exclude_defaults=True) + "\n"


def _item(item: Item, entry: Entry | None) -> ListItem:
    if not item.id:
        return ListItem(heading=item.text)
    made = ListItem(id=item.id, note=item.text)
    if entry is None:
        return made
    title = entry.own_title or entry.title
    return made.model_copy(update={"title": title, "citation": entry.citation})


def read_list(content: bytes) -> SavedList:
    """Parse the content of a saved list file; raise ListFileError if it is invalid."""
    try:
        found = ListFile.model_validate_json(content)
    except ValidationError as error:
        raise ListFileError(
            [f"{_place(one['loc'])}: {one['msg']}" for one in error.errors()]
        ) from None
    items = [one.item for one in found.items]
    problems = [
        f"item {number}: expected a heading or the id of a record"
        for number, one in enumerate(items, start=1)
        if one is None
    ]
    if problems:
        raise ListFileError(problems)
    return SavedList().added(one for one in items if one)


def _place(location: Sequence[str | int]) -> str:
    """Return the location of a problem in words: `item 3, note`, or `file` for the whole file."""
    names = [f"item {one + 1}" if isinstance(one, int) else one for one in location]
    return ", ".join(one for one in names if one != "items" or len(names) == 1) or "file"
