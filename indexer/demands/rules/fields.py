"""Words of a demand -> what is to be done and how much is asked."""

import re

from indexer.demands.rules.asked import Asked
from indexer.demands.rules.words import ACTIONS, NOUNS, PHRASES
from kb.domain.documents import Action

_LEADING = re.compile(
    r"^(?:(?:to|immediately|fully|permanently|publicly|urgently|promptly|also|and|then|"
    r"be|been|is|are|made to|required to|that|se|de inmediato|inmediatamente|"
    r"begin|start|commence|consider|find ways to|take steps to|work to|commit to|agree to|"
    r"vote to|vow to|continue to|help to|move to|comience a|empiece a|"
    r"(?!fami|suppl|appl)\w{4,}ly)\s+)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NONE = re.compile(r"^(?:no|zero|not one|cero|ning[uú]na?|ni)\b", re.IGNORECASE)
_KEEP = re.compile(
    r"\b(?:cuts?|layoffs?|retaliation|reprisals?|closures?|privati\w+|loss|recortes?|despidos?|"
    r"represalias?|cierres?|punish\w*|lose)\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"^(?:no new|ni un[ao]?\b.*\bmás|ning[uú]na? nuev)", re.IGNORECASE)
_MONEY = re.compile(r"^(?:at least |no less than )?(?:US)?[$£€]\s?\d", re.IGNORECASE)
_DETERMINED = re.compile(
    r"^\w+\s+(?:the|an?|all|every|each|any|our|their|its|his|her|this|these|those|"
    r"\d[\w,.]*|[$£€]|el|la|los|las|una?|unos|unas|sus?|todos?|todas?|cada)\b",
    re.IGNORECASE,
)
_BE = re.compile(r"^.{1,90}?\s(?:be|se)\s+(?=\w)", re.IGNORECASE)
# After these the phrase says more of its noun, and nothing of what is to be done.
_CUT = re.compile(
    r"\s(?:on|in|for|from|at|with|without|by|before|after|that|who|which|so|and|under|"
    r"en|para|con|por|sin|antes|que|hasta)\s",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:the|we|this|these|all|every|each|our|your|any|they|he|she|it)\s", re.IGNORECASE
)
LONGEST_SUBJECT = 8  # words before the verb, which stand in `that X do Y`
FIRST_WORDS = 9  # of a phrase without a verb, among which the noun of action stands

_IRREGULAR = {
    "built": "build", "held": "hold", "made": "make", "paid": "pay", "given": "give",
    "kept": "keep", "sent": "send", "brought": "bring", "withdrawn": "withdraw",
    "frozen": "freeze", "taken": "take", "written": "write", "spent": "spend", "met": "meet",
    "bought": "buy", "banned": "ban", "taught": "teach", "sought": "seek",
    "scrapped": "scrap", "stopped": "stop", "dropped": "drop", "capped": "cap",
}  # fmt: skip
# Nouns that look like a form of a verb.
_THINGS = frozenset("training funding housing building buildings hearing hearings staffing".split())
_SPANISH_ENDING = re.compile(
    r"(?:[aei]r(?:se)?|ad[oa]s?|id[oa]s?|ando|iendo|[aeo]n?|amos|emos|imos)$"
)
_SOUNDS = (("zc", "c"), ("qu", "c"), ("gu", "g"), ("z", "c"), ("ie", "e"), ("ue", "o"), ("j", "g"))


def action_of(asked: Asked) -> Action:
    """What is asked to be done.

    >>> [action_of(Asked(None, rest)) for rest in ("end bail", "rent be cut", "No layoffs")]
    ['end', 'reduce', 'protect']
    """
    phrase = _LEADING.sub("", asked.rest.strip())
    if asked.refused:
        return "protect" if verb_action(phrase) in {"end", "reduce", "reallocate"} else "ban"
    if _NONE.match(phrase):
        return _without(phrase)
    found = _by_verb(phrase)
    if found:
        return found
    later = _after_subject(phrase)
    if later:
        return later
    passive = _BE.match(phrase)
    if passive:
        later = _by_verb(_LEADING.sub("", phrase[passive.end() :]))
        if later:
            return later
    return "other" if asked.verbal else _by_noun(phrase)


def _after_subject(phrase: str) -> Action | None:
    """The action of `the township reallocate funds`: of a base form after a few words."""
    if not _SUBJECT.match(phrase):
        return None
    for word in phrase.split()[1:LONGEST_SUBJECT]:
        if word in _PLAIN_VERBS:
            return ACTIONS[word]
    return None


def _without(phrase: str) -> Action:
    if _KEEP.search(phrase):
        return "protect"
    return "ban" if _NEW.match(phrase) else "end"


def _by_verb(phrase: str) -> Action | None:
    for pattern, action in PHRASES:
        if pattern.match(phrase):
            return action
    return verb_action(phrase)


def verb_action(phrase: str) -> Action | None:
    """The action of the verb that a phrase begins with; None where it begins with none."""
    match = _WORD.match(phrase)
    if not match:
        return None
    word = match[0].lower()
    if word in _THINGS:
        return None
    return next((ACTIONS[one] for one in _bases(word) if one in ACTIONS), _SPANISH.get(_key(word)))


def _bases(word: str) -> list[str]:
    """What the base form of an English verb may be."""
    forms = [word, _IRREGULAR.get(word, word)]
    for ending, instead in (
        ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"),
        ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 1:
            forms.append(word.removesuffix(ending) + instead)
    return forms


def _key(verb: str) -> str:
    """What all forms of a Spanish verb share, nearly: `publique`, `publicar` -> `public`."""
    stem = _SPANISH_ENDING.sub("", verb)
    for sound, instead in _SOUNDS:
        stem = stem.replace(sound, instead)
    return stem if len(stem) > 2 else verb


_SPANISH = {
    _key(verb): action
    for verb, action in reversed(ACTIONS.items())
    if re.search(r"[aei]r(?:se)?$", verb) and verb not in {"bar", "offer", "deliver", "repair"}
}


# Verbs that are no nouns as well, so that they are told without what stands before them.
_PLAIN_VERBS = frozenset(
    (
        "reallocate redirect divert defund eliminate abolish repeal rescind invest allocate adopt "
        "enact establish create guarantee provide ensure protect preserve recognize restore "
        "reinstate disclose publish prohibit reduce remove withdraw cancel terminate dismantle "
        "suspend implement revoke pay hire include respect apologize require amend divest"
    ).split()
)


def _by_noun(phrase: str) -> Action:
    """The action of a phrase without a verb: of its noun, else that a thing be given."""
    if _MONEY.match(phrase):
        return "fund"
    return noun_action(phrase) or ("other" if _DETERMINED.match(phrase) else "guarantee")


def noun_action(phrase: str) -> Action | None:
    """The action of the noun that a phrase is about: `An end to ...`; None where it has none."""
    beginning = _CUT.split(" ".join(phrase.split()[:FIRST_WORDS]), maxsplit=1)[0]
    found = [(match.start(), action) for noun, action in NOUNS if (match := noun.search(beginning))]
    return min(found)[1] if found else None


def is_action(words: str) -> bool:
    """Whether words begin with a verb that asks for something: an imperative or infinitive."""
    match = _WORD.match(words)
    return match is not None and match[0].lower() in ACTIONS
