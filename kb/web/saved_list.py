"""The saved list: a reader's records with notes, and headings between them, kept in cookies."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.errors import KbError

SAVED, CLEARED = "saved", "cleared"  # cookies of the list, and of the list that was cleared
A_YEAR = 365 * 24 * 3600  # seconds
MAX_ITEMS = 100
MAX_TEXT = 600  # characters of a heading or note
MAX_ID_CHARACTERS = 300
# Browsers allow 4096 bytes per cookie including its name, and at least 50 cookies per site.
MAX_COOKIES, MAX_BYTES = 4, 3800
MAX_UNPACKED_BYTES = 200_000  # so that no cookie can exhaust memory when it is unpacked
HEADING = "*"  # begins a heading in URLs and forms; no id begins with it

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:#[a-z0-9]+(?:-[a-z0-9]+)*)?")
_SPACES = re.compile(r"\s+")


class FullListError(KbError):
    """The changed list does not fit into its cookies, so the saved list stays unchanged."""

    status = 409
    slug = "full-list"


class Item(NamedTuple):
    """A saved document or record with the reader's note, or a heading, which has no id."""

    id: str = ""
    text: str = ""

    @classmethod
    def of(cls, value: str, note: str = "") -> "Item | None":
        """Parse an id or `*HEADING`, or return None if it is neither.

        >>> Item.of("a#b", " ask   Ana "), Item.of("* Week 1"), Item.of("<b>")
        (Item(id='a#b', text='ask Ana'), Item(id='', text='Week 1'), None)
        """
        if value.startswith(HEADING):
            text = clean(value[1:])
            return cls(text=text) if text else None
        if len(value) <= MAX_ID_CHARACTERS and _ID.fullmatch(value):
            return cls(value, clean(note))
        return None

    @property
    def key(self) -> str:
        """Return the id or `*HEADING`, which is unique in a list."""
        return self.id or f"{HEADING}{self.text}"

    @property
    def anchor(self) -> str:
        """Return the id of the HTML element that shows the item."""
        return self.id.replace("#", "--") or f"heading-{zlib.crc32(self.text.encode()):x}"


def clean(text: str) -> str:
    """Return the printable characters of a text on one line, cut to MAX_TEXT."""
    spaced = _SPACES.sub(" ", text).strip()
    return "".join(one for one in spaced if one.isprintable())[:MAX_TEXT].strip()


class SavedList(NamedTuple):
    """Saved items in the order that the reader chose."""

    items: tuple[Item, ...] = ()

    @classmethod
    def of(cls, values: Iterable[str], notes: Mapping[str, str] | None = None) -> "SavedList":
        """Create a list of up to MAX_ITEMS valid ids and `*HEADING`s, without duplicates.

        >>> SavedList.of(["a-b#c", "a-b#c", "<b>", "*Next"]).keys
        ('a-b#c', '*Next')
        """
        made = (Item.of(one, (notes or {}).get(one, "")) for one in dict.fromkeys(values))
        return cls(tuple({one.key: one for one in made if one}.values())[:MAX_ITEMS])

    @classmethod
    def from_cookies(cls, cookies: Mapping[str, str], name: str = SAVED) -> "SavedList":
        """Unpack the list from a request's cookies; return an empty list if they are damaged."""
        packed = "".join(cookies.get(one, "") for one in _names(name))
        try:
            raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
            inflate = zlib.decompressobj()
            pairs = json.loads(inflate.decompress(raw, MAX_UNPACKED_BYTES))
            values = {str(value): str(note) for value, note in pairs}
        except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError):
            return cls()
        return cls.of(values, values)

    def cookies(self, name: str = SAVED) -> dict[str, str]:
        """Return the values of all cookies of the list; the value of an unused one is empty.

        Raise FullListError if the list is too long for them.
        """
        if not self.items:
            return dict.fromkeys(_names(name), "")
        pairs = [(one.key, one.text if one.id else "") for one in self.items]
        text = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
        packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
        if len(self.items) > MAX_ITEMS or len(packed) > MAX_COOKIES * MAX_BYTES:
            raise FullListError(
                f"{len(self.items)} items do not fit; expected at most {MAX_ITEMS}, with notes of "
                "some 20,000 characters together. Next: download the list, then remove items"
            )
        starts = range(0, MAX_COOKIES * MAX_BYTES, MAX_BYTES)
        parts = (packed[start : start + MAX_BYTES] for start in starts)
        return dict(zip(_names(name), parts, strict=True))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the saved documents and records."""
        return tuple(one.id for one in self.items if one.id)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the ids and `*HEADING`s, from which a shared link is made."""
        return tuple(one.key for one in self.items)

    def added(self, items: Iterable[Item]) -> "SavedList":
        """Return the list with new items appended; items that it already has stay as they are."""
        found = {one.key: one for one in self.items}
        for one in items:
            found.setdefault(one.key, one)
        return SavedList(tuple(found.values()))

    def without(self, key: str) -> "SavedList":
        """Return the list without an item."""
        return SavedList(tuple(one for one in self.items if one.key != key))

    def headed(self, key: str, heading: str) -> "SavedList":
        """Return the list with a heading before an item; a heading with these words moves there.

        >>> SavedList.of(["a", "b"]).headed("b", "Next").keys
        ('a', '*Next', 'b')
        """
        item = Item.of(f"{HEADING}{heading}")
        if item is None or item.key == key or key not in self.keys:
            return self
        others = list(self.without(item.key).items)
        others.insert([one.key for one in others].index(key), item)
        return SavedList(tuple(others))

    def changed(self, key: str, text: str) -> "SavedList":
        """Return the list with the note of a record, or the words of a heading, replaced.

        >>> SavedList((Item("a"), Item("", "Old"))).changed("*Old", "New").changed("a", "why").items
        (Item(id='a', text='why'), Item(id='', text='New'))
        """
        items = (
            one if one.key != key else Item.of(one.id or f"{HEADING}{text}", text)
            for one in self.items
        )
        return SavedList(tuple({one.key: one for one in items if one}.values()))

    def moved(self, key: str, steps: int) -> "SavedList":
        """Return the list with an item moved toward the end, or toward the start if `steps` < 0.

        >>> SavedList.of(["a", "b", "c"]).moved("c", -1).keys
        ('a', 'c', 'b')
        """
        if key not in self.keys:
            return self
        item = self.items[self.keys.index(key)]
        place = min(max(0, self.keys.index(key) + steps), len(self.items) - 1)
        others = list(self.without(key).items)
        others.insert(place, item)
        return SavedList(tuple(others))


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, MAX_COOKIES + 1))
