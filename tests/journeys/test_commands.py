"""The commands of `kb`, as a person at a terminal meets them."""

import json
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from kb.cli import COMMANDS, doctor, main
from tests.builders import (
    make_corpus,
    make_demand,
    make_document,
    make_index,
    make_outcome,
    write_document,
)
from tests.fakes import HashEncoder


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small corpus with its index, where the program looks for them."""
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
    """Return the exit code, what was said, and what was said aside."""
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
    """A hit shows title, kind, id, who must act, outcome with its last look, source and why."""
    assert built
    out = run(capsys, "search", "cap rents", "--mode", "lexical", "-k", "1")[1]

    for words in (
        "1. Cap rents", "demand · tenants-platform-2020#cap-rents", "Directed at: city council",
        "Outcome: won, June 2021 (last checked for news in January 2022)",
        "Source: Tenants Together",
        "Why: words cap, rents",
        "Page or section: not recorded",
    ):  # fmt: skip
        assert words in out


def test_year_filter_says_how_many_undated_it_leaves_out(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Undated documents are left out by a year filter, and counted aloud."""
    assert built
    out = run(capsys, "search", "rents", "--mode", "lexical", "--from", "2000", "--to", "2030")[1]

    assert "Documents left out: 1." in out
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

    assert "source" in schema["else"]["required"]
    assert "campaign" in schema["then"]["required"]
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


def test_doctor_finds_nothing_missing_where_all_is_built(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a build every line says `ok` or what is done without; no line fails."""
    code, out, _ = run(capsys, "doctor")

    states = {line.split(":")[0].split()[1]: line.split()[0] for line in out.splitlines()}
    assert code == 0, out
    assert set(states.values()) <= {"ok", "absent"}
    assert {"program", "packages", "corpus", "encoder", "pandoc", "index", "disk"} <= set(states)
    assert "index: generation " in out


def test_doctor_names_the_next_command(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An absent, an outdated and a damaged index fail, each with the command that mends it."""
    said = []
    write_document(built / "corpus", make_document("later-2021"))
    said.append(run(capsys, "doctor"))
    next((built / "index" / "generations").glob("*/vectors-main.faiss")).write_bytes(b"")
    said.append(run(capsys, "doctor"))
    shutil.rmtree(built / "index")
    said.append(run(capsys, "doctor"))

    lines = [next(line for line in out.splitlines() if " index: " in line) for _, out, _ in said]
    assert [code for code, _, _ in said] == [1, 1, 1]
    assert all(line.startswith("missing") and line.endswith("Next: kb build") for line in lines)
    assert ["older corpus" in lines[0], "damaged" in lines[1], "no index" in lines[2]] == [True] * 3


def test_doctor_names_a_package_of_another_version(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A requirement that is not met is named with both versions, and nothing else is looked at."""
    wanted = ["pydantic>=99", "no-such-package==1", "numpy", "torch==9; extra == 'gpu'"]
    monkeypatch.setattr(doctor, "requires", lambda _: wanted)

    code, out, _ = run(capsys, "doctor")

    assert built
    assert code == 1
    assert re.findall("^missing  packages: (.*); ", out, re.M) == [
        f"pydantic {version('pydantic')} is installed",
        "no-such-package is not installed",
    ]
    assert "index" not in out


def test_a_shell_completes_commands_and_flags(capsys: pytest.CaptureFixture[str]) -> None:
    """The script makes bash complete a command and a flag of one command."""
    _, script, _ = run(capsys, "completion", "bash")
    ask = "{}\nCOMP_WORDS=({}); COMP_CWORD={}; _shtab_kb; echo ${{COMPREPLY[@]}}"

    found = [
        subprocess.run(
            ["bash", "-c", ask.format(script, " ".join(words), len(words) - 1)],
            capture_output=True, text=True, check=True,
        ).stdout.split()
        for words in (["kb", "sear"], ["kb", "serve", "--share"])
    ]  # fmt: skip

    assert found == [["search"], ["--share-shelves"]]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_every_command_is_in_the_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The scripts of other shells name every command."""
    code, script, _ = run(capsys, "completion", shell)

    assert code == 0
    assert [name for name in COMMANDS if name not in script] == []
