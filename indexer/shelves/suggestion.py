"""A passage of somebody's text that the program takes for a demand."""

from typing import Literal

from pydantic import Field

from kb.domain.documents import Action
from kb.domain.noun import Noun
from kb.domain.places import Level
from kb.domain.quantities import Quantity

How = Literal["imperative", "we-demand", "numbered", "under-heading", "resolution"]
Confidence = Literal["sure", "likely"]


class Suggestion(Noun):
    """Words that look like a demand, and what they say of it; a person decides."""

    block: int = Field(ge=0, description="Which of the blocks, from 0.")
    start: int = Field(ge=0, description="First character in the block's text.")
    end: int = Field(ge=1, description="Character after the last one.")
    how: How = Field(description="What makes it look like a demand.")
    action: Action = Field(description="What is asked to be done.")
    target: str | None = Field(None, description="Who must act, in the words of the text.")
    level: Level | None = Field(None, description="Level of government, from the target's words.")
    amount: Quantity | None = Field(None, description="How much is asked, where one sum is.")
    topics: tuple[str, ...] = Field((), description="Ids of topics whose labels occur.")
    confidence: Confidence = Field(description="Whether the form leaves little doubt.")
