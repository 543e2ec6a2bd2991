"""Imported documents in a browser: no barrier on their pages; originals open at the passage."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.store import ShelfStore
from kb.encoders.base import TextEncoder
from kb.encoders.open import FOLDER
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from tests.browser.engine import expect
from tests.browser.reader import Manner, Reader, reading
from tests.browser.site import serving
from tests.browser.test_access import OPEN, SETTINGS, Place, arrived, barriers, shown
from tests.builders import make_corpus, make_document, make_index, silent
from tests.imports.places import bring_in, place

if TYPE_CHECKING:
    from tests.browser.engine import Browser

STREET = "".join(
    f"<p>House number {n} of the long street has {n} windows and no heating.</p>" for n in range(90)
)
PAGE = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>The long street</title>
</head><body><main><article><h1>The long street</h1>{STREET}<h2>What we demand</h2>
<ol><li>Repair the heating in every house before the first snow.</li>
<li>We demand that the mayor freeze the rents of the street.</li></ol></article></main></body>
</html>
"""
AT_TOP = 100  # CSS pixels; a page that was opened at its end has scrolled further


class Shelved(NamedTuple):
    """The address of a server with a shelf, and the pages of the document on the shelf."""

    address: str
    places: dict[str, Place]


@pytest.fixture(scope="module")
def shelved(
    tmp_path_factory: pytest.TempPathFactory,
    repository: Path,
    exported: Path,
    encoder: TextEncoder,
) -> Iterator[Shelved]:
    """Yield a server with an imported page on a shelf, beside a corpus of one document."""
    folder = tmp_path_factory.mktemp("shelved")
    make_corpus(folder, [make_document()])
    at, index = place(folder), folder / "index"
    index.mkdir()
    (index / FOLDER).symlink_to(exported / FOLDER)
    (folder / "street.html").write_text(PAGE, "utf-8")
    bring_in(at, folder / "street.html")
    make_index(index, at.corpus, encoder)
    inputs = BuildInputs(at.corpus, index / CACHE, vector_spaces(encoder), ShelfStore(at.shelves))
    build_shelves(index, inputs, silent)
    reader = open_engine(index).searched().reader()
    entries = reader.fetch(range(reader.manifest.passages))
    paths = {one.kind: f"/d/{one.id.replace('#', '/')}" for one in entries if one.document.shelf}
    reader.close()
    more = {
        "KB_CORPUS": str(at.corpus),
        "KB_SHELVES": str(at.shelves),
        "KB_MULTILINGUAL": "none",
    }
    with serving(index, repository, **more) as address:
        yield Shelved(address, {
            "document": Place(paths["summary"], "Search this document"),
            "passage": Place(paths["text"], "Open the source at this point"),
            "suggestion": Place(paths["suggestion"], "Full passage"),
            "results": Place("/search?q=heating", "Numbers show how many of these results match."),
            "documents": Place("/documents", "On your shelves"),
            "review": Place(f"/documents/{paths['summary'][3:]}/review", "Save decisions"),
            "saved": Place("/saved", "Move up", saved=(paths["text"][3:], paths["suggestion"][3:])),
        })  # fmt: skip


@pytest.fixture
def reader(browser: "Browser", shelved: Shelved, manner: Manner) -> Iterator[Reader]:
    """Yield a reader of the pages of imported documents."""
    yield from reading(browser, shelved.address, manner)


@pytest.mark.parametrize("manner", [Manner("en"), Manner("es", "phone")], indirect=True, ids=str)
@pytest.mark.parametrize(
    "name", ["document", "passage", "suggestion", "results", "documents", "review", "saved"]
)
def test_pages_of_imports_have_no_barrier(reader: Reader, shelved: Shelved, name: str) -> None:
    """In every setting axe reports nothing, and nothing is too small or wider than the window."""
    page = arrived(reader, shelved.places[name])
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)

    found = []
    for setting, how in SETTINGS[reader.manner.language].items():
        shown(page, how)
        found += [f"{setting}: {one}" for one in barriers(page)]

    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("manner", [Manner("es", "phone", scripts=False)], indirect=True, ids=str)
def test_a_file_is_added_without_scripts(reader: Reader, tmp_path: Path) -> None:
    """On a phone, in Spanish and without scripts, a file is added and can be reviewed."""
    file = tmp_path / "autobuses.md"
    file.write_text(
        "# Autobuses de noche\n\n## Lo que exigimos\n\n"
        "1. Exigimos que la alcaldía pague autobuses de noche.\n",
        "utf-8",
    )
    page = reader.opened("/documents")
    page.get_by_label(re.compile("PDF, Word")).set_input_files(file)
    page.get_by_role("button", name=reader.said("Add documents")).click()
    added = page.get_by_text(f"{reader.said('Added')}: ")
    for _ in range(600):  # half a second each, on a machine that may be busy
        if added.count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name=reader.said("Refresh")).click()
    expect(added).to_contain_text("Autobuses de noche")

    page.get_by_role("link", name=re.compile("1 demanda sugerida")).first.click()
    expect(page.get_by_role("radio", name=reader.said("It is a demand"))).to_be_visible()


@pytest.mark.parametrize("manner", [Manner(scripts=False)], indirect=True, ids=str)
def test_the_original_opens_at_the_words(reader: Reader, shelved: Shelved) -> None:
    """The link opens the original scrolled to the passage, without a script."""
    page = reader.opened(shelved.places["suggestion"].path)
    page.get_by_role("link", name=re.compile(reader.said("Open the source at this point"))).click()
    page.wait_for_url("**/originals/**")

    words = page.get_by_text("freeze the rents of the street")
    words.wait_for()
    page.wait_for_function(f"scrollY > {AT_TOP}")
    box = words.bounding_box()
    assert box
    assert 0 <= box["y"] < 800
