"""What may be asked: the filters, the pages and the words, as parameters and as a JSON body."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from kb.domain.queries import MULTIPLE, Filters, Mode, Sort
from kb.http import cursors
from kb.settings import MAX_HITS, MAX_QUERY_CHARACTERS

MAX_VALUES = 50  # of one filter; each unknown one costs a search for names near it
MAX_VALUE_CHARACTERS = 300

_Value = Annotated[str, StringConstraints(max_length=MAX_VALUE_CHARACTERS)]


def _filter(description: str, example: str) -> Any:
    return Field((), max_length=MAX_VALUES, description=description, examples=[[example]])


class Narrowed(Filters):
    """The filters, with limits."""

    topic: tuple[_Value, ...] = _filter(
        "Topics by id or name; narrower topics are included.", "policing"
    )
    place: tuple[_Value, ...] = _filter(
        "Places by id or name; what lies in them is included.", "us"
    )
    language: tuple[_Value, ...] = _filter("BCP 47 tags of the words.", "en")
    organization: tuple[_Value, ...] = _filter(
        "Names of organizations, exactly as a source states them.", "Movement for Black Lives"
    )
    document: tuple[_Value, ...] = _filter("Document ids.", "m4bl-vision-2016")

    @property
    def filters(self) -> Filters:
        """The filters alone, in a fixed order."""
        values = {name: getattr(self, name) for name in Filters.model_fields}
        ordered = {name: tuple(sorted(set(values[name]))) for name in MULTIPLE}
        return Filters.model_construct(**(values | ordered))


class Paged(Narrowed):
    """A list, narrowed, a page at a time."""

    k: int = Field(10, ge=1, le=MAX_HITS, description="How many items a page has.")
    cursor: str | None = Field(
        None,
        pattern=cursors.PATTERN,
        description="The `next` of the page before; nothing else of the question may change but k.",
    )


class Asked(Paged):
    """A question."""

    q: str = Field(
        "",
        max_length=MAX_QUERY_CHARACTERS,
        description="The words. Quoted words must occur; `-word` must not. Empty: list everything.",
        examples=["police free schools", '"rent control" -commercial'],
    )
    mode: Mode = Field(
        "hybrid", description="By words (lexical), by meaning (dense), or by both (hybrid)."
    )
    sort: Sort = Field(
        "relevance",
        description="`newest`, `oldest` and `outcome` put the 50 best hits in that order.",
    )


class AskedInJson(Asked):
    """A question as a JSON body; numbers and truth values are not given as text."""

    @field_validator("k", "year_from", "year_to", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        if isinstance(value, str | bool):
            raise PydanticCustomError("int_type", "Input should be a valid integer")
        return value

    @field_validator("has_amount", mode="before")
    @classmethod
    def _truth(cls, value: object) -> object:
        if not isinstance(value, bool | None):
            raise PydanticCustomError("bool_type", "Input should be a valid boolean")
        return value
