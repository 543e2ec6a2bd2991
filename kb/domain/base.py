"""Base class of the domain models."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen model that rejects unknown fields, so that misspelled ones are noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
