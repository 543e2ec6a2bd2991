"""Look up passages by id."""

from kb.domain.passages import Entry
from kb.index.contract import Reader


def passage(reader: Reader, passage_id: str) -> Entry | None:
    """Return the passage with this id, or None if there is none."""
    keys = reader.keys([passage_id])
    return reader.fetch([keys[passage_id]])[0] if passage_id in keys else None


def passage_or_former(reader: Reader, passage_id: str) -> tuple[Entry | None, bool]:
    """Return a passage or None, and whether it is only in an earlier version of its document."""
    found = passage(reader, passage_id)
    if found is not None:
        return found, False
    former = reader.former(passage_id)
    return former, former is not None
