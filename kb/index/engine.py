"""Open the engine of an index location."""

from pathlib import Path

from kb.index.contract import Engine
from kb.index.local.engine import LocalEngine


def open_engine(location: Path) -> Engine:
    """Return the engine of an index; every location is a folder of the embedded engine."""
    return LocalEngine(location)
