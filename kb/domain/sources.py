"""Sources: the works that documents describe, and the sources of single records and events."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = r"^https?://\S+$"

SourceKind = Literal["primary", "news", "secondary", "reference"]
CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "document", "entry", "entry-encyclopedia",
    "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "pamphlet",
    "post", "post-weblog", "regulation", "report", "speech", "standard", "thesis", "treaty",
    "webpage",
]  # fmt: skip


class Name(Noun):
    """A CSL name: a person's family and given names, or one literal string."""

    family: str | None = Field(None, description="Family name.")
    given: str | None = Field(None, description="Given names.")
    literal: str | None = Field(
        None, description="The whole name, if it has no family and given names."
    )

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Rights(Noun):
    """The rights holder's terms for a source; our description of it is always CC-BY-4.0."""

    terms: str = Field(description="Terms of the rights holder, in words.")
    holder: str | None = Field(None, description="Rights holder, if stated.")
    spdx: str | None = Field(None, description="SPDX id of the license, if there is one.")
    attribution: str | None = Field(
        None, description="Credit line that the rights holder requires."
    )


RESERVED = "All rights reserved by the holder; described here in our own words"


class Source(Noun):
    """The source that a document describes: a CSL item with its organizations."""

    type: CslType = Field(description="CSL 1.0.2 item type.")
    title: str = Field(min_length=1, description="The source's own title.")
    author: tuple[Name, ...] = Field((), description="Personal authors, as CSL names.")
    organization: tuple[str, ...] = Field((), description="Publishers, coalitions or campaigns.")
    issued: str | None = Field(None, description="EDTF date of the source; absent if unknown.")
    URL: str | None = Field(None, pattern=URL_PATTERN, description="Canonical web address.")
    accessed: str | None = Field(None, description="EDTF date of the last check of the evidence.")
    DOI: str | None = Field(None, description="DOI, without `https://doi.org/`.")
    ISBN: str | None = Field(None, description="ISBN of the edition.")
    language: str = Field("en", description="BCP 47 tag of the source's language.")
    rights: Rights = Field(description="Terms of the rights holder.")


class FactSource(Noun):
    """A source of records and events, such as a web page or an article."""

    id: str = Field(pattern=SLUG, description="Slug, unique in the file.")
    kind: SourceKind = Field(description="Kind of source, by its distance from the events.")
    type: CslType = Field("webpage", description="CSL 1.0.2 item type.")
    title: str | None = Field(None, min_length=1, description="Title as published, if known.")
    publisher: str | None = Field(
        None, min_length=1, description="Publisher: a newspaper, public body or website."
    )
    author: tuple[Name, ...] = Field((), description="Personal authors, as CSL names.")
    issued: str | None = Field(None, description="EDTF date of the source; absent if unknown.")
    URL: str | None = Field(None, pattern=URL_PATTERN, description="Web address of the page.")
    DOI: str | None = Field(None, description="DOI, without `https://doi.org/`.")
    ISBN: str | None = Field(None, description="ISBN of the edition.")
    language: str = Field("en", description="BCP 47 tag of the page's language.")
    seen_at: str | None = Field(
        None,
        min_length=1,
        description="Where the source was seen, in words, if it has no web address.",
    )
    weak: str | None = Field(
        None,
        min_length=1,
        description="Why the source is weak: a mirror, a data dump, a blog or a forum.",
    )

    @property
    def organization(self) -> tuple[str, ...]:
        """Return the publisher as a tuple, in the form of `Source.organization`."""
        return (self.publisher,) if self.publisher else ()


class SourceRef(Noun):
    """A reference to a source in the same file, with the place in that source."""

    id: str = Field(description="Id of an entry in `sources`.")
    place: str = Field("", description="Page, section or paragraph, in words.")


class Evidence(Noun):
    """A source of a record, with the place in that source."""

    source: FactSource = Field(description="The source.")
    place: str = Field("", description="Page, section or paragraph, in words.")
