"""The server, started as people start it, over an index of the shipped corpus."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVE = "import sys; from kb.cli import main; sys.exit(main(['serve', '--port', '0']))"
STOP_SECONDS = 30


@contextmanager
def serving(index: Path, repository: Path, **settings: str) -> Iterator[str]:
    """Start a server with more settings by name, yield its address, and stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=repository,
        env=os.environ | {"KB_INDEX": str(index), "PYTHONUNBUFFERED": "1"} | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "(generation " in line, f"the server says: {line or 'nothing'}"
        yield line.split(" ")[1]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)
