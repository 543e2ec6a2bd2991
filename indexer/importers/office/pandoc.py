"""Convert a prepared document to HTML with pandoc."""

import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kb.citations.pandoc import PROGRAM
from kb.errors import UnreadableError

# Pandoc needs 0.6 GB for a document of 900 pages that it wrote, and 0.75 GB for Word's more verbose
# XML; at the limit, it exits with an error.
MEMORY = "1024m"
SECONDS = 180  # 900 pages take 4 to 12 on a slow core, which other processes may share
MAX_HTML = 20_000_000  # bytes; 900 pages make 4 MB

_HEAP_EXHAUSTED = 251  # exit status of a Haskell program at its memory limit
# Writes the values that pandoc takes for metadata before the text, each with its style.
_TEMPLATE = """<html><body>
$if(title)$<p class="front" data-custom-style="Title">$title$</p>$endif$
$if(subtitle)$<p class="front" data-custom-style="Subtitle">$subtitle$</p>$endif$
$for(author)$<p class="front" data-custom-style="Author">$author$</p>$endfor$
$if(date)$<p class="front" data-custom-style="Date">$date$</p>$endif$
$if(abstract)$<div class="front" data-custom-style="Abstract">$abstract$</div>$endif$
$body$</body></html>
"""
# HTML cannot express the delimiters of list numbers, as in `a)` and `(a)`.
_FILTER = """
function OrderedList(list)
  return pandoc.Div(list, {class = list.listAttributes.delimiter})
end
"""


def to_html(file: Path, form: str, name: str) -> str:
    """Convert a document to HTML; temporary files are written to its folder.

    Raise UnreadableError, whose message names the file `name`, if pandoc is not installed, fails or
    exceeds a limit.
    """
    out, template = file.with_suffix(".html"), file.with_suffix(".template")
    template.write_text(_TEMPLATE, encoding="utf-8")
    signs = file.with_suffix(".lua")
    signs.write_text(_FILTER, encoding="utf-8")
    limits = ["+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--quiet"]
    options = [f"--from={form}", "--to=html", f"--template={template}", f"--output={out}"]
    plain = ["--wrap=none", "--no-highlight", *([f"--lua-filter={signs}"] if form == "odt" else [])]
    _run([str(program(name)), *limits, *options, *plain, str(file)], name)
    if out.stat().st_size > MAX_HTML:
        raise UnreadableError(name, "too much text", "a document of at most about 4,000 pages")
    return out.read_text(encoding="utf-8")


def _run(command: list[str], name: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, arguments without a shell)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        wrong = f"could not be read within {SECONDS} seconds"
        raise UnreadableError(name, wrong, "a shorter document. Next: split it") from error
    except OSError as error:
        wrong = f"pandoc cannot be run ({error.strerror})"
        raise UnreadableError(name, wrong, f"a working pandoc. {_NEXT}") from error
    if done.returncode == _HEAP_EXHAUSTED:
        wrong = f"needs more than {MEMORY.removesuffix('m')} MB of memory to read"
        raise UnreadableError(name, wrong, "a shorter document. Next: split it")
    if done.returncode < 0:
        wrong = f"pandoc was killed by signal {-done.returncode}"
        raise UnreadableError(name, wrong, "enough memory and time for a document of its size")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        wrong = f"damaged: pandoc exited with {done.returncode} ({said[:200]})"
        raise UnreadableError(name, wrong, "an intact document. Next: open and save it again")


_NEXT = f"Next: pip install {PROGRAM}, which includes it for common processors"


def program(name: str) -> Path:
    """Return the path of the pandoc binary in its package. Raise UnreadableError if absent."""
    try:
        return Path(str(distribution(PROGRAM).locate_file("pypandoc/files/pandoc")))
    except PackageNotFoundError as error:
        wrong = "pandoc, which reads this kind of document, is not installed"
        raise UnreadableError(name, wrong, f"pandoc. {_NEXT}") from error
