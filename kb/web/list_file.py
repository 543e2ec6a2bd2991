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
MAX_PROBLEMS = 20  # that are shown of one file


class ListFileError(KbError):
    """A file is not a saved list; `problems` lists what is wrong and where, up to a limit."""

    status = 422
    slug = "list-file"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems[:MAX_PROBLEMS])
        super().__init__("; ".join(self.problems))


class ListItem(Noun):
    """A heading, or a record with the reader's note.

    Title and citation are for people who look into the file; they are not read back.
    """

    heading: str = Field("", max_length=MAX_TEXT)
    id: str = Field("", max_length=MAX_ID_CHARACTERS)
    note: str = Field("", max_length=MAX_TEXT)
    title: str = ""
    citation: str = ""

    @property
    def item(self) -> Item | None:
        """Return the item of a saved list, or None if it is neither a heading nor a record."""
        return Item.of(self.id or f"{HEADING}{self.heading}", self.note)


class ListFile(Noun):
    """The content of the file."""

    format: Literal["precedent-list"]
    version: Literal[1]
    items: Annotated[tuple[ListItem, ...], Field(max_length=MAX_ITEMS)]


def write_list(saved: SavedList, entries: Sequence[Entry]) -> str:
    """Return the file of a list; a record that is not among the entries has no title."""
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
    """Read the list in a file; raise ListFileError with every problem if it is not one."""
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
    """Return the place in the file, such as `item 3, note`."""
    names = [f"item {one + 1}" if isinstance(one, int) else one for one in location]
    return ", ".join(one for one in names if one != "items" or len(names) == 1) or "file"
