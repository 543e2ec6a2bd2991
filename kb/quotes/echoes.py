"""Find where a bill, memo or op-ed echoes what is indexed: the same words, and the same ideas.

Same words are looked for in imported documents only, because the collection is in our own words.
Same ideas are the demands nearest to a section, with what they ask beside them to compare.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.passages import Entry
from kb.domain.queries import Filters, Query
from kb.domain.records import Demand
from kb.languages.registry import is_stop_word
from kb.quotes.differences import Word, is_word, words_of
from kb.quotes.nouns import Found
from kb.quotes.originals import Originals, Text
from kb.quotes.quotations import Block
from kb.search.searcher import Searcher

MIN_CONTENT_WORDS = 8  # of a run of the same words
MAX_GAP = 2  # words that differ within a run
MIN_SECTION_WORDS = 12
MAX_SECTIONS = 200
MAX_PASSAGES = 10  # of imports that are compared with a section
IDEAS = 3  # demands for each section
MAX_QUESTION_CHARACTERS = 1500

# Phrases that bills share without echoing one another.
_BOILERPLATE = re.compile(
    r"(?:now,? therefore,? )?be it (?:further )?(?:resolved|ordained|enacted)"
    r"(?: (?:that|by[^,:;.]*))?"
    r"|whereas,?|if any (?:provision|section|part|clause)[^.]*(?:invalid|unconstitutional)[^.]*\."
    r"|(?:the )?provisions of this (?:act|ordinance|section|chapter) are severable[^.]*\."
    r"|this (?:act|ordinance|resolution) (?:shall take|takes) effect[^.]*\."
    r"|(?:the people of )?the (?:city|county|state) of [\w ]{1,40} do(?:es)? (?:ordain|enact)[^.:]*"
    r"|considerando que|por (?:lo )?tanto,? se resuelve|se resuelve que"
    r"|la presente (?:ley|ordenanza) entrar[aá] en vigor[^.]*\.",
    re.IGNORECASE,
)


class SameWords(Noun):
    """A run of words that stands in the draft and in an imported document."""

    place: str = Field(description="Place in the draft: `paragraph 3`.")
    start: int = Field(ge=0, description="Position of the first character in the section.")
    end: int = Field(ge=0, description="Position after the last character.")
    text: str = Field(description="The words of the draft.")
    words: int = Field(ge=1, description="Number of content words that are the same.")
    found: Found = Field(description="The words of the source, and where they stand.")


class SameIdea(Noun):
    """A demand that is near to a section of the draft, with what can be compared."""

    place: str = Field(description="Place in the draft: `paragraph 3`.")
    section: str = Field(description="Beginning of the section.")
    id: str = Field(description="Id of the demand.")
    title: str = Field(description="Title of the demand.")
    document: str = Field(description="Title of its document.")
    action: str = Field(description="What is demanded, such as `fund` or `ban`.")
    target: str = Field("", description="Who must act.")
    amount: str = Field("", description="Amount, as the source states it.")
    instrument: str = Field("", description="What decided it, such as an ordinance.")
    outcome: str = Field("", description="Status of the outcome.")


class EchoReport(Noun):
    """The echoes of a draft, in its order."""

    same_words: tuple[SameWords, ...] = Field(description="Runs of the same words.")
    same_ideas: tuple[SameIdea, ...] = Field(description="Demands nearest to each section.")
    generation: str = Field(description="Index generation that was searched.")


class Run(NamedTuple):
    """Words [a, a + size) of a section and [b, b + length) of a text, nearly all the same."""

    a: int
    a_end: int
    b: int
    b_end: int
    content: int


def echoes(blocks: Sequence[Block], originals: Originals, searcher: Searcher) -> EchoReport:
    """Return the echoes of each section with at least MIN_SECTION_WORDS words."""
    sections = [one for one in blocks if _size(one.text) >= MIN_SECTION_WORDS][:MAX_SECTIONS]
    return EchoReport(
        same_words=tuple(one for section in sections for one in same_words(section, originals)),
        same_ideas=tuple(one for section in sections for one in same_ideas(section, searcher)),
        generation=searcher.reader.manifest.generation,
    )


def _size(text: str) -> int:
    return sum(map(is_word, words_of(text)))


def same_words(section: Block, originals: Originals) -> list[SameWords]:
    """Return the longest runs of a section that stand in imported documents, without overlaps."""
    if originals.is_empty:
        return []
    words = words_of(section.text)
    counted = _content(section.text, words)
    found: list[tuple[int, SameWords, set[int]]] = []
    for entry in originals.passages(section.text)[:MAX_PASSAGES]:
        latest = originals.latest(entry)
        if latest is None or entry.locator is None:
            continue
        begin, end = entry.locator.start or 0, entry.locator.end or 0
        stored = words_of(latest.text[begin:end])
        for run in _runs(words, stored, counted):
            at = begin + stored[run.b].start, begin + stored[run.b_end - 1].end
            one = _same_words(section, words, run, entry, latest, at)
            found.append((run.content, one, set(range(run.a, run.a_end))))
    found.sort(key=lambda one: (-one[0], one[1].start))
    chosen: list[SameWords] = []
    taken: set[int] = set()
    for _, one, span in found:
        if not span & taken:
            taken |= span
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _same_words(
    section: Block,
    words: Sequence[Word],
    run: Run,
    entry: Entry,
    latest: Text,
    at: tuple[int, int],
) -> SameWords:
    start, end = words[run.a].start, words[run.a_end - 1].end
    return SameWords(
        place=section.place,
        start=start,
        end=end,
        text=section.text[start:end],
        words=run.content,
        found=Found(
            document_id=entry.document_id,
            title=entry.document.title,
            version=latest.version,
            start=at[0],
            end=at[1],
            stored=latest.text[slice(*at)],
            passage_id=entry.id,
            locator=entry.locator.words if entry.locator else "",
        ),
    )


def _content(text: str, words: Sequence[Word]) -> list[bool]:
    """Return for each word whether it counts: not a stop word, a mark or part of boilerplate."""
    plain = [range(*one.span()) for one in _BOILERPLATE.finditer(text)]
    return [
        is_word(word)
        and not is_stop_word(word.key)
        and not any(word.start in span for span in plain)
        for word in words
    ]


def _runs(a: Sequence[Word], b: Sequence[Word], counted: Sequence[bool]) -> Iterator[Run]:
    """Yield the runs with enough content words; blocks with small gaps between them are one run."""
    matcher = SequenceMatcher(None, [w.key for w in a], [w.key for w in b], autojunk=False)
    run: Run | None = None
    for at, there, size in matcher.get_matching_blocks():
        content = sum(counted[at : at + size])
        near = run and at - run.a_end <= MAX_GAP and there - run.b_end <= MAX_GAP
        if run and near and size:
            run = Run(run.a, at + size, run.b, there + size, run.content + content)
            continue
        if run and run.content >= MIN_CONTENT_WORDS:
            yield run
        run = Run(at, at + size, there, there + size, content)


def same_ideas(section: Block, searcher: Searcher) -> Iterator[SameIdea]:
    """Yield the demands nearest to a section, unless the search calls its answer weak."""
    text = _BOILERPLATE.sub(" ", section.text)[:MAX_QUESTION_CHARACTERS]
    if _size(text) < MIN_SECTION_WORDS:
        return
    text = re.sub(r"[\"“”«»]|(?<!\w)-", " ", text)  # marks that are operators of the search
    filters = Filters(kind=("demand",))
    answer = searcher.search(Query(text=text, filters=filters, group="none", k=IDEAS, intent=False))
    if any(one.code in {"weak", "empty"} for one in answer.notices):
        return
    for hit in answer.hits:
        if isinstance(hit.record, Demand):
            yield _idea(section, hit, hit.record)


def _idea(section: Block, hit: Entry, demand: Demand) -> SameIdea:
    outcome = demand.outcome
    decided = outcome.instrument if outcome else None
    return SameIdea(
        place=section.place,
        section=" ".join(section.text.split())[:120],
        id=hit.id,
        title=hit.title,
        document=hit.document.title,
        action=demand.action,
        target=demand.target or "",
        amount=demand.amount.stated or "" if demand.amount else "",
        instrument=" ".join(filter(None, (decided.kind, decided.number))) if decided else "",
        outcome=outcome.status if outcome else "",
    )
