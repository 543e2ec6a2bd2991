"""A few broken files, the same on every machine; `make fuzz` tries more of them."""

from collections.abc import Iterator

import pytest

from tests.fuzz.importers import Fuzz
from tests.imports.files import KINDS
from tests.strategies import examples

pytestmark = pytest.mark.slow

TRIES = {"pdf": 300, "docx": 25, "odt": 25, "epub": 25, "rtf": 25}  # pandoc starts anew for each
OTHERS = 150


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzz]:
    """Yield a fuzzer with a file of every kind and a worker with limits."""
    made = Fuzz(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_broken_file_ends_a_worker(fuzz: Fuzz, kind: str) -> None:
    """A broken file is read or refused with a message, within the limits of time and memory."""
    tries = examples(TRIES.get(kind, OTHERS)).max_examples
    found = [fuzz.attempt(kind, seed) for seed in range(tries)]

    assert [(one.seed, one.wrong) for one in found if one] == []
    assert fuzz.counts[kind, "read"] + fuzz.counts[kind, "refused"] == len(found)
