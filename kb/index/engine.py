"""The one way to an index: which engine a location names."""

from pathlib import Path

from kb.index.contract import Engine
from kb.index.local.engine import LocalEngine


def open_engine(location: Path) -> Engine:
    """Return the engine of an index: a folder is kept by the embedded engine."""
    return LocalEngine(location)
