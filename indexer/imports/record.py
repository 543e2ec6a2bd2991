"""What a file says of itself, and what a person says of it -> the record of a new document."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from indexer.corpus.front_matter import Lines
from indexer.corpus.parse import describe
from indexer.importers.base import Extracted
from kb.domain.documents import Document
from kb.errors import CorpusError

Told = Mapping[str, Any]  # front matter, as far as a person gave it

TERMS = "Not known; imported for use on this machine"
DEFAULT_KINDS = {"vtt": "writing", "srt": "writing", "epub": "writing", "markdown": "platform"}
CSL_TYPES = {"html": "webpage", "mhtml": "webpage", "epub": "book", "vtt": "broadcast",
             "srt": "broadcast", "pdf": "report"}  # fmt: skip
DEFAULT_LANGUAGE = "en"


def make_record(
    document_id: str, name: str, extracted: Extracted, told: Told, language: str, url: str | None
) -> Document:
    """The record; CorpusError where what the person told breaks a law of the format.

    What a person told counts before what the file states, and that before what is guessed.
    """
    source = told.get("source") or {}
    guessed = [_KEYS.get(key, key) for key in extracted.guessed]
    title = extracted.title or _from_name(name)
    guessed += [] if extracted.title else ["source.title"]
    guessed += [] if extracted.language else ["source.language"]
    stated: dict[str, Any] = {
        "type": CSL_TYPES.get(extracted.format, "document"),
        "title": title,
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
        "kind": DEFAULT_KINDS.get(extracted.format, "report"),
        "length": {"pages": extracted.pages or None, "minutes": extracted.minutes},
        "language": extracted.language or language,
        "evidence": [url] if url else [f"Imported from the file {name}"],
        "summary": _summary(name, extracted),
    }
    front |= {key: value for key, value in told.items() if key not in {"source", "id"}}
    front["source"] = stated | {key: value for key, value in source.items() if value is not None}
    known = {f"source.{key}" for key in source} | set(told)
    every = [*guessed, "kind", "source.type"]
    front["guessed"] = tuple(key for key in dict.fromkeys(every) if key not in known)
    return validated(name, front)


_KEYS = {"title": "source.title", "creator": "source.author", "issued": "source.issued",
         "language": "source.language", "url": "source.URL",
         "site": "source.organization"}  # fmt: skip


def validated(name: str, front: Mapping[str, Any]) -> Document:
    """The document of these values; CorpusError names every one that is not of its form."""
    try:
        return Document.model_validate(dict(front))
    except ValidationError as error:
        lines = Lines(1)
        raise CorpusError([describe(name, lines, item) for item in error.errors()]) from error


def today() -> str:
    """The day of the import, as EDTF."""
    return datetime.now(UTC).date().isoformat()


def _from_name(name: str) -> str:
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = stem.replace("_", " ").replace("-", " ").strip()
    return words or name


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _summary(name: str, extracted: Extracted) -> str:
    """What the document is, for nobody has described it yet."""
    pages = f", {_counted(extracted.pages, 'page')}" if extracted.pages else ""
    minutes = f", {_counted(extracted.minutes, 'minute')}" if extracted.minutes else ""
    return f"Imported from {name} ({extracted.format}{pages}{minutes})."
