"""The commands of `kb`, as a person at a terminal meets them."""

import json
from pathlib import Path

import pytest

from kb.cli import COMMANDS, main
from tests.builders import make_corpus, make_demand, make_document, make_index, make_outcome
from tests.fakes import HashEncoder


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small corpus with its index, where the program looks for them."""
    won = make_demand("cap-rents", title="Cap rents", outcome=make_outcome())
    documents = [
        make_document(records=[make_demand(), won]),
        make_document("renters-report-2019", kind="report", source={"issued": None}),
    ]
    corpus = make_corpus(tmp_path, documents)
    make_index(tmp_path / "index", corpus, HashEncoder())
    monkeypatch.setenv("KB_CORPUS", str(corpus))
    monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, what was said, and what was said aside."""
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`kb COMMAND --help` ends with 0 and says what the command does."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert COMMANDS[command][1:] in " ".join(capsys.readouterr().out.split())


def test_wrong_use_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command or value is wrong use, and the message names what is allowed."""
    for words in (["find"], ["search", "rent", "--kind", "poem"], []):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
    assert "demand" in capsys.readouterr().err


def test_check_is_silent_on_a_sound_corpus(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus without a problem gives 0 and no line of output."""
    assert built
    code, out, _ = run(capsys, "check")

    assert (code, out) == (0, "")


def test_check_names_file_line_and_law(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A problem is printed as `file:line: what is wrong; what was expected`, and gives 1."""
    path = built / "corpus" / "platforms" / "tenants-platform-2020.md"
    lines = path.read_text("utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, 1) if line.startswith("- Action"))
    path.write_text("\n".join(lines).replace("- Action: ban", "- Action: forbid", 1), "utf-8")

    for words in (["check"], ["check", str(path)], ["check", str(path.parent)]):
        code, out, _ = run(capsys, *words)
        assert code == 1
        assert out.startswith(f"{path}:{row}: action 'forbid' is not known; expected ")


def test_check_reports_only_on_the_paths_given(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem elsewhere is not the business of who asks about one file."""
    (built / "corpus" / "platforms" / "bad.md").write_text("nothing", "utf-8")
    good = built / "corpus" / "platforms" / "tenants-platform-2020.md"

    assert run(capsys, "check", str(good))[0] == 0
    assert run(capsys, "check")[0] == 1


def test_check_of_a_path_that_is_not_there_is_wrong_use(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path that does not exist gives 2, and the message names it."""
    code, _, aside = run(capsys, "check", str(built / "none.md"))

    assert code == 2
    assert "none.md" in aside


def test_search_gives_json_for_programs(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` has the documented keys, and the flat ranking names records and documents."""
    assert built
    code, out, _ = run(capsys, "search", "cap rents", "--mode", "lexical", "--json")

    answer = json.loads(out)
    hit = answer["hits"][0]
    assert code == 0
    assert hit["id"] == "tenants-platform-2020#cap-rents"
    assert {"rank", "score", "kind", "title", "text", "document_id", "explanation"} <= set(hit)
    assert {"facets", "generation", "took_ms"} <= set(answer)


def test_search_says_what_a_person_needs(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hit shows title, kind, id, who must act, outcome with its as-of date, source and why."""
    assert built
    out = run(capsys, "search", "cap rents", "--mode", "lexical", "-k", "1")[1]

    for words in (
        "1. Cap rents", "demand · tenants-platform-2020#cap-rents", "Asked of: city council",
        "Outcome: won, June 2021 (as far as known in January 2022)", "Source: Tenants Together",
        "Why: words cap, rents",
        "Place in the source: not known",
    ):  # fmt: skip
        assert words in out


def test_year_filter_says_how_many_undated_it_leaves_out(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Undated documents are left out by a year filter, and counted aloud."""
    assert built
    out = run(capsys, "search", "rents", "--mode", "lexical", "--from", "2000", "--to", "2030")[1]

    assert "leaves out 1 document(s) whose date is not known" in out
    assert "renters-report-2019" not in out


def test_unknown_place_names_near_ones(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place that the gazetteer lacks gives 1 and the nearest names, not an empty answer."""
    assert built
    code, _, aside = run(capsys, "search", "rents", "--mode", "lexical", "--place", "Oaklnad")

    assert code == 1
    assert "us-ca-oakland" in aside


def test_show_prints_records_and_documents(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`kb show` knows a document's id, and says so where an id is not known."""
    assert built
    whole = run(capsys, "show", "tenants-platform-2020")[1]
    code, _, aside = run(capsys, "show", "tenants-platform-2020#none")

    assert "Cap rents" in whole
    assert "Rights: All rights reserved by the holder" in whole
    assert code == 1
    assert "no record 'none'" in aside


def test_vocabularies_are_listed_with_counts(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kb topics` and `kb places` count narrower topics and enclosed places too."""
    assert built
    topics = json.loads(run(capsys, "topics", "--json")[1])
    places = json.loads(run(capsys, "places", "--json")[1])

    counts = {topic["id"]: topic["passages"] for topic in topics}
    assert counts["housing"] > counts["budgets"] == 0
    assert len({place["passages"] for place in places}) == 1


def test_schema_is_for_front_matter(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema asks for what front matter holds, and not for the summary of the body."""
    schema = json.loads(run(capsys, "schema")[1])

    assert "source" in schema["required"]
    assert "summary" not in schema["properties"]


def test_rollback_without_an_earlier_generation_says_so(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing to return to after one build."""
    assert built
    code, _, aside = run(capsys, "rollback")

    assert code == 1
    assert "no earlier generation" in aside


def test_missing_index_names_the_command_that_builds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an index every reading command says `kb build`."""
    for words in (["search", "rent"], ["show", "x"], ["topics"], ["places"]):
        code, _, aside = run(capsys, *words, "--index", str(tmp_path))
        assert code == 1
        assert "Next: kb build" in aside
