"""What every test gets: places, and generated cases that are the same on every machine."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,  # a red test is red again on the next machine
    deadline=None,  # no test measures time
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus(repository: Path) -> Path:
    """The corpus that is shipped."""
    return repository / "corpus"
