"""`kb evaluate` reads a folder and prints a table or one JSON document."""

import argparse
import json
import re
from pathlib import Path

import pytest

from kb.cli import main
from kb.cli.evaluate import configure
from kb.evaluation.report import Report
from tests.evaluation.builders import make_collection


def evaluate(*words: object) -> int:
    """Run the command with these arguments and return its exit code."""
    return main(["evaluate", *map(str, words)])


def test_json_holds_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the output is the report as one JSON document."""
    folder = make_collection(tmp_path / "c")

    code = evaluate(folder, "--mode", "lexical", "--json", "--index", tmp_path / "kb")

    report = Report.model_validate(json.loads(capsys.readouterr().out))
    assert code == 0
    assert report.systems[0].name == "lexical"
    assert report.queries[0].values["lexical"]["nDCG@10"] == pytest.approx(1.0, abs=0.2)


def test_table_names_its_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table prints each measure by its name and states over which queries the means are."""
    folder = make_collection(tmp_path / "c")

    evaluate(folder, "--mode", "lexical", "--index", tmp_path / "kb")

    printed = capsys.readouterr().out
    for words in ("nDCG@10", "RR(rel=2)@10", "R(rel=2)@100", "Judged@10", "the 3 queries"):
        assert words in printed
    assert "nDCG@10 by user" in printed
    assert "abstention, lexical: 1 of 1" in printed


def test_run_is_compared_with_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--compare names the run by its file and prints the differences on the same queries."""
    folder, run = make_collection(tmp_path / "c"), tmp_path / "former.run"
    run.write_text("q1 Q0 d4 1 2.0 t\nq1 Q0 d1 2 1.0 t\nq2 Q0 d2 1 1.0 t\n", "utf-8")
    words = (folder, "--mode", "lexical", "--index", tmp_path / "kb", "--compare", run)

    assert evaluate(*words) == 0
    printed = capsys.readouterr().out
    evaluate(*words, "--json")
    report = Report.model_validate(json.loads(capsys.readouterr().out))

    assert re.search(r"^lexical and former +queries +former +lexical +difference$", printed, re.M)
    assert re.search(r"^RR\(rel=2\)@10 +2 +0\.750 +1\.000 +\+0\.250$", printed, re.M)
    assert re.search(r"^demand +2 +0\.", printed, re.M)
    first = report.compared[0]
    assert (first.system, first.than, first.kind, first.queries) == ("lexical", "former", None, 3)


def test_run_of_other_queries_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that ranks none of the judged queries is an error."""
    folder, run = make_collection(tmp_path / "c"), tmp_path / "other.run"
    run.write_text("Z1 Q0 d4 1 2.0 t\n", "utf-8")

    assert evaluate(folder, "--mode", "lexical", "--compare", run, "--index", tmp_path / "kb") == 1
    assert "other.run:1: no query of this run is judged" in capsys.readouterr().err


def test_written_run_scores_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that --run wrote has, with --score, the measures of the search that wrote it."""
    folder, run = make_collection(tmp_path / "c"), tmp_path / "run.txt"

    evaluate(folder, "--mode", "lexical", "--json", "--run", run, "--index", tmp_path / "kb")
    searched = json.loads(capsys.readouterr().out)
    evaluate(folder, "--json", "--score", run)
    scored = json.loads(capsys.readouterr().out)

    assert scored["systems"][0]["measures"] == searched["systems"][0]["measures"]
    assert scored["queries"] == searched["queries"]
    assert scored["abstention"] is None


def test_problems_end_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid file ends the command with code 1 and a message for each problem."""
    folder = make_collection(tmp_path / "c")
    (folder / "qrels.tsv").write_text("q1\td1\tgood\nq1\n", "utf-8")

    code = evaluate(folder, "--mode", "lexical", "--index", tmp_path / "kb")

    told = capsys.readouterr().err
    assert code == 1
    assert "qrels.tsv:1: grade 'good' is not a whole number" in told
    assert "qrels.tsv:2: 1 column(s)" in told


def test_mode_of_a_run_made_elsewhere_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--score with --mode is a usage error, as nothing is searched."""
    folder = make_collection(tmp_path / "c")

    assert evaluate(folder, "--score", tmp_path / "run.txt", "--mode", "dense") == 2
    assert "does not search" in capsys.readouterr().err


def test_run_file_in_no_folder_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path that cannot be written is reported before anything is searched."""
    folder = make_collection(tmp_path / "c")

    assert evaluate(folder, "--run", tmp_path / "none" / "run.txt", "--index", tmp_path / "kb") == 2
    assert "does not exist" in capsys.readouterr().err
    assert not (tmp_path / "kb").exists()


def test_documented_flags_are_those_of_the_parser(repository: Path) -> None:
    """docs/evaluation.md lists exactly the flags of the command."""
    parser = argparse.ArgumentParser(add_help=False)
    configure(parser)
    flags = {flag for action in parser._actions for flag in action.option_strings}

    page = (repository / "docs" / "evaluation.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(--[a-z-]+)", page, flags=re.MULTILINE))

    assert documented == flags
