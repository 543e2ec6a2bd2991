"""Write the tables of measurements in the README and docs/, and the plot.

`python -m benchmarks.report` writes both from the stored results; `--check` only reports whether
the tables are current. The plot needs altair and vl-convert-python; tables need only the results.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.machine import ROOT
from benchmarks.relevance_tables import collections, former, public, quality, weak
from benchmarks.results import (
    FOLDER,
    Ablations,
    Encode,
    Importers,
    Load,
    Peers,
    Relevance,
    Scale,
    Suggest,
)
from benchmarks.suggestions import Measured, suggestions_table
from benchmarks.tables import (
    ablations_table,
    encode_table,
    importers_table,
    load_table,
    machine_line,
    peers_table,
    scale_table,
    suggest_table,
)

PAGES = (
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md"
      for name in ("evaluation", "performance", "ablations", "suggestions")),
)  # fmt: skip
PLOT = ROOT / "docs" / "performance.svg"
BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- /\2 -->)", re.S)
INSTALL = "pip install -e '.[benchmarks]'"
WIDTH, HEIGHT = 260, 200  # of one collection in the plot


def read_peers(folder: Path = FOLDER) -> list[Peers]:
    """Read the stored comparisons, by collection."""
    return [
        Peers.model_validate_json(path.read_bytes()) for path in sorted(folder.glob("peers-*.json"))
    ]


def read_relevance(folder: Path = FOLDER, name: str = "relevance") -> list[Relevance]:
    """Read the stored evaluations whose file names begin with `name`, sorted by file name."""
    return [
        Relevance.model_validate_json(path.read_bytes())
        for path in sorted(folder.glob(f"{name}-*.json"))
    ]


def tables(folder: Path = FOLDER) -> dict[str, str]:
    """Return the Markdown of each block of the pages by its name, from the stored results."""
    peers = read_peers(folder)
    loads = [
        Load.model_validate_json(one.read_bytes()) for one in sorted(folder.glob("load*.json"))
    ]
    scales = [
        Scale.model_validate_json(one.read_bytes()) for one in sorted(folder.glob("scale*.json"))
    ]
    encodes = [
        Encode.model_validate_json(one.read_bytes()) for one in sorted(folder.glob("encode*.json"))
    ]
    imports = [
        Importers.model_validate_json(one.read_bytes())
        for one in sorted(folder.glob("importers*.json"))
    ]
    measured = [
        Measured.model_validate_json(one.read_bytes())
        for one in sorted(folder.glob("suggestions*.json"))
    ]
    typed = [
        Suggest.model_validate_json(one.read_bytes()) for one in sorted(folder.glob("suggest.json"))
    ]
    studied = [
        Ablations.model_validate_json(one.read_bytes())
        for one in sorted(folder.glob("ablations-*.json"))
    ]
    relevance = read_relevance(folder)
    return {
        "quality": quality(relevance, studied),
        "public": public(relevance),
        "weak": weak(relevance),
        "former": former(read_relevance(folder, "former")),
        "collections": collections(relevance),
        "ablations": ablations_table(studied) if studied else "Nothing is stored yet.",
        "peers": _joined([f"{peers_table(one)}\n{machine_line(one.machine)}" for one in peers]),
        "encode": _joined(
            [f"{encode_table([one])}\n{machine_line(one.machine)}" for one in encodes]
        ),
        "importers": _joined(
            [f"{importers_table(one)}\n{machine_line(one.machine)}" for one in imports]
        ),
        "load": _joined([f"{load_table(one)}\n{machine_line(one.machine)}" for one in loads]),
        "suggest": _joined([f"{suggest_table(one)}\n{machine_line(one.machine)}" for one in typed]),
        "suggestions": _joined(
            [f"{suggestions_table(one)}\n\n{machine_line(one.machine)}" for one in measured]
        ),
        "scale": _joined([f"{scale_table(one)}\n{machine_line(one.machine)}" for one in scales]),
    }


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) or "Nothing is stored yet."


def render(page: str, blocks: Mapping[str, str]) -> str:
    """Return a page with its blocks replaced; other text is unchanged.

    Raise KeyError if a block of the page is not in `blocks`.
    """
    return BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]]}\n\n{found[3]}", page)


def plot(peers: Sequence[Peers], path: Path) -> None:
    """Plot the quality of every system against its search time, one panel per collection."""
    import altair  # noqa: PLC0415 - an extra that only the plot needs

    rows = [
        {
            "collection": one.collection,
            "system": system.name,
            "quality": system.measures[one.main],
            "time": system.search.p50,
        }
        for one in peers
        for system in one.systems
        if system.search
    ]
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("time:Q", title="median of a question, ms", scale=altair.Scale(type="log")),
        y=altair.Y("quality:Q", title=peers[0].main, scale=altair.Scale(zero=False)),
        color=altair.Color("system:N", title=None),
        shape=altair.Shape("system:N", title=None),
    )
    panel = base.mark_point(filled=True, size=90).properties(width=WIDTH, height=HEIGHT)
    chart = panel.facet(facet=altair.Facet("collection:N", title=None), columns=2)
    chart.resolve_scale(y="independent").save(str(path))


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pages and the plot, or check or print the tables; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.report", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if they differ")
    parser.add_argument("--markdown", action="store_true", help="print the tables, write nothing")
    arguments = parser.parse_args(argv)
    blocks = tables()
    if arguments.markdown:
        print(*blocks.values(), sep="\n\n")
        return 0
    pages = {path: path.read_text("utf-8") for path in PAGES}
    filled = {path: render(text, blocks) for path, text in pages.items()}
    if arguments.check:
        return int(filled != pages)
    for path, text in filled.items():
        path.write_text(text, "utf-8")
    try:
        plot(read_peers(), PLOT)
    except ModuleNotFoundError as error:
        print(f"no plot: {error.name} is not installed. Next: {INSTALL}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
