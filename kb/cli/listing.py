"""Lists of topics and places, for `kb topics` and `kb places`."""

import argparse
import json
from collections.abc import Iterable

from kb.domain.places import Place
from kb.domain.topics import Topic
from kb.index.contract import Reader
from kb.text.query import QueryTree


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the --json flag to a command."""
    parser.add_argument("--json", action="store_true", help="print the list as JSON")


def listing(reader: Reader, field: str, nouns: Iterable[Topic | Place], as_json: bool) -> str:
    """Return topics or places with their names and passage counts, as lines or as JSON."""
    counts = reader.counts(reader.select(QueryTree(), ())).get(field, {})
    rows = [(noun, counts.get(noun.id, 0)) for noun in nouns]
    if as_json:
        found = [noun.model_dump(mode="json") | {"passages": count} for noun, count in rows]
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(f"{count:6}  {noun.id:32} {_name(noun)}" for noun, count in rows)


def _name(noun: Topic | Place) -> str:
    label = noun.prefLabel if isinstance(noun, Topic) else noun.name
    return " / ".join(dict.fromkeys(label.by_language.values()))
