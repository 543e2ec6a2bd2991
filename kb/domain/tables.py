"""Tables that count what the corpus has and what it lacks."""

from pydantic import Field

from kb.domain.base import Noun

CAMPAIGNS = "campaigns"  # name of the table that counts case files by kind of campaign


class Row(Noun):
    """A value and how many there are; in a share, also the total."""

    value: str = Field(description="Value of the table's field; empty if there is none.")
    number: int = Field(description="How many there are.")
    of: int | None = Field(None, description="Total, or the number that is aimed at.")
    undone: int | None = Field(None, description="Campaigns that lost or were reversed.")
    regions: int | None = Field(None, description="States, or countries outside the US.")


class Table(Noun):
    """A table whose rows count the values of one field."""

    name: str = Field(description="Name of the table, a key of `COVERAGE`.")
    field: str = Field(description="Field that the values belong to, as in filters.")
    rows: tuple[Row, ...] = Field(description="Rows, in order.")
