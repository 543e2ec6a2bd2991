"""Amounts and figures in the reader's language; names of counted things are not translated."""

from babel.numbers import format_decimal

from kb.domain.quantities import Quantity, grouped
from kb.languages.catalog import catalogue
from kb.languages.labels import _
from kb.languages.registry import ENGLISH, LOCALES

QUALIFIERS = {
    "about": _("about %(amount)s"), "over": _("over %(amount)s"), "under": _("under %(amount)s"),
    "nearly": _("nearly %(amount)s"), "exactly": _("exactly %(amount)s"),
    "at-least": _("at least %(amount)s"), "up-to": _("up to %(amount)s"),
}  # fmt: skip
UNITS = {
    "percent": _("percent"), "times": _("times"), "people": _("people"),
    "households": _("households"), "deaths": _("deaths"), "arrests": _("arrests"),
    "cases": _("cases"), "calls": _("calls"), "votes": _("votes"), "signatures": _("signatures"),
    "organizations": _("organizations"), "jurisdictions": _("jurisdictions"),
    "facilities": _("facilities"), "years": _("years"), "months": _("months"),
    "weeks": _("weeks"), "days": _("days"), "hours": _("hours"), "jobs": _("jobs"),
    "homes": _("homes"), "acres": _("acres"),
}  # fmt: skip
EACH = {
    "year": _("a year"), "month": _("a month"), "week": _("a week"), "day": _("a day"),
    "hour": _("an hour"),
}  # fmt: skip
_COUNTED = frozenset({"items", "rate", "number"})  # units whose name is in the field `of`


def in_words(quantity: Quantity, language: str) -> str:
    """Return a quantity in words, in the given language.

    English texts follow rules in code; other languages use the patterns in their catalogs.

    >>> arrests = Quantity(value=40, unit="percent", qualifier="over", of="arrests", period="2018")
    >>> in_words(arrests, "en"), in_words(arrests, "es")
    ('over 40 percent of arrests, 2018', 'más de 40 por ciento (arrests), 2018')
    """
    if language == ENGLISH:
        return _in_english(quantity)
    translate = catalogue(language).gettext
    said = _number(quantity, language)
    if quantity.qualifier:
        said = translate(QUALIFIERS[quantity.qualifier]) % {"amount": said}
    if quantity.of and quantity.unit not in _COUNTED:
        said += f" ({quantity.of})"
    if quantity.per:
        each = EACH.get(quantity.per)
        said += f" {translate(each)}" if each else f" / {quantity.per}"
    return f"{said}, {quantity.period}" if quantity.period else said


def _in_english(quantity: Quantity) -> str:
    parts = [_number_in_english(quantity)]
    if quantity.qualifier:
        parts.insert(0, quantity.qualifier.replace("-", " "))
    if quantity.of and quantity.unit not in _COUNTED | {"one-in"}:
        parts.append(f"of {quantity.of}" if quantity.unit == "percent" else f"({quantity.of})")
    if quantity.per:
        parts.append(f"per {quantity.per}")
    said = " ".join(parts)
    return f"{said}, {quantity.period}" if quantity.period else said


def _number_in_english(quantity: Quantity) -> str:
    low = grouped(quantity.value)
    span = low if quantity.upper is None else f"{low} to {grouped(quantity.upper)}"
    if quantity.unit == "USD":
        return f"${span}"
    if quantity.unit in {"items", "rate"}:
        return f"{span} {quantity.of}"
    if quantity.unit == "number":
        return f"{quantity.of} {quantity.value}"
    if quantity.unit == "one-in":
        return f"one in {span}" + (f" ({quantity.of})" if quantity.of else "")
    return f"{span} {quantity.unit}"


def _number(quantity: Quantity, language: str) -> str:
    translate = catalogue(language).gettext
    ends = [one for one in (quantity.value, quantity.upper) if one is not None]
    form = "#,##0.########"  # keeps all decimals that a source states
    span = "–".join(format_decimal(one, form, locale=LOCALES[language].regional) for one in ends)
    if quantity.unit == "USD":
        return f"${span}"
    if quantity.unit == "one-in":
        return translate(_("one in %(number)s")) % {"number": span}
    if quantity.unit in _COUNTED:
        return f"{span} {quantity.of}"
    return f"{span} {translate(UNITS[quantity.unit]) if quantity.unit in UNITS else quantity.unit}"
