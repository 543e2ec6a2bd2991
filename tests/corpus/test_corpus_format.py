"""docs/corpus-format.md agrees with the models, and its example is a valid document."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from indexer.corpus.draft import FIELDS
from indexer.corpus.front_matter import read_yaml
from indexer.corpus.parse import parse
from indexer.corpus.schema import front_matter_schema
from indexer.corpus.write import write
from kb.domain.campaigns import InstrumentKind, OutcomeStatus
from kb.domain.documents import Head
from kb.domain.places import Level
from kb.domain.quantities import CURRENCIES, MEASURES, Qualifier
from kb.domain.records import Action, Detail

PAGE = Path(__file__).parents[2] / "docs" / "corpus-format.md"


def inner(kind: Any) -> Any:
    """Return a type without `None`, tuples or other wrappers around it."""
    if get_origin(kind) in {Union, UnionType}:
        return inner(next(one for one in get_args(kind) if one is not NoneType))
    return inner(get_args(kind)[0]) if get_origin(kind) is tuple else kind


def value(kind: Any) -> str:
    """Return the words of the table for the values of a type."""
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{one}`" for one in get_args(kind))
    return {str: "words", int: "a whole number", dict[str, str]: "words by language"}[kind]


def rows(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield a row of the table for each key, followed by the keys inside it."""
    for name, field in model.model_fields.items():
        if (prefix, name) == ("", "summary"):  # it stands in the body
            continue
        kind, key = inner(field.annotation), f"{prefix}{name}"
        many = "tuple" in str(field.annotation)
        needed = "yes" if field.is_required() else "no"
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            said = "a list of entries with the keys below" if many else "the keys below"
            about = field.description or (kind.__doc__ or "").splitlines()[0]
            yield f"| `{key}` | {needed} | {said} | {about} |"
            yield from rows(kind, f"{key}[]." if many else f"{key}.")
        else:
            said = f"a list: {value(kind)}" if many else value(kind)
            default = f"; `{field.default}` if left out" if isinstance(field.default, str) else ""
            yield f"| `{key}` | {needed} | {said}{default} | {field.description or ''} |"


def front_matter() -> str:
    """Return the table of the front matter in Markdown."""
    return "\n".join(
        ["| key | needed | value | meaning |", "| --- | --- | --- | --- |", *rows(Head)]
    )


def lists() -> str:
    """Return the table of the controlled lists of the body in Markdown."""
    named = {
        "`Action`": get_args(Action),
        "`Level`": get_args(Level),
        "Detail": get_args(Detail),
        "Status in `Decides`": get_args(OutcomeStatus),
        "Kind of an `Instrument`": get_args(InstrumentKind),
        "Qualifier of a quantity": get_args(Qualifier),
        "Currency (ISO 4217)": CURRENCIES,
        "Measure": MEASURES,
    }
    table = [
        f"| {name} | {', '.join(f'`{one}`' for one in some)} |" for name, some in named.items()
    ]
    return "\n".join(["| list | values |", "| --- | --- |", *table])


@pytest.mark.parametrize("name", ["front matter", "lists"])
def test_tables_are_those_of_the_models(name: str) -> None:
    """The tables of the page are those made from the models; a failure shows the expected table."""
    text = PAGE.read_text("utf-8")
    made = {"front matter": front_matter, "lists": lists}[name]()

    (found,) = re.findall(rf"<!-- {name}: begin.*? -->\n(.*?)<!-- {name}: end -->", text, re.DOTALL)

    assert found.strip() == made


def test_every_key_has_a_description() -> None:
    """Every key of the front matter has a description."""
    assert [row for row in rows(Head) if row.endswith("|  |")] == []


def test_every_field_of_records_and_events_is_on_the_page() -> None:
    """The page lists the fields that the parser knows, in the same order."""
    named = re.findall(
        r"^\| `([A-Z][A-Za-z ]+)` \| (?:demand|finding|record|event)[a-z, ]* \|",
        PAGE.read_text("utf-8"),
        re.M,
    )

    assert named == list(FIELDS)


def example() -> str:
    """Return the example document of the page."""
    return PAGE.read_text("utf-8").split("```markdown\n", 1)[1].split("```\n", 1)[0]


def test_the_example_is_a_document() -> None:
    """The example parses, has every kind of record, and is the same when written and read again."""
    document = parse("example.md", example()).document

    assert [record.kind for record in document.records] == [
        "demand",
        "demand",
        "demand",
        "finding",
        "idea",
    ]
    assert parse("again.md", write(document)).document == document


def test_the_schema_and_the_example_agree() -> None:
    """The schema of `kb schema` has every key of the example, and requires no key beyond them."""
    matter, _, _ = read_yaml("example.md", example().split("---\n")[1], first=2)
    schema = front_matter_schema()

    assert {*schema["required"], *schema["else"]["required"]} <= set(matter)
    assert set(matter) <= set(schema["properties"])
