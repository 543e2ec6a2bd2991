"""Find the names of bodies that can act on a demand, and their level of government."""

import re
from typing import NamedTuple

from indexer.demands.words import any_of, fill, pattern, word_lists
from kb.domain.places import Level

_INITIALS = r"[A-Z]{2,6}\b"  # the ACLU, the NPC: any organization
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w.’'&-]*"
# ARTICLE? BEFORE{0,3} HEAD AFTER*: `the | Portland City | Council | of Elders`. Only the head may
# be in lowercase, because capitals show where a name ends.
_NAME = re.compile(
    fill(
        r"(?:{article}\s+)?(?P<name>(?:(?!{not_in_name}\b)[\w.’'-]+\s+){0,3}?"
        r"(?:(?i:{body_head})(?!\w)|{initials})"
        r"(?:\s+(?:of|for|on|and|de|del|para|y|e)(?:\s+(?:the|la|el|los|las))?\s+{capital}"
        r"(?:\s+{capital})*|\s+{capital}|\s+{body_complement}(?:es)?\b)*)",
        initials=_INITIALS,
        capital=_CAPITAL,
    )
)
_ARTICLES = pattern(r"^(?:{stripped_article}\s+)+")
_RELATIVE_CLAUSE = pattern(r"\s+{relative}\b|\s*[,;:(]")
_LEVELS = tuple(
    (pattern(rf"(?<!\w){any_of(words)}(?!\w)"), level)
    for level, words in word_lists().levels.items()
)
_GOVERNMENT = pattern(r"\bgovernment$|^gobierno$")  # without the name of a place


class Directive(NamedTuple):
    """The action that a sentence demands, and the body that must act."""

    target: str | None  # the body that must act
    act: str  # what it must do, without words such as `we demand`
    is_strong: bool = False  # whether the form is rarely anything but a demand
    is_negated: bool = False  # whether the form is negative, such as `must not ...`
    is_verbal: bool = False  # whether `act` begins with a verb


def split_body(words: str) -> tuple[str, str] | None:
    """Split a phrase into the body's name at its start and the rest; return None without a name.

    >>> split_body("the State Legislature to restore aid")
    ('State Legislature', 'to restore aid')
    """
    match = _NAME.match(words)
    return (bare_name(match["name"]), words[match.end() :].strip()) if match else None


def body_in(subject: str) -> str | None:
    """Return the body that a subject names, or None if its head noun is not a body.

    >>> body_in("Each county"), body_in("The city's budget"), body_in("Members of the council")
    ('county', None, None)
    """
    name = _RELATIVE_CLAUSE.split(subject.strip(), maxsplit=1)[0]
    return bare_name(name) if _NAME.fullmatch(name) else None


def bare_name(name: str) -> str:
    """Remove the article and any relative clause from a name."""
    cut = _RELATIVE_CLAUSE.split(name.strip(" .:;,"), maxsplit=1)[0]
    return _ARTICLES.sub("", cut).strip(" .:;,")


def level_of(target: str | None) -> Level | None:
    """Return the level of government that a name indicates, or None if it indicates none.

    >>> level_of("Board of Supervisors"), level_of("City Council"), level_of("Crestline")
    ('county', 'city', None)
    """
    if not target:
        return None
    named = next((level for words, level in _LEVELS if words.search(target)), None)
    return named or ("national" if _GOVERNMENT.search(target) else None)
