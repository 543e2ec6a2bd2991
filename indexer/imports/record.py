"""Make the record of a new document from metadata in the file and metadata from the user."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from indexer.corpus.front_matter import Lines
from indexer.corpus.parse import describe, parse
from indexer.corpus.write import write
from indexer.importers.base import Extracted
from kb.domain.base import Noun
from kb.domain.documents import Document
from kb.domain.file_formats import format_named
from kb.errors import CorpusError, Problem

_Noun = TypeVar("_Noun", bound=Noun)
Metadata = Mapping[str, Any]  # front matter that the user supplied; any key may be absent

TERMS = "Not known; imported for use on this machine"
_KEYS = {"title": "source.title", "creator": "source.author", "issued": "source.issued",
         "language": "source.language", "url": "source.URL",
         "site": "source.organization"}  # fmt: skip


def make_record(
    document_id: str,
    name: str,
    extracted: Extracted,
    metadata: Metadata,
    language: str,
    url: str | None,
) -> Document:
    """Return the record of a document. Raise CorpusError if a value from the user is invalid.

    Values from the user take precedence over those stated in the file, and these over guesses.
    """
    form = format_named(extracted.format)
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    source = metadata.get("source") or {}
    guessed = [_KEYS.get(key, key) for key in extracted.guessed]
    guessed += [] if extracted.title else ["source.title"]
    guessed += [] if extracted.language else ["source.language"]
    stated: dict[str, Any] = {
        "type": form.csl_type if form else "document",
        "title": extracted.title or " ".join(re.split(r"[\s_-]+", stem)).strip() or name,
        "author": [{"literal": one} for one in extracted.creator],
        "organization": [extracted.site] if extracted.site else [],
        "issued": extracted.issued,
        "URL": extracted.url or url,
        "accessed": today() if url else None,
        "language": extracted.language or language,
        "rights": {"terms": TERMS},
    }
    front = {
        "id": document_id,
        "kind": form.kind if form else "report",
        "length": {"pages": extracted.pages or None, "minutes": extracted.minutes},
        "language": extracted.language or language,
        "sources": [
            {"id": "original", "kind": "primary"}
            | ({"URL": url} if url else {"seen_at": f"Imported from the file {name}"})
        ],
        "summary": _summary(name, extracted),
    }
    front |= {key: value for key, value in metadata.items() if key not in {"source", "id"}}
    front["source"] = stated | {key: value for key, value in source.items() if value is not None}
    given = {f"source.{key}" for key in source} | set(metadata)
    every = [*guessed, "kind", "source.type"]
    front["guessed"] = tuple(key for key in dict.fromkeys(every) if key not in given)
    return validated(Document, name, front)


def validated(noun: type[_Noun], name: str, values: Mapping[str, Any]) -> _Noun:
    """Validate values and return the model. Raise CorpusError with all invalid values."""
    try:
        return noun.model_validate(dict(values))
    except ValidationError as error:
        lines = Lines(1)
        raise CorpusError([describe(name, lines, item) for item in error.errors()]) from error


def record_file(path: str, document: Document) -> str:
    """Return the text of record.md. Raise CorpusError if parsing it does not give `document`.

    In the corpus format, a title, name or URL must fit on one line. A record that cannot be parsed
    would be left out of the next build.
    """
    text = write(document)
    try:
        same = parse(path, text).document == document
    except CorpusError as error:
        raise CorpusError([problem._replace(line=1) for problem in error.problems]) from error
    if not same:
        wrong = "a value that the corpus format cannot hold"
        raise CorpusError([Problem(path, 1, wrong, "titles and names on one line")])
    return text


def today() -> str:
    """Return the current date (UTC) as EDTF."""
    return datetime.now(UTC).date().isoformat()


def _summary(name: str, extracted: Extracted) -> str:
    """Return a placeholder summary, for use until somebody writes a real one."""
    facts = [extracted.format]
    for count, noun in ((extracted.pages, "page"), (extracted.minutes, "minute")):
        facts += [f"{count} {noun}{'' if count == 1 else 's'}"] if count else []
    return f"Imported from {name} ({', '.join(facts)})."
