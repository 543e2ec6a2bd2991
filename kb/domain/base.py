"""Base class of the domain models."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen model; unknown fields are errors, so that typos are found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
