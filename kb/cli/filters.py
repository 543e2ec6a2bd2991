"""Command-line options for the search filters."""

import argparse
from typing import Any

from pydantic import ValidationError

from kb.domain.queries import FILTERS, FilterField, Filters
from kb.errors import QueryError


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add an option for each filter; values of a repeated option are alternatives."""
    group = parser.add_argument_group("filters (repeat one to match any of several values)")
    for one in FILTERS:
        option = one.option or f"--{one.name.replace('_', '-')}"
        described = Filters.model_fields[one.name].description
        group.add_argument(option, dest=one.name, help=described, **_settings(one))


def _settings(one: FilterField) -> dict[str, Any]:
    if one.multiple:
        metavar = None if one.choices else one.name.upper()
        return {"action": "append", "default": [], "choices": one.choices or None,
                "metavar": metavar}  # fmt: skip
    if one.is_flag:
        return {"action": argparse.BooleanOptionalAction, "default": None}
    return {"type": int, "metavar": (one.counted or one.name).upper()}


def read_filters(arguments: argparse.Namespace) -> Filters:
    """Return the filters given as options; raise QueryError for an invalid value."""
    try:
        return Filters.model_validate(
            {field: getattr(arguments, field) for field in Filters.model_fields}
        )
    except ValidationError as error:
        wrong = "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
        raise QueryError(f"{wrong}. Next: kb search --help") from error
