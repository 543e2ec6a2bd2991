"""Queries: text, mode, filters and sort order. FILTERS lists all filters."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import Field, StringConstraints

from kb.domain.base import Noun
from kb.domain.campaigns import InstrumentKind, OutcomeStatus
from kb.domain.documents import DocumentKind, Genre
from kb.domain.passages import PassageKind
from kb.domain.places import Level, Size
from kb.domain.records import Action

Mode = Literal["hybrid", "lexical", "dense"]
Sort = Literal["relevance", "newest", "oldest", "outcome"]
Grouping = Literal["none", "document"]

# A passage matches a clause if it has any of the `field=value` pairs; all clauses must match.
Clauses = tuple[tuple[str, ...], ...]

# Numbers of passages by value, and by field and value.
Counts = Mapping[str, int]
Fields = Mapping[str, Counts]

FIRST_YEAR, LAST_YEAR = 1000, 2100  # bounds of a year filter; the corpus starts in 1838
MAX_VALUES = 50  # per filter; each unknown name costs a search for similar names
MAX_VALUE_CHARACTERS = 300

_Name = Annotated[str, StringConstraints(max_length=MAX_VALUE_CHARACTERS)]


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


KINDS = {
    "demand": _("demand"), "finding": _("finding"), "idea": _("idea"), "summary": _("source"),
    "text": _("passage"), "suggestion": _("suggestion"),
}  # fmt: skip
DOCUMENT_KINDS = {
    "platform": _("platform"), "report": _("report"), "writing": _("writing"),
    "outcome": _("campaign"),
}  # fmt: skip
GENRES = {
    "speech": _("speech"), "sermon": _("sermon"), "letter": _("letter"),
    "testimony": _("testimony"), "manifesto": _("manifesto"), "song": _("song"),
    "poem": _("poem"), "essay": _("essay"), "book": _("book"), "memoir": _("memoir"),
    "interview": _("interview"), "film": _("film"), "curriculum": _("curriculum"),
    "toolkit": _("toolkit"), "model-law": _("model law"), "bill": _("bill"),
    "contract-demands": _("contract demands"), "budget": _("budget"),
    "objection-answer": _("answers to objections"), "study": _("study"),
    "investigation": _("investigation"), "history": _("history"),
    "reading-list": _("reading list"), "statement": _("statement"), "webinar": _("webinar"),
}  # fmt: skip
OUTCOMES = {
    "won": _("won"), "partly-won": _("won in part"), "lost": _("lost"), "pending": _("undecided"),
    "reversed": _("won, later reversed"),
}  # fmt: skip
LEVELS = {
    "international": _("international"), "national": _("national"), "state": _("state"),
    "county": _("county"), "city": _("city"), "school-district": _("school district"),
    "institution": _("institution"),
}  # fmt: skip
SIZES = {
    "under-10k": _("under 10,000 people"), "10k-50k": _("10,000 to 50,000 people"),
    "50k-250k": _("50,000 to 250,000 people"), "250k-1m": _("250,000 to 1 million people"),
    "over-1m": _("over 1 million people"),
}  # fmt: skip
ACTIONS = {
    "end": _("end"), "ban": _("ban"), "repeal": _("repeal"), "reduce": _("reduce"),
    "reallocate": _("move money"), "fund": _("fund"), "establish": _("create"),
    "guarantee": _("guarantee"), "protect": _("protect"), "reform": _("change"),
    "recognize": _("recognize"), "return": _("give back"), "disclose": _("make public"),
    "other": _("other"),
}  # fmt: skip
INSTRUMENTS = {
    "ordinance": _("ordinance"), "statute": _("law"), "constitution": _("constitution"),
    "resolution": _("resolution"), "budget": _("budget"), "ballot-measure": _("ballot measure"),
    "contract": _("contract"), "agreement": _("agreement"),
    "executive-order": _("executive order"), "agency-rule": _("agency rule"),
    "consent-decree": _("consent decree"), "court-order": _("court order"),
    "policy": _("policy"),
}  # fmt: skip
SHELVES = {"corpus": _("the collection")}
TONGUES = {"en": _("English"), "es": _("Spanish")}


class FilterField(NamedTuple):
    """Metadata for a field of `Filters`: its labels and where it is offered.

    The API, command-line options, page addresses, chips and facets are derived from it.
    `indexer/steps/passages.py` sets the values of a passage.
    """

    label: str = ""  # of the facet and the chip; empty: no chip
    values: Mapping[str, str] = {}  # labels of its values
    counted: str | None = ""  # field counted by its facet; empty: the filter itself; None: no facet
    page_facet: int = 0  # position among the facets of the results page; 0: not shown
    option: str = ""  # command-line option; empty: derived from the name
    name: str = ""
    multiple: bool = True  # whether it takes several values, combined by OR
    is_flag: bool = False  # whether it is boolean
    choices: tuple[str, ...] = ()  # values of a closed list


def _several(description: str, example: str = "") -> Any:
    """Return the definition of a filter field that takes several values."""
    examples = [[example]] if example else None
    return Field((), max_length=MAX_VALUES, description=description, examples=examples)


class Filters(Noun):
    """Search filters: the values of a field are combined with OR, the fields with AND."""

    kind: Annotated[tuple[PassageKind, ...], FilterField(_("Kind"), KINDS, page_facet=2)] = Field(
        (), description="Kinds of passage."
    )
    document_kind: Annotated[
        tuple[DocumentKind, ...], FilterField(_("Kind of source"), DOCUMENT_KINDS, page_facet=8)
    ] = Field((), description="Kinds of document.")
    topic: Annotated[tuple[_Name, ...], FilterField(_("Topic"), page_facet=4)] = _several(
        "Topics by id or name; narrower topics are included.", "policing"
    )
    place: Annotated[tuple[_Name, ...], FilterField(_("Place"), page_facet=5)] = _several(
        "Places by id or name; places within them are included.", "us"
    )
    level: Annotated[tuple[Level, ...], FilterField(_("Level"), LEVELS, page_facet=6)] = Field(
        (), description="Level of government that must act."
    )
    size: Annotated[tuple[Size, ...], FilterField(_("City size"), SIZES, page_facet=12)] = Field(
        (), description="Current number of people in the city."
    )
    year_from: Annotated[int | None, FilterField(_("From"), counted="year", option="--from")] = (
        Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="First year of the range.")
    )
    year_to: Annotated[int | None, FilterField(_("To"), counted="year", option="--to")] = Field(
        None, ge=FIRST_YEAR, le=LAST_YEAR, description="Last year of the range."
    )
    genre: Annotated[tuple[Genre, ...], FilterField(_("Form"), GENRES, page_facet=11)] = Field(
        (), description="Form or purpose of the source."
    )
    action: Annotated[
        tuple[Action, ...], FilterField(_("Type of demand"), ACTIONS, page_facet=7)
    ] = Field((), description="Type of action demanded.")
    outcome: Annotated[
        tuple[OutcomeStatus, ...], FilterField(_("Outcome"), OUTCOMES, page_facet=3)
    ] = Field((), description="Outcome of the demand.")
    instrument: Annotated[
        tuple[InstrumentKind, ...], FilterField(_("Decided by"), INSTRUMENTS, page_facet=10)
    ] = Field((), description="Legal or contractual form of the decision.")
    language: Annotated[tuple[_Name, ...], FilterField(_("Language"), TONGUES, page_facet=9)] = (
        _several("Languages of the text, as BCP 47 tags.", "en")
    )
    organization: Annotated[tuple[_Name, ...], FilterField()] = _several(
        "Names of organizations, exactly as a source states them.", "Movement for Black Lives"
    )
    has_amount: Annotated[bool | None, FilterField()] = Field(
        None, description="Whether an amount or figure is stated."
    )
    document: Annotated[tuple[_Name, ...], FilterField(counted=None)] = _several(
        "Document ids.", "m4bl-vision-2016"
    )
    shelf: Annotated[tuple[_Name, ...], FilterField(_("Where"), SHELVES, page_facet=1)] = _several(
        "Shelves of imported documents, or `corpus` for the corpus."
    )

    @property
    def has_years(self) -> bool:
        """Return whether there is a year filter, which excludes undated documents."""
        return self.year_from is not None or self.year_to is not None

    @property
    def ordered(self) -> "Filters":
        """Return the filters with sorted, distinct values, so that equivalent filters are equal."""
        values = {one.name: getattr(self, one.name) for one in FILTERS}
        for one in FILTERS:
            if one.multiple:
                values[one.name] = tuple(sorted(set(values[one.name])))
        return Filters.model_construct(**values)

    def clauses(self) -> Clauses:
        """Return the filters as clauses of `field=value` pairs, in a fixed order."""
        found = [
            tuple(f"{one.name}={value}" for value in sorted(getattr(self, one.name)))
            for one in FILTERS
            if one.multiple and getattr(self, one.name)
        ]
        if self.has_years:
            first = FIRST_YEAR if self.year_from is None else self.year_from
            last = LAST_YEAR if self.year_to is None else self.year_to
            found.append(tuple(f"year={year}" for year in range(first, last + 1)))
        if self.has_amount is not None:
            found.append((f"has_amount={'yes' if self.has_amount else 'no'}",))
        return tuple(found)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filters as (name, value) pairs for a query string."""
        found = []
        for one in FILTERS:
            values = getattr(self, one.name)
            if not one.multiple:
                values = () if values is None else (str(values).lower(),)  # `true`, not `True`
            found += [(one.name, str(value)) for value in values]
        return found


def _filters() -> list[FilterField]:
    """Return the metadata of all filters, in the order of the fields of `Filters`."""
    found = []
    for name, field in Filters.model_fields.items():
        (stated,) = [one for one in field.metadata if isinstance(one, FilterField)]
        multiple = get_origin(field.annotation) is tuple
        value = get_args(field.annotation)[0]
        choices = get_args(value) if get_origin(value) is Literal else ()
        found.append(stated._replace(
            name=name, multiple=multiple, choices=choices, is_flag=value is bool,
            counted=name if stated.counted == "" else stated.counted,
        ))  # fmt: skip
    return found


# Counted fields, in the order of the class.
FACETS = tuple(dict.fromkeys(one.counted for one in _filters() if one.counted))
# In options, addresses and chips, filters with several values come first.
FILTERS = tuple(sorted(_filters(), key=lambda one: not one.multiple))


class Query(Noun):
    """A query: text, mode, filters, sort order and page."""

    text: str = Field("", description="Text of the query, as typed.")
    mode: Mode = Field("hybrid", description="Lexical, dense or hybrid search.")
    filters: Filters = Field(Filters(), description="Filters of the search.")
    sort: Sort = Field(
        "relevance",
        description="Order of the best hits: by relevance, date of the source or outcome.",
    )
    group: Grouping = Field(
        "none", description="What k and offset count: hits, or documents with their best hits."
    )
    intent: bool = Field(
        True, description="Whether to prefer the kind of answer that the text asks for."
    )
    k: int = Field(10, ge=1, le=1000, description="Number of hits or documents on a page.")
    offset: int = Field(0, ge=0, description="Number of hits or documents to skip.")
