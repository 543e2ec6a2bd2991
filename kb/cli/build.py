"""kb build: parse, check, embed and index the corpus, and publish the index."""

import argparse

from indexer.build import BuildReport, build, build_shelves
from kb.cli.progress import Bars
from kb.cli.searched_index import build_inputs, warn_left_out
from kb.cli.terminal import say, say_json
from kb.encoders.open import make_spaces
from kb.settings import Settings

MAX_NAMED = 5  # ids named in the summary, which counts the rest
CITED_AGAIN = "Pages show plain citations. Next: pip install pypandoc-binary, then kb build"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--json", action="store_true", help="print the changes as JSON")
    parser.add_argument("--no-wait", action="store_true", help="stop if another build is running")


def build_all(settings: Settings, wait: bool = True) -> tuple[BuildReport, BuildReport | None]:
    """Build the index of the corpus and, if any shelf has documents, the index with shelves.

    Return the report of each build; the second is None if the shelves are empty.
    """
    with Bars() as bars:
        spaces = make_spaces(settings, bars)
        change = build(settings.index, settings.corpus, spaces, bars, wait)
        return change, build_shelves(settings.index, build_inputs(settings, spaces), bars)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Build the indexes and print what changed."""
    change, both = build_all(settings, wait=not arguments.no_wait)
    if arguments.json:
        say_json(change)
    else:
        say(summary(change))
    if both and not arguments.json:
        say(f"Corpus and shelves: {summary(both)}")
    if both:
        warn_left_out(both)
    return 0


def summary(change: BuildReport) -> str:
    """Describe in a few lines what a build did."""
    size = f"{change.documents} documents, {change.passages} passages"
    if not change.published:
        return f"Nothing changed: generation {change.generation} ({size}) is already published."
    lines = [f"Published generation {change.generation}: {size}, in {change.seconds:.1f} s."]
    for word in ("added", "changed", "removed"):
        ids: tuple[str, ...] = getattr(change, word)
        if ids:
            named = ", ".join(ids[:MAX_NAMED]) + (", ..." if len(ids) > MAX_NAMED else "")
            lines.append(f"  {word} {len(ids)}: {named}")
    lines.append(
        f"  embedded {change.embedded} texts of passages and phrases; the others were cached"
    )
    if change.passages and not change.cited:
        lines.append(f"  no formatted citations, because pandoc is not installed. {CITED_AGAIN}")
    return "\n".join(lines)
