"""The base of every noun: frozen, closed, and described field by field."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen record; an unknown field is an error, so a typing mistake is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")
