"""Classify the action that a demand asks for."""

import re

from indexer.demands.bodies import Directive
from indexer.demands.words import any_of, key_by_word, pattern, word_list, word_lists
from kb.domain.records import Action

MAX_NOUN_WORDS = 9  # words at the start of a verbless phrase in which its action noun is sought

_ACTIONS = key_by_word(word_lists().actions)
_AUXILIARIES = pattern(r"^(?:(?:{auxiliary}|(?!fami|suppl|appl)\w{4,}ly)\s+)+")
_FIRST_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NO = pattern(r"^(?:no|zero|not one|cero|ning[uú]na?|ni)\b")
_LOSS = pattern(r"\b{loss}\b")
_NO_NEW = pattern(r"^(?:no new|ni un[ao]?\b.*\bmás|ning[uú]na? nuev)")
_MONEY = pattern(r"^(?:at least |no less than )?(?:US)?[$£€]\s?\d")
_VERB_AND_ARTICLE = pattern(
    r"^\w+\s+(?:the|an?|all|every|each|any|our|their|its|his|her|this|these|those|"
    r"\d[\w,.]*|[$£€]|el|la|los|las|una?|unos|unas|sus?|todos?|todas?|cada)\b"
)
_PASSIVE = pattern(r"^.{1,90}?\s(?:be|se)\s+(?=\w)")
_PHRASE_END = pattern(r"\s{phrase_end}\s")

_PHRASES = tuple(
    (pattern(rf"{any_of(phrases)}\b"), action)
    for action, phrases in word_lists().action_phrases.items()
)
# `free meals`, but not `free the prisoners`.
_FREE_THING = pattern(r"free (?!all\b|the\b|every|our\b|people\b|them\b|those\b|political)")
_NOUNS = tuple(
    (pattern(rf"\b{any_of(nouns)}\b"), action)
    for action, nouns in word_lists().action_nouns.items()
)

_IRREGULAR = key_by_word(word_lists().irregular_verbs)
_ENGLISH_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip
_SPANISH_ENDING = re.compile(
    r"(?:[aei]r(?:se)?|ad[oa]s?|id[oa]s?|ando|iendo|[aeo]n?|amos|emos|imos)$"
)
_SPANISH_SOUNDS = (
    ("zc", "c"), ("qu", "c"), ("gu", "g"), ("z", "c"), ("ie", "e"), ("ue", "o"), ("j", "g"),
)  # fmt: skip
_THINGS = frozenset(word_list("thing"))


def action_of(asked: Directive) -> Action:
    """Return the action that a directive asks for.

    >>> [action_of(Directive(None, act)) for act in ("end bail", "rent be cut", "No layoffs")]
    ['end', 'reduce', 'protect']
    """
    phrase = _AUXILIARIES.sub("", asked.act.strip())
    if asked.is_negated:
        return "protect" if verb_action(phrase) in {"end", "reduce", "reallocate"} else "ban"
    if _NO.match(phrase):  # `no layoffs`, `no new jails`, `no fees`
        other: Action = "ban" if _NO_NEW.match(phrase) else "end"
        return "protect" if _LOSS.search(phrase) else other
    found = _leading_action(phrase)
    if not found and (passive := _PASSIVE.match(phrase)):  # `rent be cut`
        found = _leading_action(_AUXILIARIES.sub("", phrase[passive.end() :]))
    if found or asked.is_verbal:
        return found or "other"
    if _MONEY.match(phrase):
        return "fund"
    return noun_action(phrase) or ("other" if _VERB_AND_ARTICLE.match(phrase) else "guarantee")


def verb_action(phrase: str) -> Action | None:
    """Return the action that the first word expresses, or None if it is not a known verb."""
    match = _FIRST_WORD.match(phrase)
    word = match[0].lower() if match else ""
    if word in _THINGS:
        return None
    english = next((_ACTIONS[one] for one in _english_bases(word) if one in _ACTIONS), None)
    return english or _SPANISH_STEMS.get(_spanish_stem(word))


def noun_action(phrase: str) -> Action | None:
    """Return the action that a noun expresses, as in `An end to ...`, or None if no noun does."""
    beginning = _PHRASE_END.split(" ".join(phrase.split()[:MAX_NOUN_WORDS]), maxsplit=1)[0]
    found = [
        (match.start(), action) for noun, action in _NOUNS if (match := noun.search(beginning))
    ]
    return min(found)[1] if found else None


def begins_with_verb(words: str) -> bool:
    """Return whether a phrase begins with an imperative or infinitive that expresses an action."""
    match = _FIRST_WORD.match(words)
    return match is not None and match[0].lower() in _ACTIONS


def _leading_action(phrase: str) -> Action | None:
    if _FREE_THING.match(phrase):
        return "guarantee"
    known = next((action for words, action in _PHRASES if words.match(phrase)), None)
    return known or verb_action(phrase)


def _english_bases(word: str) -> list[str]:
    """Return the possible base forms of an English verb."""
    return [word, _IRREGULAR.get(word, word)] + [
        word.removesuffix(ending) + instead
        for ending, instead in _ENGLISH_ENDINGS
        if word.endswith(ending) and len(word) - len(ending) > 1
    ]


def _spanish_stem(verb: str) -> str:
    """Return the stem that most forms of a Spanish verb share: `publicar` -> `public`."""
    stem = _SPANISH_ENDING.sub("", verb)
    for sound, instead in _SPANISH_SOUNDS:
        stem = stem.replace(sound, instead)
    return stem if len(stem) > 2 else verb


_SPANISH_STEMS = {_spanish_stem(verb): action for verb, action in reversed(_ACTIONS.items())}
