"""Citations in any style: by name or file, as text, HTML or Markdown, by command and API."""

import json
from pathlib import Path

import pytest

from kb.citations.pandoc import processor, style_file
from kb.citations.styles import STYLES, style_named
from kb.citations.written import cited, written
from kb.cli import main
from kb.domain.citations import Formatted, Segment
from kb.domain.sources import Name, Rights, Source
from kb.errors import CitationError, NotFoundError
from kb.index.engine import open_engine
from kb.search.passages import passage
from tests.api.builders import indexed_client
from tests.builders import make_corpus, make_demand, make_document, make_index
from tests.fakes import HashEncoder

pytestmark = pytest.mark.skipif(not processor(), reason="pandoc is absent")

BOOK = Source(
    type="book",
    title="The Long Street",
    author=(Name(family="Ruiz", given="Ana"),),
    organization=("Harbor Press",),
    issued="2024-05",
    URL="https://example.org/street",
    language="en",
    rights=Rights(terms="all reserved"),
)
DOCUMENT = make_document("long-street", [make_demand("repair")]).model_copy(update={"source": BOOK})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the index of one book."""
    folder = tmp_path_factory.mktemp("cited")
    make_index(folder / "index", make_corpus(folder, [DOCUMENT]), HashEncoder())
    return folder / "index"


# As in the manuals of the styles, and in what their CSL files give elsewhere.
EXPECTED = {
    "chicago": "Ana Ruiz, The Long Street (Harbor Press, 2024), https://example.org/street.",
    "chicago-author-date": "Ruiz, Ana. 2024. The Long Street. Harbor Press. "
    "https://example.org/street.",
    "apa": "Ruiz, A. (2024). The Long Street. Harbor Press. https://example.org/street",
    "mla": "Ruiz, Ana. The Long Street. Harbor Press, 2024, https://example.org/street.",
    "harvard": "Ruiz, A. (2024) The Long Street. Harbor Press. Available at: "
    "https://example.org/street.",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_book_is_cited_in_each_style(index: Path, name: str) -> None:
    """Each named style gives its form of a book."""
    entry = passage(open_engine(index).reader(), "long-street")
    assert entry

    (found,) = cited([entry], style_named(name), "en-US")

    assert found.text == EXPECTED[name]


def test_a_style_speaks_the_language(index: Path) -> None:
    """The words that a style adds are in the language asked for."""
    entry = passage(open_engine(index).reader(), "long-street")
    assert entry

    (found,) = cited([entry], style_named("harvard"), "es")

    assert "Disponible en: https://example.org/street" in found.text


def test_every_form_is_escaped() -> None:
    """Text from a source never becomes markup; a title is in italics and an address a link."""
    citation = Formatted(
        style="x",
        segments=(
            Segment(text="<b>*A*</b> ", italic=True),
            Segment(text="https://example.org/_a", href="https://example.org/_a"),
            Segment(text="bad", href="javascript:alert(1)"),
        ),
    )

    assert written(citation, "text") == "<b>*A*</b> https://example.org/_abad"
    assert written(citation, "html") == (
        "<i>&lt;b&gt;*A*&lt;/b&gt; </i>"
        '<a href="https://example.org/_a">https://example.org/_a</a>bad'
    )
    assert written(citation, "markdown") == (
        r"*&lt;b&gt;\*A\*&lt;/b&gt;* <https://example.org/_a>bad"
    )


@pytest.mark.parametrize("name", ["", "no-such-style", "../../etc/passwd", "apa.csl", "x" * 500])
def test_an_unknown_style_is_named(name: str) -> None:
    """The error lists our styles and the nearest of the repository; no path is opened."""
    with pytest.raises(NotFoundError, match="expected chicago, apa, mla"):
        style_named(name)


def test_a_style_may_be_a_file(index: Path, tmp_path: Path) -> None:
    """The command takes a CSL file; one with errors is named with what was expected."""
    ours = tmp_path / "ours.csl"
    ours.write_bytes(style_file("apa").read_bytes())
    entry = passage(open_engine(index).reader(), "long-street")
    assert entry

    (found,) = cited([entry], style_named(str(ours), may_be_file=True), "en-US")
    assert found.text.startswith("Ruiz, A. (2024)")
    for content, said in ((b"<p>no style</p>", "expected <style"), (b"\xff\xfe", "not UTF-8")):
        (tmp_path / "bad.csl").write_bytes(content)
        with pytest.raises(CitationError, match=said):
            style_named(str(tmp_path / "bad.csl"), may_be_file=True)
    with pytest.raises(CitationError, match="No such file"):
        style_named(str(tmp_path / "absent.csl"), may_be_file=True)


def test_the_command_prints_citations(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each id, a Markdown footnote, or JSON; all unknown ids are named at once."""
    ids = ["long-street", "precedent:long-street#repair", f"--index={index}"]

    assert main(["cite", *ids, "--format=markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("[^1]: Ana Ruiz, *The Long Street*")
    assert lines[1].startswith("[^2]: ")
    assert main(["cite", *ids, "--style=apa", "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == [
        "long-street", "long-street#repair",
    ]  # fmt: skip
    assert main(["cite", "a", "b", ids[2]]) == 1
    assert "no document or record: a, b." in capsys.readouterr().err
    assert main(["cite", *ids, "--style=nothing"]) == 1


def test_the_api_cites(tmp_path: Path) -> None:
    """GET and POST give the same citations; wrong values are named."""
    with indexed_client(tmp_path, [DOCUMENT]) as client:
        got = client.get("/v1/citations?id=long-street&style=apa&format=html").json()
        sent = client.post(
            "/v1/citations", json={"id": ["long-street"], "style": "apa", "format": "html"}
        ).json()

        assert got == sent
        assert "<i>The Long Street</i>" in got["items"][0]["citation"]
        assert client.get("/v1/citations?id=nope").status_code == 404
        assert client.get("/v1/citations").status_code == 422
        assert client.get("/v1/citations?id=long-street&style=/etc/x.csl").status_code == 404


def test_our_styles_are_found_by_their_names() -> None:
    """The names of the styles on the pages work everywhere."""
    assert [style_named(one.id) for one in STYLES] == list(STYLES)
