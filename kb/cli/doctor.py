"""kb doctor: what is installed and built, one line each, and the next command where it is not."""

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
    """What was looked at, how it is, and the next command where it is not as it should be."""

    subject: str
    state: Literal["ok", "absent", "missing"]  # absent: something works less well without it
    said: str
    next: str = ""

    @property
    def fails(self) -> bool:
        """Whether a search cannot do without it."""
        return self.state == "missing"

    def __str__(self) -> str:
        end = f". Next: {self.next}" if self.next else ""
        return f"{self.state:7}  {self.subject}: {self.said}{end}"


def is_there(subject: str, said: str) -> Finding:
    """Return the finding of something that is as it should be."""
    return Finding(subject, "ok", said)


def is_absent(subject: str, said: str, next: str) -> Finding:
    """Return the finding of something that the program does without."""
    return Finding(subject, "absent", said, next)


def is_missing(subject: str, said: str, next: str = "") -> Finding:
    """Return the finding of something that must be mended; an error may name the next command."""
    return Finding(subject, "missing", said, next)


def configure(_: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Print the findings; 0 if nothing that a search needs is missing, else 1."""
    findings = [_python(), *_packages()]
    if not any(one.fails for one in findings):
        # Imported only now: without the packages it cannot be.
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
    """Return what the installed program requires; a checkout that is only on the path says none."""
    try:
        return [one for one in requires(DISTRIBUTION) or [] if "extra ==" not in one]
    except PackageNotFoundError:
        return []


def _difference(wanted: Requirement) -> str:
    """Return how the installed package differs from what is wanted; "" where it does not."""
    if wanted.marker and not wanted.marker.evaluate():
        return ""
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is not installed; expected {wanted.name}{wanted.specifier}"
    if wanted.specifier.contains(found, prereleases=True):
        return ""
    return f"{wanted.name} {found} is installed; expected {wanted.name}{wanted.specifier}"
