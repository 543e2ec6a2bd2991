"""How much a demand asks, where its words state one sum."""

import re

from pydantic import ValidationError

from kb.domain.quantities import Qualifier, Quantity
from kb.text.analysis import fold
from kb.text.numbers import numbers

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_SPOKEN = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty(?:[- ]five)?|thirty|forty|fifty|sixty|a hundred|"
    r"one hundred|two hundred|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cien"
)
_SCALE = r"thousand|million|billion|mil millones|millones|millón|mil|[mk]\b|bn\b"
_WORDS = {
    word: value
    for value, words in (
        (1, "one"), (2, "two dos"), (3, "three tres"), (4, "four cuatro"), (5, "five cinco"),
        (6, "six seis"), (7, "seven siete"), (8, "eight ocho"), (9, "nine nueve"),
        (10, "ten diez"), (11, "eleven"), (12, "twelve doce"), (13, "thirteen"),
        (14, "fourteen"), (15, "fifteen quince"), (16, "sixteen"), (17, "seventeen"),
        (18, "eighteen"), (19, "nineteen"), (20, "twenty veinte"), (30, "thirty treinta"),
        (40, "forty"), (50, "fifty"), (60, "sixty"), (100, "cien"),
    )
    for word in words.split()
} | {"a hundred": 100, "one hundred": 100, "two hundred": 200, "twenty-five": 25, "twenty five": 25}
_CURRENCIES = {
    "$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "c$": "CAD", "a$": "AUD", "nz$": "NZD",
    "dollar": "USD", "dollars": "USD", "usd": "USD", "dólares": "USD", "dólar": "USD",
    "euro": "EUR", "euros": "EUR", "soles": "PEN", "bolivianos": "BOB", "colones": "CRC",
    "quetzales": "GTQ", "lempiras": "HNL", "reales": "BRL", "rand": "ZAR", "rupees": "INR",
    "naira": "NGN",
}  # fmt: skip
_VALUE = rf"(?:{_NUMBER}|(?:a|half a|{_SPOKEN})(?=\s))(?:\s?(?:{_SCALE}))?"
_MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<sign>(?:US|C|A|NZ)?\$|£|€)\s?(?P<signed>{_NUMBER})(?:\s?(?P<scale>{_SCALE}))?"
    rf"|(?P<value>{_VALUE})\s+(?:de\s+)?(?P<word>dollars?|usd|dólar(?:es)?|euros?|soles|bolivianos|"
    r"colones|quetzales|lempiras|reales|rand|rupees|naira|cents|pesos))(?!\w)",
    re.IGNORECASE,
)
# Parts of a whole that are whole percents; others are rounded, and nothing is invented.
_PARTS = {"half": 50, "quarter": 25, "fifth": 20, "tenth": 10, "mitad": 50, "cuarta parte": 25,
          "quinta parte": 20, "décima parte": 10}  # fmt: skip
_PART = re.compile(
    r"(?<!\w)(?:by |in |a la |la |una |a )?(?P<part>half|quarter|fifth|tenth|mitad|(?:cuarta|quinta|"
    r"décima) parte)(?! (?:hour|dozen|year|amendment|street|day|grade|ward|district|a million))\b",
    re.IGNORECASE,
)
# `two seats`, `doce estaciones`: what the verb takes, where it is nothing of the list of units.
_THINGS = re.compile(
    rf"^(?:\w+|set up)\s+(?:(?:the|us|them|people|\w+ \w+)\s)?(?P<lead>(?:at least|no fewer than|up to|al menos|"
    rf"por lo menos)\s)?(?P<value>{_NUMBER}|{_SPOKEN})\s(?P<of>(?!of\b|to\b|more\b|percent|and\b)"
    r"[^\W\d][\w-]*(?:\s[^\W\d][\w-]*){0,2}?)(?=$|[.,;]|\s(?:on|in|of|to|for|at|by|with|from|and|or|"
    r"between|each|every|that|who|nuevas|nuevos|de|en|para|con|por|a|que|y|sin)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<value>{_NUMBER}|{_SPOKEN})\s?(?:%|percent\b|per cent\b|por ciento\b)",
    re.IGNORECASE,
)
_UNITS = {
    "people": (
        r"people|persons|workers|nurses|teachers|counselors|drivers|librarians|social workers|"
        r"inspectors|officers|staff|midwives|doctors|physicians|paraprofessionals|students|"
        r"guards|crossing guards|firefighters|members|riders|apprentices|"
        r"personas|maestr[oa]s|médic[oa]s|inspectores|enfermer[oa]s|estudiantes|compañer[oa]s|"
        r"docentes|trabajador[ae]s|plazas"
    ),
    "homes": r"homes|houses|housing units|apartments|units of housing|viviendas|casas|"
    r"departamentos",
    "jobs": r"jobs|positions|posts|empleos|puestos de trabajo",
    "acres": r"acres",
    "weeks": r"weeks|semanas",
    "months": r"months|meses",
    "days": r"days|días",
    "hours": r"hours?|horas",
    "years": r"years|años",
}
_TIMES = {"weeks", "months", "days", "hours", "years"}
_COUNT = re.compile(
    rf"(?<![\w.,$£€])(?P<value>{_NUMBER}|{_SPOKEN})\s+(?:(?!of\b|to\b|and\b|for\b|or\b|in\b|de\b|y\b)"
    r"[^\W\d]+\s+){0,2}?(?P<unit>"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
# A span of time is what is asked only as leave, notice, pay or work; else it is a date by when.
_TIME_ASKED = re.compile(
    r"\b(?:leave|notice|contracts?|wages|pay|vacation|rest|week|a day|each day|"
    r"per (?:day|week)|licencia|vacaciones|descanso|contratos?|aviso)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?:\b(?:within|by|before|after|until|in|en|antes de|dentro de|durante|plazo de|than|over|"
    r"under|cada|every|for|que|primeras)\s+(?:the\s+|las\s+|los\s+|next\s+|first\s+)*)$",
    re.IGNORECASE,
)
_QUALIFIERS: tuple[tuple[re.Pattern[str], Qualifier], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\s+(?:of\s+|de\s+|a\s+)?$", re.IGNORECASE), qualifier)
    for pattern, qualifier in (
        (r"at least|no less than|no fewer than|not less than|a minimum of|al menos|por lo menos|"
         r"no menos de|como mínimo|un mínimo de", "at-least"),
        (r"up to|at most|no more than|not more than|a maximum of|hasta|no más de|"
         r"como máximo|un máximo de", "up-to"),
        (r"about|around|approximately|roughly|some|unos|unas|cerca de|alrededor de|"
         r"aproximadamente", "about"),
        (r"nearly|almost|casi", "nearly"),
        (r"more than|over|más de", "over"),
        (r"less than|fewer than|under|menos de", "under"),
    )
)  # fmt: skip
_PER = re.compile(
    r"^\s*,?\s*(?:(?:a|an|per|for each|for every|each|every|por|al|a la|la|el|cada)\s+|/\s?)"
    r"(?P<per>year|month|week|day|hour|student|child|pupil|gallon|pound|person|household|family|"
    r"shift|unit|resident|worker|class|año|mes|semana|día|hora|familia|persona|estudiante|"
    r"habitante)s?\b|^\s*,?\s*(?P<adverb>annually|yearly|monthly|weekly|hourly|daily|anual(?:es)?|"
    r"mensual(?:es)?|diarios?)\b",
    re.IGNORECASE,
)
_PERS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "hourly": "hour",
    "daily": "day", "anual": "year", "anuales": "year", "mensual": "month", "mensuales": "month",
    "diario": "day", "diarios": "day", "año": "year", "mes": "month", "semana": "week",
    "día": "day", "hora": "hour", "familia": "family", "persona": "person",
    "estudiante": "student", "habitante": "resident",
}  # fmt: skip
_EACH = {"year", "month", "week", "day", "hour"}
_OF = re.compile(
    r"^\s*(?:of|de)\s+(?:(?:the|its|their|our|la|el|los|las|su|sus|al|lo)\s+)?"
    r"(?P<of>[^\W\d][\w’'-]*(?:\s+(?!to\b|for\b|in\b|by\b|and\b|is\b|go\b|from\b|as\b|a\b|en\b|"
    r"para\b|sea\b|se\b)[^\W\d][\w’'-]*){0,2})",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d")
FEWEST = 2  # of things; `one judge` is no number
_FEW = 60  # characters after a number that say per what


def amount_of(words: str, language: str = "en") -> Quantity | None:
    """The one sum of money, percentage or number that a demand asks for; None for none or more.

    >>> str(amount_of("Put $25 million a year into repairs").words)
    '$25,000,000 per year'
    """
    money = list(_MONEY.finditer(words))
    percents = list(_PERCENT.finditer(words))
    if len(money) + len(percents) > 1:
        return None
    if money:
        return _money(words, money[0], language)
    if percents:
        return _quantity(words, percents[0], _plain(percents[0]["value"], language), "percent")
    parts = list(_PART.finditer(words))
    if len(parts) == 1 and not _NUMBERS.search(words):
        return _quantity(words, parts[0], _PARTS[parts[0]["part"].lower()], "percent")
    counts = [match for match in _COUNT.finditer(words) if _is_asked(words, match)]
    if not counts:
        return _things(words, language)
    if len(counts) > 1:
        return None
    unit = next(unit for unit in _UNITS if counts[0][unit])
    return _quantity(words, counts[0], _plain(counts[0]["value"], language), unit)


def _things(words: str, language: str) -> Quantity | None:
    """`plant 600 street trees`: how many of what."""
    match = _THINGS.match(words)
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
    timed = any(match[unit] for unit in _TIMES)
    if timed and not _TIME_ASKED.search(words[match.end() :][:30] + " " + before[-30:]):
        return False
    return not _DEADLINE.search(before) or bool(_qualifier(before))


def _money(words: str, match: re.Match[str], language: str) -> Quantity | None:
    word = (match["word"] or match["sign"]).lower()
    if word == "pesos" or (word == "$" and language.startswith("es")):
        return None  # of which of eight countries is not said
    if word == "cents":
        cents = _plain(match["value"], language)
        return _quantity(words, match, None if cents is None else cents / 100, "USD")
    text = match["value"] or f"{match['signed']} {match['scale'] or ''}"
    return _quantity(words, match, _plain(text.strip(), language), _CURRENCIES[word])


def _plain(text: str, language: str) -> int | float | None:
    """The number that words or digits stand for."""
    lowered = text.lower()
    if lowered in _WORDS:
        return _WORDS[lowered]
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
    after = words[match.end() :][:_FEW]
    of = _OF.match(after) if unit == "percent" else None
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
    return next((name for pattern, name in _QUALIFIERS if pattern.search(before)), None)


def _per(after: str) -> str | None:
    """Per what a sum is: the time where there is one (`per child per month`), else the rest."""
    found: list[str] = []
    while match := _PER.match(after):
        word = (match["per"] or match["adverb"]).lower()
        found.append(_PERS.get(word, word))
        after = after[match.end() :]
    return next((word for word in found if word in _EACH), found[0] if found else None)
