"""The program as people install it: a wheel in an environment of its own, run from any folder."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

from indexer.build import CACHE
from kb.encoders.open import FOLDER

BUILD = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
STOP_SECONDS = 30


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return the programs of a new environment with the wheel.

    The dependencies are those of the environment that runs the tests.
    """
    home = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-c", BUILD, str(home)],
        cwd=repository, check=True, capture_output=True, text=True,
    )  # fmt: skip
    venv.create(home / "venv", symlinks=True)
    python = home / "venv" / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--python", str(python), "install", "--no-deps",
         "--no-index", "--disable-pip-version-check", str(home / built.stdout.split()[-1])],
        check=True,
    )  # fmt: skip
    (site_packages,) = (home / "venv").glob("lib/python*/site-packages")
    # A path file names the dependencies; the path files among them, such as the one of an
    # editable install of this checkout, are not followed.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return python.parent


@pytest.mark.slow
def test_an_installed_program_builds_and_serves_from_any_folder(
    installed: Path, whole_index: Path, exported: Path, tmp_path: Path
) -> None:
    """`kb serve` in an empty folder builds the index of the packaged corpus and answers from it."""
    own = tmp_path / "data" / "precedent" / "index"
    (own / CACHE).parent.mkdir(parents=True)
    (own / FOLDER).symlink_to(exported / FOLDER)
    shutil.copytree((whole_index / CACHE).parent, (own / CACHE).parent, dirs_exist_ok=True)
    (tmp_path / "empty").mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [installed / "kb", "serve", "--port", "0"],
        cwd=tmp_path / "empty",
        env=kept | {"XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        said: list[str] = []
        while not said or not said[-1].startswith("Serving "):
            line = process.stdout.readline()
            assert line, f"the server ended: {said}"
            said.append(line)
        address = said[-1].split(" ")[1]
        with urlopen(f"{address}/v1/search?q=cash+bail&k=1") as answer:
            found = json.load(answer)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)

    assert "bail" in found["hits"][0]["title"]
    assert "No index" in said[0]
    assert process.returncode == 0
    assert list((tmp_path / "empty").iterdir()) == []
    assert sorted(path.name for path in own.parent.iterdir()) == ["index"]


@pytest.mark.slow
def test_an_installed_program_checks_its_corpus(installed: Path, tmp_path: Path) -> None:
    """The wheel holds the whole corpus, and `kb check` reads it there and finds no problem."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    ended = subprocess.run(
        [installed / "kb", "check"], cwd=tmp_path, env=kept, capture_output=True, text=True
    )

    assert ended.returncode == 0, ended.stdout
    assert f"{installed.parent}/lib" in ended.stderr
    assert "documents, no problems" in ended.stderr
