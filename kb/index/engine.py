"""Open the engine of the index in a folder."""

from pathlib import Path

from kb.index.contract import Engine
from kb.index.local.engine import LocalEngine


def open_engine(location: Path) -> Engine:
    """Return the engine for the index at a location, which must be a local folder."""
    return LocalEngine(location)
