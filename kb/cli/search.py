"""kb search: print hits as text, or the full results as JSON."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from typing import get_args

from kb.cli.filters import add_filters, read_filters
from kb.cli.terminal import BOLD_MARK, PLAIN_MARK, say, say_json
from kb.domain.queries import Grouping, Mode, Query, Sort
from kb.domain.results import Coverage, Hit, Results
from kb.encoders.open import open_reranker, open_spaces
from kb.errors import QueryError
from kb.exports.presenter import Presenter
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from kb.settings import MAX_HITS, Settings

QUESTION = 'the query, as one argument; "quoted words" must occur, -word must not'
WIDTH = 96  # columns of text


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("text", nargs="?", default="", help=QUESTION)
    parser.add_argument(
        "-k",
        type=int,
        default=10,
        metavar="N",
        help="number of documents (default 10), or of hits with --group none",
    )
    parser.add_argument(
        "--offset", type=int, default=0, metavar="N", help="number of documents or hits to skip"
    )
    parser.add_argument(
        "--mode", choices=get_args(Mode), default="hybrid",
        help="search by words (lexical), by meaning (dense) or by both (hybrid, the default)",
    )  # fmt: skip
    parser.add_argument(
        "--sort", choices=get_args(Sort), default="relevance", help="sort order of the 50 best hits"
    )
    parser.add_argument(
        "--group", choices=get_args(Grouping), default="document",
        help="document (default): documents, each with up to three of its hits; none: single hits",
    )  # fmt: skip
    parser.add_argument(
        "--no-intent", action="store_true", help="do not prefer the kind of answer asked for"
    )
    parser.add_argument("--json", action="store_true", help="print the full results as JSON")
    add_filters(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search and print the results; return 0 even if there are no hits."""
    if not 1 <= arguments.k <= MAX_HITS or arguments.offset < 0:
        raise QueryError(f"-k {arguments.k}: expected 1 to {MAX_HITS}. Next: kb search --help")
    reader = open_engine(settings.index).searched().reader()
    searcher = Searcher(reader, open_spaces(settings), reranker=open_reranker(settings.reranker))
    query = Query(
        text=arguments.text,
        mode=arguments.mode,
        filters=read_filters(arguments),
        sort=arguments.sort,
        group=arguments.group,
        intent=not arguments.no_intent,
        k=arguments.k,
        offset=arguments.offset,
    )
    results = searcher.search(query)
    if arguments.json:
        say_json(results)
    else:
        say(page(results, arguments.group, sys.stdout.isatty()))
    return 0


def page(results: Results, grouping: Grouping = "document", bold: bool = False) -> str:
    """Return the results as text: each document's best hit in full, one line for each other hit."""
    blocks = [f"! {notice.text}" for notice in results.notices]
    if grouping == "document":
        by_id = {hit.id: hit for hit in results.hits}
        blocks += [_group([by_id[id] for id in one.hits], bold) for one in results.groups]
        size = f"{len(results.groups)} of {results.total_documents} documents with {results.total}"
    else:
        blocks += [_hit(hit, bold) for hit in results.hits]
        size = f"{results.hits[-1].rank if results.hits else 0} of {results.total}"
    if results.coverage:
        blocks.append(coverage(results.coverage))
    blocks.append(
        f"{size} passages, {results.mode}, generation {results.generation}, "
        f"{results.took_ms:.0f} ms"
    )
    return "\n\n".join(blocks)


def coverage(found: Coverage) -> str:
    """Return the coverage of a search as a few lines of text."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.by_kind.items())
    span = f", {found.first_year}-{found.last_year}" if found.first_year else ""
    lines = [f"Indexed for {found.of}: {found.documents} documents ({kinds or 'nothing'}){span}"]
    if found.undated:
        lines.append(f"  {found.undated} have no date, so a filter by year leaves them out")
    lines += [f"  near: {one.field} {one.label} ({one.count})" for one in found.near]
    return "\n".join(lines)


def _group(hits: Sequence[Hit], bold: bool) -> str:
    """Return a document's hits as text: the first in full, one line for each other hit."""
    others = [f"   Also {hit.kind} · {hit.id}: {_name(hit)}" for hit in hits[1:]]
    return "\n".join([_hit(hits[0], bold), *others])


def _name(hit: Hit) -> str:
    """Return the title of a demand or summary, or the beginning of another passage's text."""
    has_title = hit.kind in {"demand", "summary"}
    return hit.title if has_title else textwrap.shorten(hit.text, WIDTH // 2, placeholder="…")


def _hit(hit: Hit, bold: bool) -> str:
    title = marked(hit.title, hit.highlights.title) if bold else hit.title
    text = marked(hit.text, hit.highlights.text) if bold else hit.text
    lines = [f"{hit.rank}. {title}", f"   {hit.kind} · {hit.id}"]
    lines += [textwrap.fill(text, WIDTH, initial_indent="   ", subsequent_indent="   ")]
    lines += [f"   {line}" for line in details(hit)]
    return "\n".join([*lines, f"   Source: {hit.citation}", f"   Why: {why(hit)}"])


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the text with the given spans in bold."""
    for start, end in reversed(spans):
        text = f"{text[:start]}{BOLD_MARK}{text[start:end]}{PLAIN_MARK}{text[end:]}"
    return text


def details(hit: Hit) -> list[str]:
    """Return lines about a hit: facts, shelf, and whether it is unreviewed or has no locator."""
    presenter = Presenter()
    lines = [f"{fact.label}: {fact.sentence}" for fact in presenter.facts(hit.record, hit.kind)]
    if hit.document.shelf:
        lines.append(f"Shelf: {hit.document.shelf}")
    if hit.kind == "suggestion":
        lines.append("Detected automatically as a demand. To review it: kb review")
    if hit.record is not None and hit.record.locator is None:
        lines.append("Page or section: not recorded")
    return lines


def why(hit: Hit) -> str:
    """Explain in one line why a hit was found."""
    found = hit.explanation
    parts = [f"name “{found.named}”"] if found.named else []
    parts += [f"words {', '.join(found.matched)}"] if found.matched else []
    parts += [f"phrase “{found.phrase}”"] if found.phrase else []
    parts += [f"“{one.to}” instead of “{one.word}”" for one in found.corrections]
    parts += [f"“{one.label}” is part of the topic {one.topic}" for one in found.expansions]
    for name, standing in (("lexical", found.lexical), ("dense", found.dense)):
        if standing:
            parts.append(f"{name} rank {standing.rank} ({standing.score:.3g})")
    return "; ".join(parts) or "it matches the filters"
