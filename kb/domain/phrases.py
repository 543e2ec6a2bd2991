"""Phrases: words that people use to search for a record or a document."""

from pydantic import ConfigDict, Field

from kb.domain.base import Noun


class Phrases(Noun):
    """Words that people use to search for a passage, by language; they are not part of its text.

    >>> Phrases(en=("the hole",), es=("el hoyo",)).by_language
    {'en': ('the hole',), 'es': ('el hoyo',)}
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[str, ...]] = Field(init=False)

    en: tuple[str, ...] = Field((), description="Phrases in English.")

    @property
    def by_language(self) -> dict[str, tuple[str, ...]]:
        """Return the phrases by BCP 47 tag, English first, without empty ones."""
        found = {"en": self.en, **self.__pydantic_extra__}
        return {language: some for language, some in found.items() if some}
