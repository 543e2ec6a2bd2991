"""Citations from the corpus to the page: made at the build, stored, and shown as text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build
from kb.citations import pandoc, styles
from kb.citations.styles import STYLES, Style
from kb.cli.build import summary
from kb.domain.records import Locator
from kb.encoders.vector_spaces import vector_spaces
from kb.evaluation.beir import open_collection
from kb.index.engine import open_engine
from kb.web.view.page import environment
from tests.api.builders import make_app, make_client
from tests.builders import make_corpus, make_demand, make_document, make_index, silent
from tests.evaluation.builders import RECORDS, write_rows
from tests.fakes import HashEncoder

HOSTILE = "<b>Rents</b> *and* [homes](javascript:x) {{ 7 }}"
DOCUMENT = make_document(
    "a-2020", [make_demand(locator=Locator(section=("Homes",)))], source={"title": HOSTILE}
)
PATH = "/d/a-2020/freeze-rents"


def test_a_built_index_answers_with_citations(tmp_path: Path) -> None:
    """A document and a record have a citation in every style; the record's has its section."""
    make_index(tmp_path / "kb", make_corpus(tmp_path, [DOCUMENT]), HashEncoder())
    reader = open_engine(tmp_path / "kb").reader()

    whole, record = reader.citations("a-2020"), reader.citations("a-2020#freeze-rents")

    assert (
        [one.style for one in whole] == [one.style for one in record] == [one.id for one in STYLES]
    )
    assert "under “Homes,”" in record[0].text
    assert "Homes,”" not in whole[0].text
    assert reader.citations("no-such-document") == []


@pytest.fixture
def with_harvard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add a fourth style, and make the page templates again with and without it."""
    harvard = Style("harvard", "harvard-cite-them-right", dict, "Harvard, in a list")
    monkeypatch.setattr(styles, "STYLES", (*STYLES, harvard))
    environment.cache_clear()
    yield
    environment.cache_clear()


@pytest.mark.usefixtures("with_harvard")
def test_a_style_is_added_by_one_list_item(tmp_path: Path) -> None:
    """A style that is added to the list is cited, stored and labelled."""
    encoder, root = HashEncoder(), tmp_path / "kb"
    make_index(root, make_corpus(tmp_path, [DOCUMENT]), encoder)

    last = open_engine(root).reader().citations("a-2020")[-1]
    with make_client(make_app(root, encoder)) as client:
        page = client.get(PATH).text

    assert last.style == "harvard"
    assert last.text.startswith("Tenants Together (2020) ")
    assert '<p class="citation" id="rich-harvard" lang="en" data-copy="Harvard, in a list">' in page
    assert page.count("<summary>Harvard, in a list</summary>") == 1


def test_a_stored_citation_of_a_removed_style_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows a stored citation of a removed style under the id of the style."""
    encoder, root = HashEncoder(), tmp_path / "kb"
    make_index(root, make_corpus(tmp_path, [DOCUMENT]), encoder)
    monkeypatch.setattr(styles, "STYLES", STYLES[:-1])
    environment.cache_clear()

    with make_client(make_app(root, encoder)) as client:
        page = client.get(PATH).text
    environment.cache_clear()

    assert "<summary>mla</summary>" in page


def test_a_hostile_title_stays_text(tmp_path: Path) -> None:
    """HTML, Markdown and template syntax in a title is text in the index and on the page."""
    encoder, root = HashEncoder(), tmp_path / "kb"
    make_index(root, make_corpus(tmp_path, [DOCUMENT]), encoder)
    found = open_engine(root).reader().citations("a-2020")

    with make_client(make_app(root, encoder)) as client:
        page = client.get(PATH).text

    for one in found:
        assert HOSTILE.casefold() in one.text.casefold()
        assert [piece.href for piece in one.segments if piece.href] == [DOCUMENT.source.URL]
    assert "<b>" not in page.casefold()
    assert page.count('data-copy="') >= len(STYLES)
    assert "[homes](javascript:x)" in page.casefold()


def test_the_build_reports_the_progress_of_citations(tmp_path: Path) -> None:
    """Progress is reported for each style, and the report counts the cited passages."""
    steps: list[tuple[str, int, int]] = []

    change = build(
        tmp_path / "kb",
        make_corpus(tmp_path, [DOCUMENT]),
        vector_spaces(HashEncoder()),
        lambda *told: steps.append(told),
    )

    assert [one for one in steps if one[0] == "citations"] == [
        ("citations", 0, 3), ("citations", 1, 3), ("citations", 1, 3), ("citations", 1, 3)
    ]  # fmt: skip
    assert change.cited == change.passages == 2


def test_without_pandoc_the_build_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pandoc the page shows the plain citation; a later build with pandoc adds styles."""
    corpus, encoder, root = make_corpus(tmp_path, [DOCUMENT]), HashEncoder(), tmp_path / "kb"
    with monkeypatch.context() as patch:
        patch.setattr(pandoc, "PROGRAM", "no-such-package")
        without = make_index(root, corpus, encoder)

    with make_client(make_app(root, encoder)) as client:
        page = client.get(PATH).text
    again = make_index(root, corpus, encoder)

    assert (without.published, without.cited) == (True, 0)
    assert "Next: pip install pypandoc-binary, then kb build" in summary(without)
    assert page.count('class="cite"') >= 1
    assert "Tenants Together, “&lt;b&gt;Rents&lt;/b&gt;" in page
    assert (again.published, again.cited) == (True, 2)
    assert "pip install" not in summary(again)


def test_a_collection_has_no_citations(tmp_path: Path) -> None:
    """Records of a judged collection have no citations."""
    path = write_rows(tmp_path / "corpus.jsonl", RECORDS)

    reader = open_collection(path, tmp_path / "kb", (), "en", silent)

    assert [reader.citations(str(row["_id"])) for row in RECORDS] == [[]] * len(RECORDS)
