"""One server over the shipped corpus, and one browser, for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import serving

if TYPE_CHECKING:
    from tests.browser.engine import Browser
    from tests.browser.reader import Manner, Reader


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """Yield the browser of this machine, and close it before tests of other folders begin."""
    from tests.browser import engine  # noqa: PLC0415 - absent packages skip tests, not the run

    if engine.program() is None:
        pytest.skip(engine.ABSENT)
    with engine.browsing() as browser:
        yield browser


@pytest.fixture(scope="package")
def site(browser: "Browser", whole_index: Path, repository: Path) -> Iterator[str]:
    """Yield the address of a server over the index of the corpus."""
    with serving(whole_index, repository) as address:
        yield address


@pytest.fixture
def manner(request: pytest.FixtureRequest) -> "Manner":
    """Return the test's `Manner`: English, on a desktop, with scripts, unless it sets another."""
    from tests.browser.reader import Manner  # noqa: PLC0415

    found = getattr(request, "param", None)
    return found if isinstance(found, Manner) else Manner()


@pytest.fixture
def reader(browser: "Browser", site: str, manner: "Manner") -> Iterator["Reader"]:
    """Yield a reader of the site; anything that goes wrong on its pages fails the test."""
    from tests.browser.reader import reading  # noqa: PLC0415

    yield from reading(browser, site, manner)
