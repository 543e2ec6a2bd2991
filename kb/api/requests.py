"""Request models for searches and lists, as URL parameters or as a JSON body."""

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from kb.domain.base import Noun
from kb.domain.completions import CompletionKind
from kb.domain.queries import FILTERS, Filters, Grouping, Mode, Sort
from kb.http import cursors
from kb.settings import (
    MAX_COMPLETIONS,
    MAX_HITS,
    MAX_QUERY_CHARACTERS,
    MAX_TYPED_CHARACTERS,
)

_FLAGS = [one.name for one in FILTERS if one.is_flag]
_NUMBERS = ["k", *(one.name for one in FILTERS if not one.multiple and not one.is_flag)]

MAX_TAG_CHARACTERS = 35  # RFC 5646, section 4.4.1


def _no_text(value: object) -> object:
    """Return the value unchanged; raise PydanticCustomError if it is a string or a boolean."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


class ListRequest(Filters):
    """A request for one page of a filtered list."""

    k: int = Field(10, ge=1, le=MAX_HITS, description="Items per page.")
    cursor: str | None = Field(
        None,
        pattern=cursors.PATTERN,
        description="`next` of the previous page; only `k` may differ from that request.",
    )

    @property
    def filters(self) -> Filters:
        """Return the filters of the request, in a fixed order."""
        return self.ordered


class SearchRequest(ListRequest):
    """A request for one page of search results."""

    q: str = Field(
        "",
        max_length=MAX_QUERY_CHARACTERS,
        description="Query. Quoted words must occur, `-word` must not. Empty: list everything.",
        examples=["police free schools", '"rent control" -commercial'],
    )
    mode: Mode = Field(
        "hybrid", description="By words (lexical), by meaning (dense), or by both (hybrid)."
    )
    sort: Sort = Field(
        "relevance",
        description="`newest`, `oldest` and `outcome` sort only the 50 best hits.",
    )

    group: Grouping = Field(
        "none",
        description="`document`: a page has k documents, each with up to three of its hits.",
    )
    intent: bool = Field(
        True, description="Whether to prefer the kind of answer that the words ask for."
    )


class SearchBody(SearchRequest):
    """A search request as a JSON body; numbers and booleans must not be strings."""

    @field_validator(*_NUMBERS, mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        return _no_text(value)

    @field_validator("intent", *_FLAGS, mode="before")
    @classmethod
    def _truth(cls, value: object) -> object:
        if not isinstance(value, bool | None):
            raise PydanticCustomError("bool_type", "Input should be a valid boolean")
        return value


class SuggestRequest(Noun):
    """A request for completions of the text typed so far."""

    q: str = Field(
        "",
        max_length=MAX_TYPED_CHARACTERS,
        description="Text typed so far. Without words there are no completions.",
        examples=["police out of sch"],
    )
    limit: int = Field(8, ge=1, le=MAX_COMPLETIONS, description="Maximum number of completions.")
    kind: CompletionKind | None = Field(
        None,
        description="Kind of completions. With `place`, places that the corpus does not list follow"
        " those that it does.",
    )
    language: str = Field(
        "",
        max_length=MAX_TAG_CHARACTERS,
        description="BCP 47 tag of the language to list first. Empty: no preference.",
    )


class SuggestBody(SuggestRequest):
    """A request for completions as a JSON body; the number must not be a string."""

    @field_validator("limit", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        return _no_text(value)
