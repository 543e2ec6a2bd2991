"""Read the word lists in words.yaml, and build patterns from them.

The form of a sentence is a pattern in which `{name}` matches any word in the list `name`. To add a
word, edit only words.yaml.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar, get_args

import yaml
from pydantic import BeforeValidator, TypeAdapter, ValidationError

from kb.domain.base import Noun
from kb.domain.places import Level
from kb.domain.quantities import Qualifier
from kb.domain.records import Action

Key = TypeVar("Key")

# Every import worker reads the word lists, in 4 ms with libyaml and 130 ms without.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FILE = Path(__file__).with_name("words.yaml")

_WORD = re.compile(r"[\w'*$£€-][\w'*$£€. -]*")
_PLACE = re.compile(r"\{([a-z][a-z_]*)\}")


def _split(text: object) -> tuple[str, ...]:
    """Split a comma-separated list; raise ValueError for a word that patterns cannot contain."""
    words = tuple(word.strip() for word in str(text).split(","))
    for word in words:
        if not _WORD.fullmatch(word) or word != word.lower():
            raise ValueError(
                f"'{word}' is not a lowercase word; expected a list such as 'urge, call on'"
            )
    if twice := {word for word in words if words.count(word) > 1}:
        raise ValueError(f"{', '.join(sorted(twice))}: given twice in one list")
    return words


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class WordLists(Noun):
    """Contents of words.yaml."""

    actions: dict[Action, Words]
    action_phrases: dict[Action, Words]
    action_nouns: dict[Action, Words]
    levels: dict[Level, Words]
    units: dict[str, Words]
    qualifiers: dict[Qualifier, Words]
    currencies: dict[str, Words]
    fractions: dict[int, Words]
    per_nouns: dict[str, Words]
    per_adverbs: dict[str, Words]
    irregular_verbs: dict[str, Words]
    lists: dict[str, Words]


def parse_words(text: str) -> WordLists:
    """Parse a file of word lists. Raise ValueError, with the name of the list, if it is invalid."""
    fields = yaml.load(text, _LOADER)  # noqa: S506 # either loader is a safe one
    try:
        found = TypeAdapter(WordLists).validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"{FILE.name}: {where}: {first['msg']}") from error
    if missing := set(get_args(Action)) - set(found.actions):
        raise ValueError(f"{FILE.name}: actions: expected verbs for {', '.join(sorted(missing))}")
    return found


@cache
def word_lists() -> WordLists:
    """Return the contents of words.yaml, which is read once per process."""
    return parse_words(FILE.read_text("utf-8"))


def word_list(name: str) -> tuple[str, ...]:
    """Return the words in the list `name` of words.yaml. Raise KeyError if there is none."""
    return word_lists().lists[name]


def key_by_word(table: Mapping[Key, Words]) -> dict[str, Key]:
    """Invert a table, so that it maps, for example, verbs to actions or names to currency codes."""
    return {word: key for key, words in table.items() for word in words}


def pattern(form: str, **parts: str) -> re.Pattern[str]:
    """Compile a form, ignoring case; `{name}` is replaced as in `fill`."""
    return re.compile(fill(form, **parts), re.IGNORECASE)


def fill(form: str, **parts: str) -> str:
    """Replace each `{name}` in a form with the part, or else the word list, that has this name.

    Raise KeyError if there is neither.
    """
    return _PLACE.sub(lambda match: parts.get(match[1]) or any_of(word_list(match[1])), form)


def any_of(words: tuple[str, ...]) -> str:
    """Return a pattern that matches any of the words, trying the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_escaped, longest_first))})"


def _escaped(word: str) -> str:
    plain = re.escape(word).replace("'", "['’]").replace(r"\*", r"\w*").replace(r"\ ", r"\s")
    return plain.replace(r"\s\.\.\.\s", r"\s(?:[\w'’]+\s){0,6}?")
