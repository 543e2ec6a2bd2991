"""Parse numbers in English and Spanish: digits, words, scales and percentages.

`numbers` normalizes numbers for the index; `NUMERAL` and `read_numeral` match and read a number
within other patterns.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kb.domain.records import Demand, Finding, Record

# The number of zeros that each scale letter or word adds.
_LETTERS = {"k": 3, "m": 6, "mm": 6, "mn": 6, "b": 9, "bn": 9, "t": 12, "tn": 12}
_ENGLISH = {"thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "trillion": 12}
_SPANISH = {
    "mil millones": 9, "mil": 3, "millon": 6, "millones": 6, "billon": 12, "billones": 12,
}  # fmt: skip
_SCALES = _SPANISH | _ENGLISH

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNIDADES = (
    "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve"
).split()
_DECENAS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
# Spelled-out numbers, indexed only before a scale word or a percent sign.
_SPOKEN = {
    **{word: str(value) for value, word in enumerate(_UNITS, 1)},
    **{word: str(value) for value, word in enumerate(_UNIDADES, 1)},
    **{word: f"{value}0" for words in (_TENS, _DECENAS) for value, word in enumerate(words, 2)},
    **{f"{ten} {one}": f"{t}{o}" for t, ten in enumerate(_TENS, 2)
       for o, one in enumerate(_UNITS[:9], 1)},
    **{f"{ten} y {one}": f"{t}{o}" for t, ten in enumerate(_DECENAS, 2)
       for o, one in enumerate(_UNIDADES[:9], 1)},
    "a": "1", "half a": "0.5", "medio": "0.5", "hundred": "100", "a hundred": "100",
    **{f"{one} hundred": f"{value}00" for value, one in enumerate(_UNITS[:9], 1)},
    "cien": "100", "mil": "1000",
}  # fmt: skip


def _any(table: Iterable[str]) -> str:
    longest_first = sorted(table, key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"[\s-]") for word in longest_first)


# Words that are numbers only before a scale word; elsewhere they mean something else.
_ONLY_BEFORE_SCALE = {"a", "half a", "medio", "un", "mil", "hundred"}

_DIGITS = rf"(?>\d+(?:[.,]\d+)*)(?:{_any(_LETTERS)})?(?!\w)"
_SCALE = rf"[\s-]?(?:{_any(_SCALES)})\b"
# A number in folded text; a range such as `1 to 3` is two numbers.
NUMERAL = (
    rf"(?:(?:{_DIGITS}|(?:{_any(_SPOKEN.keys() - _ONLY_BEFORE_SCALE)})(?!\w))(?:{_SCALE})?"
    rf"|(?:{_any(_ONLY_BEFORE_SCALE)}){_SCALE})"
)
NUMERAL_AFTER_SIGN = rf"(?:{_DIGITS}(?:{_SCALE})?)"  # `$5 million`

# An amount, a percentage or a plain number in folded text.
_NUMBER = re.compile(
    r"(?<![\w/⁄])(?<!\d[.,])"
    r"(?:(?:us)?\$\s?|[€£]\s?|(?:usd|eur|gbp)\s)?"
    rf"(?:(?>(?P<digits>\d+(?:[.,]\d+)*))(?P<letter>{_any(_LETTERS)})?|(?P<spoken>{_any(_SPOKEN)}))"
    r"(?!\w)"
    rf"(?:[\s-]?(?P<scale>{_any(_SCALES)})\b)?"
    r"(?:[\s-]?(?P<percent>%|per\s?cent\b|pct\b|(?P<ciento>por\s?ciento\b)))?"
    r"(?:\s(?:de\s)?(?:us\s)?(?:dollars?|usd|(?P<dolares>dolar(?:es)?))\b)?"
)
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # 1,500,000.50
_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")  # 1.500.000,50
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # 1.500: a decimal in English, not in Spanish
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")  # only before a scale or a percentage: 1,5 millones


def numbers(folded: str, language: str = "en") -> Iterator[tuple[str, int, int]]:
    """Yield the normal form, start and end of each number, except for those in plain digits.

    The normal form is plain digits, such as `100000000` for `$100 million` and `100,000,000`, with
    a percent sign for percentages: `40%`. A span covers the whole expression, including its
    currency. The language decides how to read `1.500` and `5 mil` if the context does not.

    >>> list(numbers("cut $1.5 million, or forty percent, by 2016"))
    [('1500000', 4, 16), ('40%', 21, 34)]
    """
    for match in _NUMBER.finditer(folded):
        form = _form(match, language)
        if form and not (form.isdigit() and form == match["digits"]):
            yield form, match.start(), match.end()


def read_numeral(folded: str, language: str = "en") -> int | float | None:
    """Return the value of text matched by NUMERAL, or None if it is a date or version number.

    >>> [read_numeral(one) for one in ("1,500", "eight", "half a million", "2.5m", "12.05.2020")]
    [1500, 8, 500000, 2500000, None]
    """
    match = _NUMBER.fullmatch(folded)
    if not match:
        return None
    form = _form(match, language) or _SPOKEN.get(_spaced(match["spoken"]))
    if form is None and language.startswith("es") and _DECIMAL_COMMA.fullmatch(folded):
        form = folded.replace(",", ".")
    if form is None:
        return None
    return float(form) if "." in form else int(form)


def is_figure(word: str) -> bool:
    """Return whether a word is a number in normal form.

    >>> [word for word in ["40%", "1.5", "2016", "1990s", "rent"] if is_figure(word)]
    ['40%', '1.5', '2016']
    """
    return _FIGURE.fullmatch(word) is not None


def _form(match: re.Match[str], language: str) -> str | None:
    scale = _spaced(match["scale"])
    spanish = bool(scale in _SPANISH or match["ciento"] or match["dolares"])
    scaled = bool(scale or match["letter"] or match["percent"])
    if match["spoken"]:
        value = _SPOKEN[_spaced(match["spoken"])] if scale or match["percent"] else None
    else:
        value = _read(match["digits"], spanish or language.startswith("es"), scaled)
    if value is None:
        return None
    zeros = _SCALES.get(scale, 0) + _LETTERS.get(match["letter"], 0)
    if scale == "mil" and not language.startswith("es"):
        zeros = 6  # `$5 mil`
    return _shifted(value, zeros) + ("%" if match["percent"] else "")


def _spaced(words: str | None) -> str:
    return " ".join((words or "").replace("-", " ").split())


def _read(digits: str, spanish: bool, scaled: bool) -> str | None:
    """Return a number with a decimal point and no separators; None for dates and versions."""
    if _COMMAS.fullmatch(digits):
        return digits.replace(",", "")
    if _DOTS.fullmatch(digits) or (spanish and _ONE_DOT.fullmatch(digits)):
        return digits.replace(".", "").replace(",", ".")
    if scaled and _DECIMAL_COMMA.fullmatch(digits):
        return digits.replace(",", ".")
    return digits if _DECIMAL.fullmatch(digits) else None


def _shifted(value: str, zeros: int) -> str:
    """Return the number times 10 ** zeros, exactly."""
    whole, _, fraction = value.partition(".")
    fraction = fraction.ljust(zeros, "0")
    whole = (whole + fraction[:zeros]).lstrip("0") or "0"
    rest = fraction[zeros:].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def stated(record: Record | None) -> Iterator[str]:
    """Yield the normal forms of the value and the upper bound of a record's amount or figure."""
    quantity = None
    if isinstance(record, Demand):
        quantity = record.amount
    elif isinstance(record, Finding):
        quantity = record.figure
    if quantity is not None:
        for value in (quantity.value, quantity.upper):
            if value is not None:
                form = _shifted(f"{abs(Decimal(repr(value))):f}", 0)
                yield f"{form}%" if quantity.unit == "percent" else form
