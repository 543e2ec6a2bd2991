"""The words of sums: numbers, currencies, units, qualifiers, and per what."""

import re

from indexer.demands.rules.words import compiled
from kb.domain.quantities import Qualifier

NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
SPOKEN = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty(?:[- ]five)?|thirty|forty|fifty|sixty|a hundred|"
    r"one hundred|two hundred|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cien"
)
SCALE = r"thousand|million|billion|mil millones|millones|millón|mil|[mk]\b|bn\b"
WORDS = {
    word: value
    for value, words in (
        (1, "one"),
        (2, "two dos"),
        (3, "three tres"),
        (4, "four cuatro"),
        (5, "five cinco"),
        (6, "six seis"),
        (7, "seven siete"),
        (8, "eight ocho"),
        (9, "nine nueve"),
        (10, "ten diez"),
        (11, "eleven"),
        (12, "twelve doce"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen quince"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty veinte"),
        (30, "thirty treinta"),
        (40, "forty"),
        (50, "fifty"),
        (60, "sixty"),
        (100, "cien"),
    )
    for word in words.split()
} | {"a hundred": 100, "one hundred": 100, "two hundred": 200, "twenty-five": 25, "twenty five": 25}
CURRENCIES = {
    "$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "c$": "CAD", "a$": "AUD", "nz$": "NZD",
    "dollar": "USD", "dollars": "USD", "usd": "USD", "dólares": "USD", "dólar": "USD",
    "euro": "EUR", "euros": "EUR", "soles": "PEN", "bolivianos": "BOB", "colones": "CRC",
    "quetzales": "GTQ", "lempiras": "HNL", "reales": "BRL", "rand": "ZAR", "rupees": "INR",
    "naira": "NGN",
}  # fmt: skip
VALUE = rf"(?:{NUMBER}|(?:a|half a|{SPOKEN})(?=\s))(?:\s?(?:{SCALE}))?"
MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<sign>(?:US|C|A|NZ)?\$|£|"
    rf"€)\s?(?P<signed>{NUMBER})(?:\s?(?P<scale>{SCALE}))?"
    rf"|(?P<value>{VALUE})\s+(?:de\s+)?(?P<word>dollars?|usd|dólar(?:es)?|euros?|soles|bolivianos|"
    r"colones|quetzales|lempiras|reales|rand|rupees|naira|cents|pesos))(?!\w)",
    re.IGNORECASE,
)
# Parts of a whole that are whole percents; others are rounded, and nothing is invented.
PARTS = {"half": 50, "quarter": 25, "fifth": 20, "tenth": 10, "mitad": 50, "cuarta parte": 25,
          "quinta parte": 20, "décima parte": 10}  # fmt: skip
PART = re.compile(
    r"(?<!\w)(?:by |in |a la |la |una |a )?(?P<part>half|quarter|fifth|tenth|mitad|"
    r"(?:cuarta|quinta|décima) parte)(?! (?:hour|dozen|year|amendment|street|day|grade|ward|"
    r"district|a million))\b",
    re.IGNORECASE,
)
# `two seats`, `doce estaciones`: what the verb takes, where it is nothing of the list of units.
THINGS = re.compile(
    rf"^(?:\w+|set up)\s+(?:(?:the|us|them|people|\w+ \w+)\s)?"
    rf"(?P<lead>(?:at least|no fewer than|up to|al menos|por lo menos)\s)?(?P<value>{NUMBER}|"
    rf"{SPOKEN})\s(?P<of>(?!of\b|to\b|more\b|percent|and\b)"
    r"[^\W\d][\w-]*(?:\s[^\W\d][\w-]*){0,2}?)(?=$|[.,;]|\s(?:on|in|of|to|for|at|by|with|from|"
    r"and|or|"
    r"between|each|every|that|who|nuevas|nuevos|de|en|para|con|por|a|que|y|sin)\b)",
    re.IGNORECASE,
)
PERCENT = re.compile(
    rf"(?<![\w.,])(?P<value>{NUMBER}|{SPOKEN})\s?(?:%|percent\b|per cent\b|por ciento\b)",
    re.IGNORECASE,
)
UNITS = {
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
TIMES = {"weeks", "months", "days", "hours", "years"}
COUNT = re.compile(
    rf"(?<![\w.,$£€])(?P<value>{NUMBER}|{SPOKEN})\s+(?:(?!of\b|to\b|and\b|for\b|or\b|in\b|"
    rf"de\b|y\b)"
    r"[^\W\d]+\s+){0,2}?(?P<unit>"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
# A span of time is what is asked only as leave, notice, pay or work; else it is a date by when.
TIME_ASKED = re.compile(
    r"\b(?:leave|notice|contracts?|wages|pay|vacation|rest|week|a day|each day|"
    r"per (?:day|week)|licencia|vacaciones|descanso|contratos?|aviso)\b",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"(?:\b(?:within|by|before|after|until|in|en|antes de|dentro de|durante|plazo de|than|over|"
    r"under|cada|every|for|que|primeras)\s+(?:the\s+|las\s+|los\s+|next\s+|first\s+)*)$",
    re.IGNORECASE,
)
QUALIFIERS: tuple[tuple[re.Pattern[str], Qualifier], ...] = compiled(
    r"\b(?:{})\s+(?:of\s+|de\s+|a\s+)?$",
    (
        (r"at least|no less than|no fewer than|not less than|a minimum of|al menos|por lo menos|"
         r"no menos de|como mínimo|un mínimo de", "at-least"),
        (r"up to|at most|no more than|not more than|a maximum of|hasta|no más de|"
         r"como máximo|un máximo de", "up-to"),
        (r"about|around|approximately|roughly|some|unos|unas|cerca de|alrededor de|"
         r"aproximadamente", "about"),
        (r"nearly|almost|casi", "nearly"),
        (r"more than|over|más de", "over"),
        (r"less than|fewer than|under|menos de", "under"),
    ),
)  # fmt: skip
PER = re.compile(
    r"^\s*,?\s*(?:(?:a|an|per|for each|for every|each|every|por|al|a la|la|el|cada)\s+|/\s?)"
    r"(?P<per>year|month|week|day|hour|student|child|pupil|gallon|pound|person|household|family|"
    r"shift|unit|resident|worker|class|año|mes|semana|día|hora|familia|persona|estudiante|"
    r"habitante)s?\b|^\s*,?\s*(?P<adverb>annually|yearly|monthly|weekly|hourly|daily|anual(?:es)?|"
    r"mensual(?:es)?|diarios?)\b",
    re.IGNORECASE,
)
PERS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "hourly": "hour",
    "daily": "day", "anual": "year", "anuales": "year", "mensual": "month", "mensuales": "month",
    "diario": "day", "diarios": "day", "año": "year", "mes": "month", "semana": "week",
    "día": "day", "hora": "hour", "familia": "family", "persona": "person",
    "estudiante": "student", "habitante": "resident",
}  # fmt: skip
EACH = {"year", "month", "week", "day", "hour"}
OF = re.compile(
    r"^\s*(?:of|de)\s+(?:(?:the|its|their|our|la|el|los|las|su|sus|al|lo)\s+)?"
    r"(?P<of>[^\W\d][\w’'-]*(?:\s+(?!to\b|for\b|in\b|by\b|and\b|is\b|go\b|from\b|as\b|a\b|en\b|"
    r"para\b|sea\b|se\b)[^\W\d][\w’'-]*){0,2})",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"\d")
FEWEST = 2  # of things; `one judge` is no number
FEW = 60  # characters after a number that say per what
