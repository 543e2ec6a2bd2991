"""A minute's worth of broken files, the same on every machine; `make fuzz` goes on for longer."""

from collections.abc import Iterator

import pytest

from tests.fuzz.importers import Fuzz
from tests.imports.files import KINDS

TRIES = {"pdf": 300, "docx": 25, "odt": 25, "epub": 25, "rtf": 25}  # pandoc starts anew for each
OTHERS = 150


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzz]:
    """Seeds of every kind, and a worker with limits."""
    made = Fuzz(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_broken_file_ends_a_worker(fuzz: Fuzz, kind: str) -> None:
    """Whatever is broken, a file is read or refused in words, within its time and memory."""
    found = [fuzz.attempt(kind, seed) for seed in range(TRIES.get(kind, OTHERS))]

    assert [(one.seed, one.wrong) for one in found if one] == []
    assert fuzz.counts[kind, "read"] + fuzz.counts[kind, "refused"] == len(found)
