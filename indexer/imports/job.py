"""One file -> everything that a shelf keeps of it, written into a folder. Runs in a worker."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from indexer.corpus.read import tables
from indexer.corpus.write import write
from indexer.demands.suggest import suggest
from indexer.importers.base import Asked, Extracted
from indexer.importers.formats import extract
from indexer.imports.layout import Laid, lay_out
from indexer.imports.record import make_record
from indexer.imports.split import locator, pieces, slug_of
from indexer.imports.store import PIECES, RECORD, SUGGESTIONS, TEXT, write_lines
from indexer.imports.validate import keep_laws
from kb.domain.documents import Demand, Document
from kb.domain.imports import Remark, Suggested
from kb.domain.noun import Noun
from kb.domain.places import Gazetteer
from kb.domain.topics import Thesaurus
from kb.encoders.tokens import Count, token_counter
from kb.errors import UnreadableError
from kb.text.language import language_of

# What surrounds a passage when it is embedded takes some of the encoder's tokens; a passage has
# the rest, and at least half, however long the titles and headings are.
LEAST_SHARE = 0.5
HEADINGS_TOKENS = 24  # of the headings above a passage, on average
LANGUAGE_SAMPLE = 4000  # characters that tell the language
LONGEST_TITLE = 160  # characters of a suggestion that stand as its title


class Job(Noun):
    """What a worker is to do."""

    path: Path = Field(description="The file.")
    folder: Path = Field(description="Where the version and the record are written; it is empty.")
    asked: Asked = Field(description="What is known of the file.")
    document_id: str = Field(description="Id of the document.")
    told: dict[str, Any] = Field({}, description="Front matter, as far as a person gave it.")
    tokenizer: Path | None = Field(None, description="The encoder's tokenizer.")
    tokens: int = Field(256, description="How many tokens the encoder reads.")
    corpus: Path = Field(description="Folder of the thesaurus.")


class Made(Noun):
    """What a worker has done."""

    format: str
    pages: int | None = None
    characters: int
    passages: int
    suggestions: int
    guessed: tuple[str, ...] = ()
    title: str
    remarks: tuple[Remark, ...] = ()


def run(job: Job) -> Made:
    """Read the file and write its record, text, pieces and suggestions; UnreadableError."""
    extracted = extract(job.path, job.asked)
    laid = lay_out(extracted)
    language = _language(job.asked, extracted, laid.text)
    document = make_record(
        job.document_id, job.asked.name, extracted, job.told, language, job.asked.url
    )
    keep_laws(job.asked.name, document, *_vocabularies(job.corpus))
    count = token_counter(job.tokenizer)
    most = max(int(job.tokens * LEAST_SHARE), job.tokens - 2 - _around(document, count))
    found = pieces(laid, extracted.labels, language, count, most)
    if not found:
        raise UnreadableError(job.asked.name, "no text was found in it", "a document with text")
    suggested = _suggested(job, extracted, laid, language)
    (job.folder / TEXT).write_text(laid.text, "utf-8", newline="\n")
    write_lines(job.folder / PIECES, found)
    write_lines(job.folder / SUGGESTIONS, suggested)
    (job.folder / RECORD).write_text(write(document), "utf-8", newline="\n")
    return Made(
        format=extracted.format,
        pages=extracted.pages,
        characters=len(laid.text),
        passages=len(found),
        suggestions=len(suggested),
        guessed=document.guessed,
        title=document.source.title,
        remarks=extracted.remarks,
    )


def _language(asked: Asked, extracted: Extracted, text: str) -> str:
    """The language: told, else stated, else English or Spanish by the words."""
    return asked.language or extracted.language or language_of(text[:LANGUAGE_SAMPLE])


def _around(document: Document, count: Count) -> int:
    """Tokens of what stands around a passage when it is embedded."""
    source = document.source
    names = [source.title, *map(str, source.author), *source.organization, source.issued or ""]
    return sum(count(name) for name in names) + HEADINGS_TOKENS


def _suggested(job: Job, extracted: Extracted, laid: Laid, language: str) -> list[Suggested]:
    """What may be demands, each with its place."""
    placed = {one.number: one for one in laid.placed}
    taken: dict[str, int] = {}
    found = []
    for one in suggest(extracted.blocks, language, _vocabularies(job.corpus)[0]):
        at = placed[one.block]
        start, end = at.start + one.start, at.start + one.end
        words = laid.text[start:end]
        place = locator(start, end, (at, at), extracted.labels)
        slug = slug_of(words, taken, "s")
        demand = Demand(
            id=f"{job.document_id}#{slug}",
            title=_short(words),
            text=words,
            action=one.action,
            target=one.target,
            level=one.level,
            amount=one.amount,
            topics=one.topics,
            locator=place,
        )
        found.append(
            Suggested(
                slug=slug,
                start=start,
                end=end,
                locator=place,
                demand=demand,
                how=one.how,
                confidence=one.confidence,
            )
        )
    return found


def _short(words: str) -> str:
    if len(words) <= LONGEST_TITLE:
        return words
    return f"{words[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"


@cache
def _vocabularies(corpus: Path) -> tuple[Thesaurus, Gazetteer]:
    """Topics and places; CorpusError where they cannot be read."""
    topics, places = tables(corpus)
    return Thesaurus(topics), Gazetteer(places)
