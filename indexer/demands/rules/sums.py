"""How much a demand asks, where its words state one sum."""

import re

from pydantic import ValidationError

from indexer.demands.rules.sum_words import (
    COUNT,
    CURRENCIES,
    DEADLINE,
    EACH,
    FEW,
    FEWEST,
    MONEY,
    NUMBERS,
    OF,
    PART,
    PARTS,
    PER,
    PERCENT,
    PERS,
    QUALIFIERS,
    THINGS,
    TIME_ASKED,
    TIMES,
    UNITS,
    WORDS,
)
from kb.domain.quantities import Qualifier, Quantity
from kb.text.analysis import fold
from kb.text.numbers import numbers


def amount_of(words: str, language: str = "en") -> Quantity | None:
    """The one sum of money, percentage or number that a demand asks for; None for none or more.

    >>> str(amount_of("Put $25 million a year into repairs").words)
    '$25,000,000 per year'
    """
    money = list(MONEY.finditer(words))
    percents = list(PERCENT.finditer(words))
    if len(money) + len(percents) > 1:
        return None
    if money:
        return _money(words, money[0], language)
    if percents:
        return _quantity(words, percents[0], _plain(percents[0]["value"], language), "percent")
    parts = list(PART.finditer(words))
    if len(parts) == 1 and not NUMBERS.search(words):
        return _quantity(words, parts[0], PARTS[parts[0]["part"].lower()], "percent")
    counts = [match for match in COUNT.finditer(words) if _is_asked(words, match)]
    if not counts:
        return _things(words, language)
    if len(counts) > 1:
        return None
    unit = next(unit for unit in UNITS if counts[0][unit])
    return _quantity(words, counts[0], _plain(counts[0]["value"], language), unit)


def _things(words: str, language: str) -> Quantity | None:
    """`plant 600 street trees`: how many of what."""
    match = THINGS.match(words)
    value = _plain(match["value"], language) if match else None
    if not match or value is None or value < FEWEST or _year(match["value"]):
        return None
    return Quantity(
        value=value, unit="items", of=match["of"], qualifier=_qualifier(match["lead"] or "")
    )


def _year(digits: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", digits))


def _is_asked(words: str, match: re.Match[str]) -> bool:
    """Whether a number of things or of days is what is asked, and no date or limit."""
    before = words[: match.start()]
    timed = any(match[unit] for unit in TIMES)
    if timed and not TIME_ASKED.search(words[match.end() :][:30] + " " + before[-30:]):
        return False
    return not DEADLINE.search(before) or bool(_qualifier(before))


def _money(words: str, match: re.Match[str], language: str) -> Quantity | None:
    word = (match["word"] or match["sign"]).lower()
    if word == "pesos" or (word == "$" and language.startswith("es")):
        return None  # of which of eight countries is not said
    if word == "cents":
        cents = _plain(match["value"], language)
        return _quantity(words, match, None if cents is None else cents / 100, "USD")
    text = match["value"] or f"{match['signed']} {match['scale'] or ''}"
    return _quantity(words, match, _plain(text.strip(), language), CURRENCIES[word])


def _plain(text: str, language: str) -> int | float | None:
    """The number that words or digits stand for."""
    lowered = text.lower()
    if lowered in WORDS:
        return WORDS[lowered]
    if re.fullmatch(r"\d+", lowered):
        return int(lowered)
    forms = [form for form, _, _ in numbers(fold(lowered), language)]
    digits = forms[0] if len(forms) == 1 else lowered.replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return None
    return float(digits) if "." in digits else int(digits)


def _quantity(
    words: str, match: re.Match[str], value: int | float | None, unit: str
) -> Quantity | None:
    """The quantity with what stands around it; None where it is none."""
    if value is None:
        return None
    after = words[match.end() :][:FEW]
    of = OF.match(after) if unit == "percent" else None
    try:
        return Quantity(
            value=value,
            unit=unit,
            qualifier=_qualifier(words[: match.start()]),
            of=of["of"] if of else None,
            per=_per(after[of.end() :] if of else after),
        )
    except ValidationError:
        return None


def _qualifier(before: str) -> Qualifier | None:
    return next((name for pattern, name in QUALIFIERS if pattern.search(before)), None)


def _per(after: str) -> str | None:
    """Per what a sum is: the time where there is one (`per child per month`), else the rest."""
    found: list[str] = []
    while match := PER.match(after):
        word = (match["per"] or match["adverb"]).lower()
        found.append(PERS.get(word, word))
        after = after[match.end() :]
    return next((word for word in found if word in EACH), found[0] if found else None)
