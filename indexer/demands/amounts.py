"""Extract the amount that a demand asks for, if it states exactly one.

kb.text.numbers reads the numbers, and the patterns here match the words around them. All of this
is done in folded text, which is lowercase without accents and as long as the original.
"""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from indexer.demands.words import Key, any_of, key_by_word, pattern, word_list, word_lists
from kb.domain.quantities import Qualifier, Quantity
from kb.text.analysis import fold
from kb.text.numbers import NUMERAL, NUMERAL_AFTER_SIGN, read_numeral

MIN_THINGS = 2  # `one judge` is not a count
MAX_PER_CHARACTERS = 60  # characters after a number that are searched for `per ...`

_TABLES = word_lists()


def _by_folded(table: Mapping[Key, tuple[str, ...]]) -> dict[str, Key]:
    return {fold(word): key for word, key in key_by_word(table).items()}


_CURRENCIES = _by_folded(_TABLES.currencies)
_FRACTIONS = _by_folded(_TABLES.fractions)
_PER = _by_folded(_TABLES.per_nouns) | _by_folded(_TABLES.per_adverbs)
_TIMES_OF_PER = {"year", "month", "week", "day", "hour"}
_TIMES = ("weeks", "months", "days", "hours", "years")

# Parts that the patterns below can use by name.
_FOLDED = {
    "numeral": NUMERAL,
    "numeral_after_sign": NUMERAL_AFTER_SIGN,
    "currency_sign": any_of(tuple(word for word in _CURRENCIES if not word[-1].isalpha())),
    "currency_word": any_of(
        (*(word for word in _CURRENCIES if word[-1].isalpha()), "cents", "pesos")
    ),
    "fraction": any_of(tuple(_FRACTIONS)),
    "per_noun": any_of(tuple(_by_folded(_TABLES.per_nouns))),
    "per_adverb": any_of(tuple(_by_folded(_TABLES.per_adverbs))),
    "time_asked": any_of(tuple(map(fold, word_list("time_asked")))),
    "deadline": any_of(tuple(map(fold, word_list("deadline")))),
    "unit": "|".join(
        f"(?P<{unit}>{any_of(tuple(dict.fromkeys(map(fold, words))))})"
        for unit, words in _TABLES.units.items()
    ),
}


def _folded(form: str) -> re.Pattern[str]:
    return pattern(form, **_FOLDED)


_MONEY = _folded(
    r"(?<![\w.,])(?:(?P<sign>{currency_sign})\s?(?P<signed>{numeral_after_sign})"
    r"|(?P<value>{numeral})\s+(?:de\s+)?(?P<word>{currency_word}))(?!\w)"
)
_PERCENT = _folded(r"(?<![\w.,])(?P<value>{numeral})\s?(?:%|percent\b|per cent\b|por ciento\b)")
_FRACTION = _folded(
    r"(?<!\w)(?P<part>{fraction})"
    r"(?! (?:hour|dozen|year|amendment|street|day|grade|ward|district|a million))\b"
)
# NUMERAL ADJECTIVE{0,2} UNIT: `twelve new crossing guards`.
_COUNT = _folded(
    r"(?<![\w.,$£€])(?P<value>{numeral})\s+(?:(?!(?:of|to|and|for|or|in|de|y)\b)[^\W\d]+\s+){0,2}?"
    r"(?:{unit})(?!\w)"
)
# VERB NUMERAL THINGS, for things not listed as units: `open two clinics`, `doce estaciones`.
_THINGS = _folded(
    r"^(?:\w+|set up)\s+(?:(?:the|us|them|people|\w+ \w+)\s)?"
    r"(?P<lead>(?:at least|no fewer than|up to|al menos|por lo menos)\s)?(?P<value>{numeral})\s"
    r"(?P<of>(?!of\b|to\b|more\b|percent|and\b)[^\W\d][\w-]*(?:\s[^\W\d][\w-]*){0,2}?)"
    r"(?=$|[.,;]|\s(?:on|in|of|to|for|at|by|with|from|and|or|between|each|every|that|who|nuevas|"
    r"nuevos|de|en|para|con|por|a|que|y|sin)\b)"
)
# A duration is an amount only for leave, notice, pay or work; otherwise it is a deadline.
_TIME_ASKED = _folded(r"\b{time_asked}\b")
_DEADLINE = _folded(r"\b{deadline}\s+(?:(?:the|las|los|next|first)\s+)*$")
_QUALIFIERS = tuple(
    (re.compile(rf"\b{any_of(tuple(map(fold, words)))}\s+(?:of\s+|de\s+|a\s+)?$"), qualifier)
    for qualifier, words in _TABLES.qualifiers.items()
)
_PER_WHAT = _folded(
    r"^\s*,?\s*(?:(?:a|an|per|for each|for every|each|every|por|al|a la|la|el|cada)\s+|/\s?)"
    r"(?P<per>{per_noun})s?\b|^\s*,?\s*(?P<adverb>{per_adverb})\b"
)
_OF_WHAT = re.compile(
    r"^\s*(?:of|de)\s+(?:(?:the|its|their|our|la|el|los|las|su|sus|al|lo)\s+)?"
    r"(?P<of>[^\W\d][\w'-]*(?:\s+(?!(?:to|for|in|by|and|is|go|from|as|a|en|para|sea|se)\b)"
    r"[^\W\d][\w'-]*){0,2})"
)


def amount_of(words: str, language: str = "en") -> Quantity | None:
    """Return the sum of money, percentage or number in a demand if there is exactly one, else None.

    Money and percentages take precedence over numbers.

    >>> found = amount_of("Put $25 million a year into repairs")
    >>> found and (found.value, found.unit, found.per)
    (25000000, 'USD', 'year')
    """
    return _Amount(words, language).quantity()


class _Amount:
    def __init__(self, words: str, language: str) -> None:
        self._words, self._language = words, language
        self._folded = "".join(one if len(one := fold(char)) == 1 else char for char in words)

    def quantity(self) -> Quantity | None:
        sums = [*_MONEY.finditer(self._folded), *_PERCENT.finditer(self._folded)]
        if sums:
            return self._sum(sums[0]) if len(sums) == 1 else None
        fractions = list(_FRACTION.finditer(self._folded))
        if len(fractions) == 1:
            return self._quantity(fractions[0], _FRACTIONS[fractions[0]["part"]], "percent")
        counts = [match for match in _COUNT.finditer(self._folded) if self._is_asked(match)]
        if len(counts) != 1:
            return None if counts else self._things()
        unit = next(unit for unit in _TABLES.units if counts[0][unit])
        return self._quantity(counts[0], self._read(counts[0]["value"]), unit)

    def _sum(self, match: re.Match[str]) -> Quantity | None:
        if match.re is _PERCENT:
            return self._quantity(match, self._read(match["value"]), "percent")
        word = match["word"] or match["sign"]
        value = self._read(match["value"] or match["signed"])
        if word == "pesos" or (word == "$" and self._language.startswith("es")):
            return None  # several countries have this currency
        if word == "cents":
            return self._quantity(match, None if value is None else value / 100, "USD")
        return self._quantity(match, value, _CURRENCIES[word])

    def _is_asked(self, match: re.Match[str]) -> bool:
        """Return whether a number is demanded, and is not part of a deadline."""
        before, after = self._folded[: match.start()], self._folded[match.end() :]
        is_asked = _TIME_ASKED.search(f"{after[:30]} {before[-30:]}")
        is_time = any(match[unit] for unit in _TIMES)
        return not (is_time and not is_asked) and not _DEADLINE.search(before)

    def _things(self) -> Quantity | None:
        """Return a count of things for which no unit is listed (`600 street trees`), or None."""
        match = _THINGS.match(self._folded)
        value = self._read(match["value"]) if match else None
        if not match or value is None or value < MIN_THINGS:
            return None
        of = self._words[match.start("of") : match.end("of")]
        return Quantity(value=value, unit="items", of=of, qualifier=_qualifier(match["lead"] or ""))

    def _read(self, numeral: str) -> int | float | None:
        return read_numeral(numeral, self._language)

    def _quantity(
        self, match: re.Match[str], value: int | float | None, unit: str
    ) -> Quantity | None:
        """Return the quantity with its qualifier, `of` and `per`, or None if it is invalid."""
        if value is None:
            return None
        start = match.end()
        after = self._folded[start : start + MAX_PER_CHARACTERS]
        of = _OF_WHAT.match(after) if unit == "percent" else None
        try:
            return Quantity(
                value=value,
                unit=unit,
                qualifier=_qualifier(self._folded[: match.start()]),
                of=self._words[start + of.start("of") : start + of.end("of")] if of else None,
                per=_per(after[of.end() :] if of else after),
            )
        except ValidationError:
            return None


def _qualifier(before: str) -> Qualifier | None:
    return next((name for words, name in _QUALIFIERS if words.search(before)), None)


def _per(after: str) -> str | None:
    """Return the unit after `per`, preferring one of time (`per child per month`), or None."""
    found: list[str] = []
    while match := _PER_WHAT.match(after):
        word = match["per"] or match["adverb"]
        found.append(_PER.get(word, word))
        after = after[match.end() :]
    return next((word for word in found if word in _TIMES_OF_PER), found[0] if found else None)
