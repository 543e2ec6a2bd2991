"""A shelf: its documents, versions and ids, reviews of suggestions, and packing."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from indexer.imports.package import MANIFEST, pack, unpack
from indexer.imports.review import accept, find_item, reject, reopen, review_items
from indexer.imports.run import document_id, merge_metadata
from indexer.imports.store import (
    ShelfStore,
    checked_name,
    read_pieces,
    read_suggestions,
    read_version_text,
)
from indexer.imports.validate import Rules
from kb.domain.places import Gazetteer
from kb.domain.records import Demand
from kb.domain.topics import Thesaurus
from kb.errors import NotFoundError, ShelfError
from kb.shelves.layout import read_origin
from tests.builders import DEFAULT_PLACES, DEFAULT_TOPICS
from tests.imports.files import make, words
from tests.imports.places import bring_in, place, sums

pytestmark = pytest.mark.slow

RULES = Rules(Thesaurus(DEFAULT_TOPICS), Gazetteer(DEFAULT_PLACES), frozenset())
DEMANDS = """# What we want

## Demands

1. Move $10 million from police overtime to homes.
2. End the contract with the jail company.

The meeting was long.
"""


def test_the_same_content_twice_is_one_document(tmp_path: Path) -> None:
    """A copy under another name is reported and makes no second document."""
    at, papers = place(tmp_path), tmp_path / "papers"
    papers.mkdir()
    make(papers, "txt", 1)
    (papers / "copy.txt").write_bytes((papers / "paper-1.txt").read_bytes())

    done = bring_in(at, papers)

    assert len(done.documents) == 1
    assert [one.name for one in done.duplicates] == ["paper-1.txt"]
    assert len(ShelfStore(at.shelves).documents()) == 1


def test_a_changed_file_is_a_new_version_of_the_same_document(tmp_path: Path) -> None:
    """The id and unchanged passages stay, and the old version is kept beside the new one."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    paper.write_text(f"# One\n\n{words(1)}\n\n# Two\n\nThis part goes.\n", "utf-8")
    (first,) = bring_in(at, paper).documents
    before = {one.slug for one in read_pieces(ShelfStore(at.shelves).documents()[0].latest)}
    paper.write_text(f"# One\n\n{words(1)}\n\n# Two\n\nThis part is new.\n", "utf-8")

    (second,) = bring_in(at, paper).documents

    (stored,) = ShelfStore(at.shelves).documents()
    after = {one.slug for one in read_pieces(stored.latest)}
    assert (first.id, "new", 1) == (second.id, first.change, first.version)
    assert (second.change, second.version) == ("new version", 2)
    assert len(before & after) == 1
    assert [path.name for path in stored.versions] == ["1", "2"]
    assert "This part goes." in read_version_text(stored.versions[0])


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    """A dry run reports what would be imported and writes no file."""
    at = place(tmp_path)
    done = bring_in(at, make(tmp_path, "txt", 1), dry_run=True)

    assert [one.change for one in done.documents] == ["new"]
    assert done.documents[0].passages == 1
    assert sums(at.shelves) == {}


def test_flags_override_the_sidecar_and_the_sidecar_the_file(tmp_path: Path) -> None:
    """A value comes from a flag, else from the sidecar, else from the file itself."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    paper.write_text("---\ntitle: Of the file\nauthor: Of the file\ndate: 2001\n---\n\nWords.\n")
    Path(f"{paper}.yaml").write_text("source: {title: Of the sidecar, issued: 2002-02}\n")

    bring_in(at, paper, metadata={"source": {"title": "Of the flag"}})

    document = ShelfStore(at.shelves).documents()[0].record()
    assert document.source.title == "Of the flag"
    assert document.source.issued == "2002-02"
    assert [str(name) for name in document.source.author] == ["Of the file"]
    assert "source.title" not in document.guessed
    assert "kind" in document.guessed


def test_new_metadata_changes_the_record_alone(tmp_path: Path) -> None:
    """The same file with new flags keeps its version; its record has the new value."""
    at = place(tmp_path)
    paper = make(tmp_path, "txt", 1)
    bring_in(at, paper)

    (done,) = bring_in(at, paper, metadata={"source": {"issued": "2024-05"}}).documents

    (stored,) = ShelfStore(at.shelves).documents()
    assert (done.change, len(stored.versions)) == ("record", 1)
    assert stored.record().source.issued == "2024-05"


def test_a_sidecar_with_a_mistake_fails_its_file_alone(tmp_path: Path) -> None:
    """Unknown keys, unknown topics and invalid dates fail their files; others are imported."""
    at, papers = place(tmp_path), tmp_path / "papers"
    papers.mkdir()
    for number, told in enumerate(("colour: red", "topics: [nosuch]", "source: {issued: soon}")):
        paper = make(papers, "txt", number)
        Path(f"{paper}.yaml").write_text(f"{told}\n")
    make(papers, "txt", 9)

    done = bring_in(at, papers)

    assert [one.name for one in done.documents] == ["paper-9.txt"]
    assert {one.name for one in done.failed} == {f"paper-{number}.txt" for number in range(3)}


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """Links that lead out of the folder, and pipes, are skipped and reported."""
    at, papers = place(tmp_path), tmp_path / "papers"
    papers.mkdir()
    secret = make(tmp_path, "txt", 1)
    (papers / "link.txt").symlink_to(secret)
    (papers / "folder").symlink_to(tmp_path)
    os.mkfifo(papers / "pipe.txt")

    done = bring_in(at, papers)

    assert not done.documents
    assert {Path(one.name).name for one in done.skipped} == {"link.txt", "folder", "pipe.txt"}


@pytest.mark.parametrize("name", ["corpus", "../up", "A", "", "a/b", "-a", "x" * 41, ".incoming"])
def test_a_shelf_has_a_plain_name(name: str) -> None:
    """A name that is a path, or means the corpus, is refused."""
    with pytest.raises(ShelfError, match="expected at most 40"):
        checked_name(name)


def test_ids_are_made_of_names_and_content() -> None:
    """An id is a slug of the shelf, the file name and the digest; metadata merge by key."""
    ids = [
        document_id("mine", name, "0123456789ab")
        for name in ("Año Nuevo (2).pdf", "https://example.org/a/b.html?q=1#x", "漢字.txt", "../x")
    ]

    assert ids == [
        "mine-ano-nuevo-2-012345", "mine-b-012345", "mine-012345", "mine-x-012345",
    ]  # fmt: skip
    assert merge_metadata({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}, "d": 4}) == {
        "a": {"b": 1, "c": 3},
        "d": 4,
    }


def test_a_packed_shelf_is_the_same_elsewhere(tmp_path: Path) -> None:
    """Packing keeps every document and decision, and names no folder of this machine."""
    at, paper = place(tmp_path / "here"), tmp_path / "paper.md"
    paper.write_text(DEMANDS, "utf-8")
    bring_in(at, paper)
    here = ShelfStore(at.shelves)
    reject(review_items(here)[0])
    file = tmp_path / "shelf.zip"

    assert pack(here, "mine", file) == 1
    there = ShelfStore(tmp_path / "there")
    assert unpack(there, file, None, RULES) == ("mine", 1)

    assert sums(there.root / "mine") == sums(here.root / "mine")
    assert str(tmp_path) not in (there.documents()[0].latest / "origin.json").read_text("utf-8")
    with pytest.raises(ShelfError, match="already"):
        unpack(there, file, "other", RULES)
    again = tmp_path / "again.zip"
    pack(here, "mine", again)
    assert again.read_bytes() == file.read_bytes()


def test_a_tampered_pack_leaves_nothing(tmp_path: Path) -> None:
    """Other names, bytes, records and kinds of files are refused, and nothing is unpacked."""
    at = place(tmp_path)
    bring_in(at, make(tmp_path, "txt", 1))
    file = tmp_path / "shelf.zip"
    pack(ShelfStore(at.shelves), "mine", file)
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    about = json.loads(entries[MANIFEST])
    record = next(name for name in entries if name.endswith("record.md"))
    pieces = next(name for name in entries if name.endswith("pieces.jsonl"))
    came = next(name for name in entries if name.endswith("origin.json"))
    outside = {**about, "sums": {**about["sums"], "../evil": "0"}}
    cases = {
        "name": {**entries, "../evil": b"x", MANIFEST: json.dumps(outside).encode()},
        "extra": {**entries, "mine-x/1/original.sh": b"x"},
        "bytes": {**entries, record: entries[record] + b"\n"},
        "lost": {name: content for name, content in entries.items() if name != record},
        "kind": {**entries, MANIFEST: b'{"kind": "other"}'},
        "beyond": _resummed(entries, pieces, entries[pieces].replace(b'"end":', b'"end":9')),
        "original": _resummed(
            entries, came, entries[came].replace(b'"original.txt"', b'"../../../record.md"')
        ),
    }
    there = ShelfStore(tmp_path / "there")
    for name, content in cases.items():
        bad = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(bad, "w") as archive:
            for entry, data in content.items():
                archive.writestr(entry, data)

        with pytest.raises(ShelfError):
            unpack(there, bad, None, RULES)
        assert sums(there.root) == {}, name
    (tmp_path / "no.zip").write_bytes(b"nothing")
    with pytest.raises(ShelfError, match="not a packed shelf"):
        unpack(there, tmp_path / "no.zip", None, RULES)


def _resummed(entries: dict[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    """Return the entries with one content replaced and its checksum adapted."""
    import hashlib  # noqa: PLC0415 - of this helper alone

    about = json.loads(entries[MANIFEST])
    about["sums"][name] = hashlib.sha256(content).hexdigest()
    return {**entries, name: content, MANIFEST: json.dumps(about).encode()}


def test_removing_takes_a_document_or_a_shelf(tmp_path: Path) -> None:
    """A document or a whole shelf is removed; an unknown shelf is an error."""
    at = place(tmp_path)
    bring_in(at, make(tmp_path, "txt", 1), make(tmp_path, "txt", 2))
    shelves = ShelfStore(at.shelves)
    first, second = shelves.documents()

    assert shelves.remove("mine", first.id) == 1
    assert [one.id for one in shelves.documents()] == [second.id]
    assert shelves.remove("mine") == 1
    assert shelves.names() == []
    with pytest.raises(NotFoundError):
        shelves.remove("mine")


def test_a_person_decides_on_suggestions(tmp_path: Path) -> None:
    """An accepted suggestion is a record with its id, a rejected one is closed; both can reopen."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    paper.write_text(DEMANDS, "utf-8")
    bring_in(at, paper)
    shelves = ShelfStore(at.shelves)
    first, second = review_items(shelves)
    assert [one.state for one in (first, second)] == ["open", "open"]

    accept(first, {"target": "city council", "level": "city", "topics": ("housing",)})
    reject(second)

    (stored,) = shelves.documents()
    (record,) = stored.record().records
    assert isinstance(record, Demand)
    assert record.id == first.suggestion.demand.id
    assert (record.target, record.level, record.topics) == ("city council", "city", ("housing",))
    assert record.locator is not None
    assert record.locator.section == first.suggestion.locator.section
    assert [one.state for one in review_items(shelves)] == ["accepted", "rejected"]
    reopen(find_item(shelves, record.id))
    reopen(find_item(shelves, second.suggestion.demand.id))
    assert [one.state for one in review_items(shelves)] == ["open", "open"]
    assert stored.record().records == ()
    with pytest.raises(NotFoundError):
        find_item(shelves, "mine-nothing#s-0")


def test_each_suggestion_of_a_document_has_its_own_name(tmp_path: Path) -> None:
    """Two suggestions of a document have different slugs."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    paper.write_text(DEMANDS, "utf-8")
    bring_in(at, paper)

    (stored,) = ShelfStore(at.shelves).documents()

    assert len({one.slug for one in read_suggestions(stored.latest)}) == 2


def test_an_original_is_kept_as_it_was(tmp_path: Path) -> None:
    """The original is stored unchanged, under a name that does not depend on the file name."""
    at = place(tmp_path)
    odd = tmp_path / "x.s h"
    odd.write_bytes(make(tmp_path, "txt", 1).read_bytes())

    bring_in(at, odd)

    (stored,) = ShelfStore(at.shelves).documents()
    came = read_origin(stored.latest)
    assert came.original == "original"
    assert (stored.latest / came.original).read_bytes() == odd.read_bytes()
