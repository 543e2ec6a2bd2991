"""A private search leaves its words in no cache."""

import functools
import gc
import sys
from collections.abc import Iterator
from inspect import isclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

# Each word occurs nowhere else. A stem, a folded form or a spelling of it would begin like it.
WORDS = ["zzkanarivogel", "Zzúnicaspalabras", "zzqueues", "zzhuelgas", "zz-compound", "$98765432"]
HELD = ("zzkanar", "zzunica", "zzúnica", "zzqueue", "zzhuelga", "zz-comp", "98765432")


def caches() -> list[Any]:
    """Return every cached function and method of the program."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "kb"]
    holders = [*modules, *(one for m in modules for one in vars(m).values() if isclass(one))]
    found = {id(one): one for holder in holders for one in vars(holder).values()
             if isinstance(one, functools._lru_cache_wrapper)}  # fmt: skip
    return list(found.values())


def texts(held: Any, depth: int = 4) -> Iterator[str]:
    """Yield the texts in a cache: in its keys, its values and their parts."""
    for one in gc.get_referents(held):
        if isinstance(one, str):
            yield one.lower()
        elif depth and not isinstance(one, type) and not callable(one):
            yield from texts(one, depth - 1)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("quoted", [False, True])
def test_no_cache_holds_words_of_a_private_question(
    client: TestClient, word: str, quoted: bool
) -> None:
    """After private searches and suggestions, by page and API, no cache contains their words."""
    question = f'"{word} police" of schools' if quoted else f"{word} police of schools"

    page = client.post("/search", data={"q": question})
    answer = client.post("/v1/search", json={"q": question})
    suggested = client.post("/v1/suggest", json={"q": f"police {word}"})

    assert [one.status_code for one in (page, answer, suggested)] == [200] * 3
    assert len(caches()) > 3
    found = [text for cache in caches() for text in texts(cache)]
    assert len(found) > 100
    assert [text for text in found if any(one in text for one in HELD)] == []
