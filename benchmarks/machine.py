"""Describe the machine, the date and the versions of a measurement."""

import hashlib
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kb
from kb.domain.base import Noun

ROOT = Path(kb.__file__).resolve().parents[1]


class Machine(Noun):
    """The machine, the date and the software versions of a measurement."""

    date: str
    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    code: str  # shortened SHA-256 of our sources: shows whether two tables are of the same program
    versions: dict[str, str]


def machine(packages: Sequence[str], before: str | None = None) -> Machine:
    """Describe this machine now; leave out packages that are not installed.

    `before` is the checksum of our sources when the run began; both are named if they differ.
    """
    code = _code()
    return Machine(
        date=datetime.now(UTC).date().isoformat(),
        processor=_field(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        code=code if before in {None, code} else f"{before} to {code}",
        versions={name: found for name in packages if (found := _version(name))},
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _code() -> str:
    total = hashlib.sha256()
    for folder in ("kb", "indexer"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            total.update(str(path.relative_to(ROOT)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


def memory_mb(pid: int | None = None, peak: bool = False) -> float:
    """Return the resident memory of a process in MB, current or peak; 0 if it has ended.

    It is read from /proc, because `ru_maxrss` of a child starts at its parent's memory.
    """
    status = Path("/proc") / str(pid or os.getpid()) / "status"
    kilobytes = _field(status, "VmHWM" if peak else "VmRSS")
    return round(int(kilobytes.split()[0]) / 1024, 1) if kilobytes else 0.0


def _field(path: Path, name: str) -> str | None:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return None
    found = (line.partition(":") for line in lines)
    return next((value.strip() for key, _, value in found if key.strip() == name), None)
