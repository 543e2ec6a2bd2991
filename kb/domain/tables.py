"""Tables that count the contents of the corpus and show its gaps."""

from pydantic import Field

from kb.domain.base import Noun

CAMPAIGNS = "campaigns"  # name of the table that counts case files by kind of campaign


class Row(Noun):
    """A table row: a value and the number of items with it, and in some tables a total or goal."""

    value: str = Field(description="Value of the table's field; empty if the items have none.")
    number: int = Field(description="Number of items with the value.")
    of: int | None = Field(None, description="Total; in the table of campaigns, the goal.")
    undone: int | None = Field(None, description="Number of campaigns lost or reversed.")
    regions: int | None = Field(None, description="Number of US states and of other countries.")


class Table(Noun):
    """A table whose rows count the values of one field."""

    name: str = Field(description="Name of the table, a key of `COVERAGE`.")
    field: str = Field(description="Field that the values belong to, as in filters.")
    rows: tuple[Row, ...] = Field(description="Rows, in order.")
