"""Open the engine of an index location."""

from pathlib import Path

from kb.index.contract import Engine
from kb.index.local.engine import LocalEngine


def open_engine(location: Path) -> Engine:
    """Open the index at a location, which is always a folder of the embedded engine."""
    return LocalEngine(location)
