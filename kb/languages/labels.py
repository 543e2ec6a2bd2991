"""Words of the interface for the values of the corpus, in the page's language."""

from kb.domain.queries import DOCUMENT_KINDS, FILTERS, KINDS, OUTCOMES
from kb.languages.catalog import catalogue


def _(text: str) -> str:
    """Marks a text for the catalogue; it is translated where it is shown."""
    return text


RELATIONS = {
    "cites": _("names"), "revises": _("is a later version of"), "responds-to": _("answers"),
    "adopts": _("takes up"), "implements": _("puts into practice"),
    "same-campaign": _("is of the same campaign as"),
}  # fmt: skip
IN_LANGUAGE = {"en": _("In English"), "es": _("In Spanish")}
IN_TONGUES = {"en": _("in English"), "es": _("in Spanish")}
AUDIENCES = {
    "introductory": _("for beginners"), "general": _("for everybody"),
    "advanced": _("for readers who know the field"),
}  # fmt: skip
MEANINGS = {
    _("demand"): _("What people ask somebody in power to do."),
    _("finding"): _("What a source says is so, often with a figure."),
    _("idea"): _("A point that a source argues for."),
    _("platform"): _("A list of demands that a movement or a party stands for."),
    _("outcome"): _("What came of a demand, as far as it is known on the day that is named."),
    _("won in part"): _("Some of what was asked for was given."),
    _("won, then taken back"): _("It was given, and later undone."),
    _("open"): _("Nothing is decided yet, as far as it is known."),
    _("citation"): _("One line that says who said something, when and where, to put under a text."),
    _("citation style"): _(
        "A way to write a citation, such as Chicago, APA or MLA. "
        "Schools and publishers say which one they want."
    ),
}  # fmt: skip
NOTICES = {
    "quotes-not-found": _(
        "No text here holds the quoted words: the corpus is in our own words, not the source's. "
        "This is what was found without the quotation marks."
    ),
    "undated-left-out": _("The years leave out sources whose date is not known."),
    "thin": _("Little is listed here."),
    "empty": _("Nothing that is listed matches."),
    "weak": _("Nothing that is listed seems to answer this; what follows is only the nearest."),
    "weak-named": _(
        "No single record seems to answer this: begin with what stands above. "
        "What follows is only the nearest."
    ),
    "no-dense": _("This question was searched by its words alone."),
    "guess": _("We cannot read this language here. What follows is a guess."),
}
PARTS = {
    "named": _("What you named"), "demand": _("Demands"), "finding": _("Findings"),
    "idea": _("Ideas"), "suggestion": _("Suggested demands"), "source": _("Sources and passages"),
    "quoted": _("Where your words stand"),
}  # fmt: skip
GUESSED = {
    "source.title": _("title"), "source.author": _("author"), "source.issued": _("date"),
    "source.language": _("language"), "source.URL": _("address"),
    "source.organization": _("organization"), "source.type": _("kind of publication"),
    "kind": _("kind of source"), "place": _("place"), "topics": _("topics"),
}  # fmt: skip
SORTS = {
    "relevance": _("best first"), "newest": _("newest first"), "oldest": _("oldest first"),
    "outcome": _("by outcome, won first"),
}  # fmt: skip
FIELDS = {one.name: one.label for one in FILTERS if one.label}
VALUES = {one.name: one.values for one in FILTERS}
TABLES = {
    "kinds": KINDS, "document_kinds": DOCUMENT_KINDS, "fields": FIELDS, "relations": RELATIONS,
    "notices": NOTICES, "parts_words": PARTS, "sorts_words": SORTS, "audiences": AUDIENCES,
    "outcome_words": OUTCOMES, "in_tongues": IN_TONGUES, "in_language": IN_LANGUAGE,
    "guessed_words": GUESSED,
}  # fmt: skip


def tables(language: str) -> dict[str, dict[str, str]]:
    """Every table that templates look values up in, translated."""
    translate = catalogue(language).gettext
    return {
        name: {value: translate(text) for value, text in table.items()}
        for name, table in TABLES.items()
    }


def value_label(field: str, value: str, language: str = "en") -> str:
    """Return the label of a value of a closed list; a value without a label stays as it is."""
    text = VALUES.get(field, {}).get(value)
    return catalogue(language).gettext(text) if text else value
