"""The filters of a search as options, one a field of `Filters`."""

import argparse
from typing import get_args

from pydantic import ValidationError

from kb.domain.documents import Action, DocumentKind, OutcomeStatus
from kb.domain.passages import PassageKind
from kb.domain.places import Level
from kb.domain.queries import MULTIPLE, Filters
from kb.errors import QueryError

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(PassageKind),
    "document_kind": get_args(DocumentKind),
    "level": get_args(Level),
    "action": get_args(Action),
    "outcome": get_args(OutcomeStatus),
}


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add an option for each filter; one given twice means either value."""
    group = parser.add_argument_group("filters (repeat one for either value)")
    for field in MULTIPLE:
        words = Filters.model_fields[field].description
        group.add_argument(
            _flag(field), dest=field, action="append", default=[], choices=CHOICES.get(field),
            metavar=None if field in CHOICES else field.upper(), help=words,
        )  # fmt: skip
    group.add_argument("--from", dest="year_from", type=int, metavar="YEAR", help="first year")
    group.add_argument("--to", dest="year_to", type=int, metavar="YEAR", help="last year")
    group.add_argument(
        "--has-amount", action=argparse.BooleanOptionalAction, default=None,
        help="only records that state an amount or figure (or none)",
    )  # fmt: skip


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters that were given; QueryError for a value out of its range."""
    try:
        return Filters.model_validate(
            {field: getattr(arguments, field) for field in Filters.model_fields}
        )
    except ValidationError as error:
        wrong = "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
        raise QueryError(f"{wrong}. Next: kb search --help") from error


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"
