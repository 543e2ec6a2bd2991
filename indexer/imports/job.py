"""Extract one file in a worker, and write its text, record, pieces and suggestions."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from indexer.demands.suggest import suggest
from indexer.importers.base import Extracted, SourceInfo
from indexer.importers.extract import extract
from indexer.importers.shared.language import document_language
from indexer.imports.compose import ComposedText, compose
from indexer.imports.record import make_record, record_file, today
from indexer.imports.split import locator, make_slug, split_text
from indexer.imports.store import write_lines
from indexer.imports.validate import Rules, read_rules, validate_record
from kb import __version__
from kb.domain.base import Noun
from kb.domain.imports import Origin, Remark, StoredSuggestion
from kb.domain.records import Demand
from kb.encoders.tokens import token_counter
from kb.errors import UnreadableError
from kb.shelves.layout import ORIGIN, PIECES, RECORD, SUGGESTIONS, TEXT

MIN_PASSAGE_SHARE = 0.5  # of the encoder's tokens; facts of the document get at most the rest
HEADINGS_TOKENS = 24  # average for the headings above a passage
END_TOKENS = 2  # special tokens that an encoder adds at the ends of a text
MAX_TITLE_CHARACTERS = 160  # of a suggestion


class Job(Noun):
    """One file for a worker to read."""

    path: Path = Field(description="The file.")
    folder: Path = Field(description="Empty folder where the version and the record are written.")
    info: SourceInfo = Field(description="What is known about the file.")
    document_id: str = Field(description="Id of the document.")
    metadata: dict[str, Any] = Field({}, description="Front matter that the user supplied.")
    tokenizer: Path | None = Field(None, description="File of the encoder's tokenizer.")
    max_tokens: int = Field(256, description="Maximum number of tokens that the encoder reads.")
    corpus: Path = Field(description="Corpus folder, with the topics and places.")


class ExtractionResult(Noun):
    """Summary of what a worker read from a file."""

    format: str
    pages: int | None = None
    characters: int
    passages: int
    suggestions: int
    guessed: tuple[str, ...] = ()
    title: str
    remarks: tuple[Remark, ...] = ()

    def write_origin(self, folder: Path, **known: Any) -> None:
        """Write the origin file of a version; `known` has the fields that describe the original."""
        origin = Origin(
            imported=today(),
            program=__version__,
            format=self.format,
            characters=self.characters,
            pages=self.pages,
            remarks=self.remarks,
            **known,
        )
        (folder / ORIGIN).write_text(origin.model_dump_json(indent=1), "utf-8")


def run_job(job: Job) -> ExtractionResult:
    """Write a file's text, record, pieces and suggestions to the job's folder; return a summary.

    Raise UnreadableError if it cannot be read or has no text, and CorpusError if its record
    would be invalid.
    """
    rules = _rules(job.corpus)
    extracted = extract(job.path, job.info)
    composed = compose(extracted)
    language = job.info.language or document_language(composed.text, extracted.language)
    extracted = _in_language(extracted, job.info.language, language)
    document = make_record(
        job.document_id, job.info.name, extracted, job.metadata, language, job.info.url
    )
    validate_record(job.info.name, document, rules)
    count = token_counter(job.tokenizer)
    source = document.source  # its facts and the headings are embedded with each passage
    facts = [source.title, *map(str, source.author), *source.organization, source.issued or ""]
    most = job.max_tokens - END_TOKENS - HEADINGS_TOKENS - sum(map(count, facts))
    most = max(int(job.max_tokens * MIN_PASSAGE_SHARE), most)
    pieces = split_text(composed, extracted.labels, language, count, most)
    if not pieces:
        raise UnreadableError(job.info.name, "no text found", "a document with text")
    suggestions = _suggestions(job, extracted, composed, language, rules)
    record = record_file(job.info.name, document)
    (job.folder / RECORD).write_text(record, "utf-8", newline="\n")
    (job.folder / TEXT).write_text(composed.text, "utf-8", newline="\n")
    write_lines(job.folder / PIECES, pieces)
    write_lines(job.folder / SUGGESTIONS, suggestions)
    return ExtractionResult(
        format=extracted.format,
        pages=extracted.pages,
        characters=len(composed.text),
        passages=len(pieces),
        suggestions=len(suggestions),
        guessed=document.guessed,
        title=document.source.title,
        remarks=extracted.remarks,
    )


def _in_language(extracted: Extracted, given: str | None, language: str) -> Extracted:
    """Return the extraction with the language that the user gave, if any.

    Otherwise keep the language that the file states, or drop it with a remark if the text is in
    another language.
    """
    stated = extracted.language
    if given or stated is None or stated == language:
        return extracted.model_copy(update={"language": given or stated})
    text = f"the file states the language '{stated}', but its text is in '{language}'"
    remarks = (*extracted.remarks, Remark(place="", text=text))
    return extracted.model_copy(update={"language": None, "remarks": remarks})


def _suggestions(
    job: Job, extracted: Extracted, composed: ComposedText, language: str, rules: Rules
) -> list[StoredSuggestion]:
    """Return the sentences that may be demands, with their locations."""
    blocks = {one.number: one for one in composed.blocks}
    taken: dict[str, int] = {}
    found = []
    for one in suggest(extracted.blocks, language, rules.thesaurus):
        block = blocks[one.block]
        start, end = block.start + one.start, block.start + one.end
        words = composed.text[start:end]
        place = locator(start, end, (block, block), extracted.labels)
        slug = make_slug(words, taken, "s")
        short = f"{words[:MAX_TITLE_CHARACTERS].rsplit(' ', 1)[0]} …"
        demand = Demand(
            id=f"{job.document_id}#{slug}",
            title=words if len(words) <= MAX_TITLE_CHARACTERS else short,
            text=words,
            action=one.action,
            target=one.target,
            level=one.level,
            amount=one.amount,
            topics=one.topics,
            locator=place,
        )
        found.append(
            StoredSuggestion(
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


_rules = cache(read_rules)  # a worker reads the rules of a corpus folder once
