"""Limits of packed shelves: sizes are checked before anything is unpacked."""

import json
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.imports.package import MANIFEST, MAX_BYTES, MAX_ENTRIES, unpack
from indexer.imports.store import ShelfStore
from kb.errors import ShelfError
from tests.imports.places import sums
from tests.imports.test_shelf import RULES

MEBI = 1 << 20
MAX_MEMORY = 24 * MEBI  # of a refusal; some of the files below would take gigabytes


def packed(path: Path, entries: Mapping[str, bytes]) -> Path:
    """Write a compressed zip with these entries and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def manifest(names: list[str]) -> bytes:
    """Return a manifest that lists these names with wrong checksums."""
    about = {"kind": "precedent-shelf", "format": 1, "shelf": "mine"}
    return json.dumps(about | {"sums": dict.fromkeys(names, "0" * 64)}).encode()


def refused(tmp_path: Path, file: Path, words: str) -> None:
    """Check that the file is refused with these words, in little memory, and leaves no file."""
    there = tmp_path / "there"
    tracemalloc.start()
    try:
        with pytest.raises(ShelfError, match=words) as caught:
            unpack(ShelfStore(there), file, None, RULES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(file) in str(caught.value)
    assert peak < MAX_MEMORY
    assert sums(there) == {}


@pytest.mark.parametrize(
    ("repeated", "times", "end"),
    [(b"[", 300 * MEBI, b""), (b'{"kind":', 20 * MEBI, b""), (b" ", 300 * MEBI, b"{}")],
    ids=["nested", "objects", "spaces"],
)
def test_a_manifest_larger_than_its_entries_need_is_not_read(
    tmp_path: Path, repeated: bytes, times: int, end: bytes
) -> None:
    """A small zip with a huge manifest is refused by the size that the zip states."""
    file = packed(tmp_path / "shelf.zip", {MANIFEST: repeated * times + end})

    assert file.stat().st_size < MEBI
    refused(tmp_path, file, r"shelf\.json has [\d,]+ bytes; expected at most")


@pytest.mark.parametrize("content", [b"[" * 20_000, b'{"sums":' * 3_000, b"[]", b'{"kind": 1}'])
def test_a_manifest_of_another_form_is_refused(tmp_path: Path, content: bytes) -> None:
    """Deeply nested JSON and values of other types are refused as no packed shelf."""
    others = {f"mine-a/{number}/text.md": b"" for number in range(1, 60)}
    file = packed(tmp_path / "shelf.zip", {MANIFEST: content, **others})

    refused(tmp_path, file, r"not a packed shelf; expected .* Next")


@pytest.mark.parametrize("name", MAX_BYTES)
def test_a_part_that_is_too_large_is_not_unpacked(tmp_path: Path, name: str) -> None:
    """Each kind of file has a limit, which is checked before anything is written."""
    path = f"mine-a/{name}" if name in {"record.md", "review.json"} else f"mine-a/1/{name}"
    content = b"\n" * (MAX_BYTES[name] + 1)
    file = packed(tmp_path / "shelf.zip", {MANIFEST: manifest([path]), path: content})
    del content

    refused(tmp_path, file, r"expected at most")


@pytest.mark.slow
def test_a_file_of_too_many_entries_is_refused(tmp_path: Path) -> None:
    """A zip with more entries than a shelf may have is refused by their number."""
    file = tmp_path / "shelf.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MANIFEST, manifest([]))
        for number in range(MAX_ENTRIES + 1):
            archive.writestr(f"mine-a/{number}/text.md", b"")

    with pytest.raises(ShelfError, match="files; expected at most"):
        unpack(ShelfStore(tmp_path / "there"), file, None, RULES)
