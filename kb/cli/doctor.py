"""kb doctor: check what is installed and built, and print the next command for each problem."""

import argparse
import platform
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Literal, NamedTuple

from packaging.requirements import Requirement

from kb import __version__
from kb.cli.terminal import say
from kb.settings import Settings

DISTRIBUTION = "precedent"
REINSTALL = "make run in a checkout, else pip install --force-reinstall precedent"
NAMED = ("torch", "onnxruntime", "tantivy", "faiss-cpu", "fastapi", "pydantic")


class Finding(NamedTuple):
    """The result of a check: the subject, its state, a message and the next command."""

    subject: str
    state: Literal["ok", "absent", "missing"]  # absent: optional, missing: required
    said: str
    next: str = ""

    @property
    def fails(self) -> bool:
        """Return whether a required part is missing."""
        return self.state == "missing"

    def __str__(self) -> str:
        end = f". Next: {self.next}" if self.next else ""
        return f"{self.state:7}  {self.subject}: {self.said}{end}"


def is_there(subject: str, said: str) -> Finding:
    """Return the finding for a check that passed."""
    return Finding(subject, "ok", said)


def is_absent(subject: str, said: str, next: str) -> Finding:
    """Return the finding for an optional part that is not installed."""
    return Finding(subject, "absent", said, next)


def is_missing(subject: str, said: str, next: str = "") -> Finding:
    """Return the finding for a missing required part; `said` may already name the next command."""
    return Finding(subject, "missing", said, next)


def configure(_: argparse.ArgumentParser) -> None:
    """Do nothing, because the command has no arguments."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Print the findings; return 1 if a required part is missing, else 0."""
    findings = [_python(), *_packages()]
    if not any(one.fails for one in findings):
        # Imported late because it fails without the packages.
        findings += import_module("kb.cli.doctor_checks").checks(settings)
    for finding in findings:
        say(str(finding))
    return 1 if any(one.fails for one in findings) else 0


def _python() -> Finding:
    system = f"{platform.system()} {platform.machine()}"
    said = f"precedent {__version__}, Python {platform.python_version()}, {system}"
    return is_there("program", said)


def _packages() -> Iterator[Finding]:
    wrong = [said for line in requirements() if (said := _difference(Requirement(line)))]
    for said in wrong:
        yield is_missing("packages", said, REINSTALL)
    if not wrong:
        yield is_there("packages", ", ".join(f"{name} {version(name)}" for name in NAMED))


def requirements() -> list[str]:
    """Return the requirements of the installed program; empty if it is not installed."""
    try:
        return [one for one in requires(DISTRIBUTION) or [] if "extra ==" not in one]
    except PackageNotFoundError:
        return []


def _difference(wanted: Requirement) -> str:
    """Describe how the installed package differs from the requirement, or return "" if it fits."""
    if wanted.marker and not wanted.marker.evaluate():
        return ""
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is not installed; expected {wanted.name}{wanted.specifier}"
    if wanted.specifier.contains(found, prereleases=True):
        return ""
    return f"{wanted.name} {found} is installed; expected {wanted.name}{wanted.specifier}"
