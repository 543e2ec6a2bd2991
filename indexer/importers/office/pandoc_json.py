"""One run of pandoc over a document of strangers: its JSON tree, in little memory."""

import json
import subprocess
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from kb.citations.pandoc import PROGRAM
from kb.errors import UnreadableError

Node = dict[str, Any]

# Pandoc takes 0.6 GB for 900 pages as it writes them, 0.75 GB for the same in Word's own, wordier
# XML; at its limit it stops and says so.
MEMORY = "1024m"
SECONDS = 180  # 900 pages take 4 to 12 of a slow core, and others may want it too
MOST_JSON = 128 * 1024 * 1024  # bytes; 900 pages make 18 MB
LINE_END = "\u2028"  # what a hard line break becomes in a list of inlines

_HEAP_EXHAUSTED = 251  # how a Haskell program ends at its limit
_PLAIN = {"Space": " ", "SoftBreak": " ", "LineBreak": LINE_END}


def read(file: Path, form: str, name: str) -> Node:
    """The JSON tree of a document, where words, spaces and line ends are plain strings.

    `file` lies in a private folder that is written to; `name` is what errors call it.
    """
    out = file.with_suffix(".json")
    limits = ["+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--quiet"]
    options = [f"--from={form}", "--to=json", f"--output={out}"]
    _run([str(program(name)), *limits, *options, str(file)], name)
    if out.stat().st_size > MOST_JSON:
        raise UnreadableError(name, "holds too much text", "a document of at most some 5,000 pages")
    try:
        tree: Node = json.loads(out.read_text(encoding="utf-8"), object_hook=_lightener())
    except RecursionError as error:
        raise too_deep(name) from error
    return tree


def too_deep(name: str) -> UnreadableError:
    """The error of a document whose parts lie in one another without end."""
    wrong = "lists, quotes or tables nested too deeply"
    return UnreadableError(name, wrong, "at most some dozens of levels")


def _run(command: list[str], name: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, arguments without a shell)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        wrong = f"could not be read within {SECONDS} seconds"
        raise UnreadableError(name, wrong, "a shorter document; split it") from error
    except OSError as error:
        wrong = f"pandoc cannot be run ({error.strerror})"
        raise UnreadableError(name, wrong, f"it to run. {_NEXT}") from error
    if done.returncode == _HEAP_EXHAUSTED:
        wrong = f"needs more than {MEMORY.removesuffix('m')} MB of memory to read"
        raise UnreadableError(name, wrong, "a shorter document; split it")
    if done.returncode < 0:
        wrong = f"reading it was ended by signal {-done.returncode}"
        raise UnreadableError(name, wrong, "enough memory and time for a document of its size")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        wrong = f"damaged: pandoc ends with {done.returncode} ({said[:200]})"
        raise UnreadableError(name, wrong, "a whole document; open and save it again")


_NEXT = f"Next: pip install {PROGRAM}, which has it for common processors"


def program(name: str) -> Path:
    """The program that a package ships; the package itself is not imported."""
    try:
        path = Path(str(distribution(PROGRAM).locate_file("pypandoc/files/pandoc")))
    except PackageNotFoundError as error:
        wrong = "pandoc, which reads this kind of document, is not installed"
        raise UnreadableError(name, wrong, f"it. {_NEXT}") from error
    return path


def _lightener() -> Callable[[Node], Node | str]:
    """What makes a word, a space or a line end a string: a tenth of the memory of its node."""
    words: dict[str, str] = {}  # each once, however often it stands in the text

    def lightened(node: Node) -> Node | str:
        kind = node.get("t")
        if kind == "Str":
            return words.setdefault(node["c"], node["c"])
        return _PLAIN.get(kind, node) if isinstance(kind, str) else node

    return lightened
