"""Strategies of domain objects with any text that a corpus file can hold, above all its syntax."""

import string
from collections.abc import Sequence
from typing import TypeVar, get_args

from hypothesis import settings
from hypothesis import strategies as st

from indexer.corpus.outcomes import case_source, with_own_outcomes
from kb.domain.campaigns import Campaign, Decision, Event, Instrument, InstrumentKind, OutcomeStatus
from kb.domain.documents import Audience, Check, Document, DocumentKind, Length, Related, Relation
from kb.domain.places import Level
from kb.domain.quantities import CURRENCIES, UNITS, Qualifier, Quantity
from kb.domain.records import Action, Demand, Finding, Idea, Locator, Record
from kb.domain.sources import FactSource, Name, Rights, Source, SourceKind, SourceRef

FEWEST_EXAMPLES = 5


def examples(number: int) -> settings:
    """Return settings for `number` examples in a thorough run, a fifth of them otherwise.

    The active profile decides: `make thorough` passes `--hypothesis-profile=thorough`.
    """
    profile = settings.default
    assert profile
    return settings(
        max_examples=max(min(number, FEWEST_EXAMPLES), number * profile.max_examples // 100)
    )


MARKS = [
    *"#*_`~[]()<>!&\\|^:;\"'{}-+=.,/@%$?",
    "# ", "## ", " #", " ##", "- ", "+ ", "* ", "1. ", "1) ", "12. ", "> ", "= ", "==", "---",
    "```", "~~~", "***", "_ _", "&amp;", "&#35;", "&lt", "&nosuch;", "\\*", "\\\\", "<b>", "</b>",
    "<!-- -->", "<https://example.org>", "[a](b)", "![a](b)", "[a]: b", "[^1]", "`code`",
    "https://example.org/a_b", "null", "~", "yes", "2016", "2016-08-01", "0x1F", "? ", ": ",
    " #c", "@x", "%T", "'", '"', "...", "año", "n\u0303", "\u202bمرحبا\u202c", "שלום", "🏠🏽",
    "👩\u200d👧", "漢字", "\u200b", "\u00ad", "\ufeff",
]  # fmt: skip
T = TypeVar("T")
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00")


def _normal(text: str) -> str:
    return " ".join(text.split())


def texts(without: str = "") -> st.SearchStrategy[str]:
    """Return a strategy of paragraphs: not empty, single spaces within, none at the ends."""
    pieces = st.one_of(st.sampled_from(MARKS), st.just(" "), st.text(CHARACTERS, max_size=6))
    banned = str.maketrans("", "", without)
    joined = st.lists(pieces, min_size=1, max_size=12).map(
        lambda some: _normal("".join(some).translate(banned))
    )
    return joined.filter(bool)


slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
paragraphs = st.lists(texts(), min_size=1, max_size=3).map("\n\n".join)
dates = st.sampled_from(["1838", "2020-06", "2016-08-01", "2019/2021", "2020?", "201X", "2020-21"])
addresses = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%\\`<>áñ漢|"),
    min_size=1,
    max_size=20,
).map("https://example.org/".__add__)


def maybe(some: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Return a strategy of None or a value of `some`."""
    return st.none() | some


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Draw a quantity of any unit; only `stated` may hold a semicolon."""
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    value, upper = draw(numbers), draw(maybe(numbers))
    word = texts(without=";")
    return Quantity(
        value=value,
        upper=upper if upper is not None and upper > value else None,
        unit=draw(st.sampled_from(sorted(UNITS)) | st.sampled_from(CURRENCIES)),
        qualifier=draw(maybe(st.sampled_from(get_args(Qualifier)))),
        of=draw(word),
        per=draw(maybe(word)),
        period=draw(maybe(word)),
        stated=draw(maybe(texts())),
    )


@st.composite
def locators(draw: st.DrawFn) -> Locator | None:
    """Draw a locator, or None for an empty one; at most three headings, as Markdown has six."""
    locator = Locator(
        section=tuple(draw(st.lists(texts(), max_size=3))),
        page=draw(maybe(texts())),
        paragraph=draw(maybe(st.integers(min_value=1, max_value=10**6))),
        timestamp=draw(maybe(st.just("01:02:03"))),
    )
    return None if locator == Locator() else locator


_places = texts(without=";,")
source_refs = st.lists(st.builds(SourceRef, id=slugs, place=st.just("") | _places), max_size=2).map(
    tuple
)
instruments = st.builds(
    Instrument,
    kind=st.sampled_from(get_args(InstrumentKind)),
    number=maybe(texts(without=";")),
    name=maybe(texts(without=";")),
    URL=maybe(addresses),
)
fact_sources = st.builds(
    FactSource,
    id=slugs,
    kind=st.sampled_from(get_args(SourceKind)),
    title=maybe(texts()),
    publisher=maybe(texts()),
    issued=maybe(dates),
    URL=maybe(addresses),
    weak=maybe(texts()),
)


checks = st.builds(Check, by=slugs, date=dates)


@st.composite
def events(draw: st.DrawFn, demands: Sequence[str]) -> Event:
    """Draw an event that may decide demands of its file."""
    decided = draw(st.lists(st.sampled_from(demands), max_size=2, unique=True)) if demands else []
    status = st.sampled_from(get_args(OutcomeStatus))
    return Event(
        id=f"x#{draw(slugs)}",
        date=draw(maybe(dates)),
        text=draw(paragraphs),
        decides=tuple(Decision(demand=one, status=draw(status)) for one in decided),
        vote=draw(maybe(texts())),
        instrument=draw(maybe(instruments)),
        amount=draw(maybe(quantities())),
        sources=draw(source_refs),
    )


_shared = {
    "text": paragraphs,
    "topics": st.lists(slugs, max_size=3).map(tuple),
    "locator": locators(),
    "sources": source_refs,
}
demands = st.builds(
    Demand,
    id=slugs.map("x#".__add__),
    title=texts(),
    action=st.sampled_from(get_args(Action)),
    target=maybe(texts()),
    level=maybe(st.sampled_from(get_args(Level))),
    amount=maybe(quantities()),
    detail=maybe(st.just("heading-only")),
    place=maybe(slugs),
    pursued_in=maybe(slugs),
    **_shared,
)
findings = st.builds(Finding, id=slugs.map("x#".__add__), figure=maybe(quantities()), **_shared)
ideas = st.builds(Idea, id=slugs.map("x#".__add__), **_shared)
records: st.SearchStrategy[Record] = demands | findings | ideas
sources = st.builds(
    Source,
    type=st.sampled_from(["book", "webpage", "report"]),
    title=texts(),
    author=st.lists(
        st.builds(Name, family=maybe(texts()), given=maybe(texts()), literal=texts()), max_size=2
    ).map(tuple),
    organization=st.lists(texts(), max_size=2).map(tuple),
    issued=maybe(dates),
    URL=maybe(addresses),
    accessed=maybe(dates),
    DOI=maybe(texts()),
    ISBN=maybe(texts()),
    language=st.sampled_from(["en", "es", "no", "pt-BR"]),
    rights=st.builds(Rights, terms=texts(), holder=maybe(texts()), attribution=maybe(texts())),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document whose records and events bear its id; a case file is its own source."""
    slug = draw(slugs)
    held = draw(st.lists(records, max_size=4))
    demands = [one.slug for one in held if isinstance(one, Demand)]
    told = draw(st.lists(events(demands), max_size=3))
    kind = draw(st.sampled_from(get_args(DocumentKind)))
    document = Document(
        id=slug,
        kind=kind,
        title=draw(texts() if kind == "outcome" else maybe(texts())),
        source=draw(sources),
        campaign=Campaign(asked_by=(draw(texts()),), tactics=(draw(texts()),))
        if kind == "outcome"
        else None,
        place=draw(maybe(slugs)),
        topics=tuple(draw(st.lists(slugs, max_size=2))),
        audience=draw(st.sampled_from(get_args(Audience))),
        length=Length(pages=draw(maybe(st.integers(min_value=1, max_value=10**5)))),
        language=draw(st.sampled_from(["en", "es"])),
        summary=draw(paragraphs),
        looked=draw(maybe(dates)),
        checked=tuple(draw(st.lists(checks, max_size=2))),
        sources=tuple(draw(st.lists(fact_sources, max_size=2))),
        related=tuple(
            Related(relation=draw(st.sampled_from(get_args(Relation))), to=draw(texts()))
            for _ in range(draw(st.integers(min_value=0, max_value=2)))
        ),
        events=tuple(event.model_copy(update={"id": f"{slug}#{event.slug}"}) for event in told),
        records=tuple(record.model_copy(update={"id": f"{slug}#{record.slug}"}) for record in held),
    )
    if kind == "outcome":
        front = document.model_dump(mode="json")
        made = Source.model_validate(case_source(front, document.events))
        document = document.model_copy(update={"source": made})
    return with_own_outcomes(document)
