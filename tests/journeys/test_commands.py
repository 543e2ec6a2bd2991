"""The commands of `kb` as a person at a terminal uses them."""

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
    """Return a folder with a small corpus and its index, to which the settings lead."""
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
    """Run a command and return its exit code, stdout and stderr."""
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`kb COMMAND --help` exits with 0 and prints what the command does."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert COMMANDS[command][1:] in " ".join(capsys.readouterr().out.split())


def test_wrong_use_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command or value exits with 2, and the message names the allowed values."""
    for words in (["find"], ["search", "rent", "--kind", "poem"], []):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
    assert "demand" in capsys.readouterr().err


def test_check_is_silent_on_a_valid_corpus(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus without a problem exits with 0 and prints nothing."""
    assert built
    code, out, _ = run(capsys, "check")

    assert (code, out) == (0, "")


def test_check_names_file_line_and_rule(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A problem is printed as `file:line: what is wrong; what was expected`, with exit code 1."""
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
    """A problem of another file is not reported when one file is checked."""
    (built / "corpus" / "platforms" / "bad.md").write_text("nothing", "utf-8")
    good = built / "corpus" / "platforms" / "tenants-platform-2020.md"

    assert run(capsys, "check", str(good))[0] == 0
    assert run(capsys, "check")[0] == 1


def test_check_of_a_missing_path_is_wrong_use(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path that does not exist exits with 2, and the message names it."""
    code, _, aside = run(capsys, "check", str(built / "none.md"))

    assert code == 2
    assert "none.md" in aside


def test_search_gives_json_for_programs(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` has the documented keys; hits name records and documents."""
    assert built
    code, out, _ = run(capsys, "search", "cap rents", "--mode", "lexical", "--json")

    answer = json.loads(out)
    hit = answer["hits"][0]
    assert code == 0
    assert hit["id"] == "tenants-platform-2020#cap-rents"
    assert {"rank", "score", "kind", "title", "text", "document_id", "explanation"} <= set(hit)
    assert {"facets", "generation", "took_ms"} <= set(answer)


def test_search_says_what_a_person_needs(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hit shows title, kind, id, target, outcome with last look, source and explanation."""
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
    """A year filter leaves undated documents out and prints their number."""
    assert built
    out = run(capsys, "search", "rents", "--mode", "lexical", "--from", "2000", "--to", "2030")[1]

    assert "Documents left out: 1." in out
    assert "renters-report-2019" not in out


def test_unknown_place_names_near_ones(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown place exits with 1 and names similar places."""
    assert built
    code, _, aside = run(capsys, "search", "rents", "--mode", "lexical", "--place", "Oaklnad")

    assert code == 1
    assert "us-ca-oakland" in aside


def test_show_prints_a_document_and_refuses_an_unknown_record(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kb show` prints a document by its id, and reports an unknown record."""
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
    """`kb topics` and `kb places` count narrower topics and contained places too."""
    assert built
    topics = json.loads(run(capsys, "topics", "--json")[1])
    places = json.loads(run(capsys, "places", "--json")[1])

    counts = {topic["id"]: topic["passages"] for topic in topics}
    assert counts["housing"] > counts["budgets"] == 0
    assert len({place["passages"] for place in places}) == 1


def test_schema_is_for_front_matter(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema requires keys of the front matter, and has no summary."""
    schema = json.loads(run(capsys, "schema")[1])

    assert "source" in schema["else"]["required"]
    assert "campaign" in schema["then"]["required"]
    assert "summary" not in schema["properties"]


def test_rollback_without_an_earlier_generation_says_so(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After one build a rollback exits with 1."""
    assert built
    code, _, aside = run(capsys, "rollback")

    assert code == 1
    assert "no earlier generation" in aside


def test_missing_index_names_the_command_that_builds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an index every command that reads it names `kb build`."""
    for words in (["search", "rent"], ["show", "x"], ["topics"], ["places"]):
        code, _, aside = run(capsys, *words, "--index", str(tmp_path))
        assert code == 1
        assert "Next: kb build" in aside


def test_doctor_finds_nothing_missing_where_all_is_built(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a build every line of `kb doctor` begins with `ok` or `absent`."""
    code, out, _ = run(capsys, "doctor")

    states = {line.split(":")[0].split()[1]: line.split()[0] for line in out.splitlines()}
    assert code == 0, out
    assert set(states.values()) <= {"ok", "absent"}
    assert {"program", "packages", "corpus", "encoder", "pandoc", "index", "disk"} <= set(states)
    assert "index: generation " in out


def test_doctor_names_the_next_command(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An outdated, a damaged and a missing index fail, each with the command that repairs it."""
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
    """An unmet requirement is named with the installed version, and other checks are skipped."""
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
    """The bash script completes a command and a flag of one command."""
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
    """The scripts for zsh and fish name every command."""
    code, script, _ = run(capsys, "completion", shell)

    assert code == 0
    assert [name for name in COMMANDS if name not in script] == []
