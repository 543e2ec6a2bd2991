"""Labels for coded values (outcomes, relations, notices), in the language of the page."""

from kb.domain.queries import DOCUMENT_KINDS, FILTERS, KINDS, OUTCOMES
from kb.languages.catalog import catalogue


def _(text: str) -> str:
    """Mark a text for the message catalog; it is translated when it is shown."""
    return text


# Labels of the sources that a document refers to, and of the documents that refer to it.
RELATIONS = {
    "cites": _("cites"), "revises": _("earlier version"), "responds-to": _("responds to"),
    "adopts": _("adopts"), "implements": _("implements"), "same-campaign": _("same campaign"),
}  # fmt: skip
RELATIONS_TO_THIS = {
    "cites": _("cites it"), "revises": _("later version"), "responds-to": _("responds to it"),
    "adopts": _("adopts it"), "implements": _("implements it"),
    "same-campaign": _("same campaign"),
}  # fmt: skip
IN_LANGUAGE = {"en": _("In English"), "es": _("In Spanish")}
IN_TONGUES = {"en": _("in English"), "es": _("in Spanish")}
AUDIENCES = {
    "introductory": _("Introductory reading"), "general": _("General reading"),
    "advanced": _("Advanced reading"),
}  # fmt: skip
MEANINGS = {
    _("demand"): _("What people ask those in power to do."),
    _("finding"): _("A fact from a source, often with a number."),
    _("idea"): _("A point that a source argues for."),
    _("platform"): _("A list of demands from a movement or party."),
    _("outcome"): _("What happened to a demand, as of the date shown."),
    _("won in part"): _("Part of the demand was met."),
    _("won, later reversed"): _("The demand was met, but the decision was later reversed."),
    _("undecided"): _("No decision yet."),
    _("citation"): _("A line that says who wrote something, when, and where to find it."),
    _("citation style"): _("A way to write citations, such as Chicago, APA or MLA."),
}  # fmt: skip
NOTICES = {
    "quotes-not-found": _(
        "No exact match for the quoted words. Our texts are summaries, not the source’s own words. "
        "Results without the quotation marks:"
    ),
    "undated-left-out": _("Sources without a date are left out when you filter by year."),
    "thin": _("We have little on this."),
    "empty": _("No results."),
    "weak": _("No good match. Closest results:"),
    "weak-named": _("No exact match. Start with the topic above. Closest results:"),
    "no-dense": _("We searched by words only, not by meaning."),
    "prefers-outcome": _("Demands with a known outcome are ranked higher."),
    "prefers-objection": _("Evidence and arguments that answer this objection are ranked higher."),
    "prefers-form": _("Sources in the format you asked for are ranked higher."),
    "place-taken": _("Several places have this name."),
    "place-thin": _("We have little or nothing from this place."),
    "place-other": _("The top results are from other places."),
    "respelled": _("Some words were not found, so we searched for similar ones."),
    "operators": _(
        "Operators such as AND, OR, ~ and “title:” don’t work here. Use quotation marks for exact "
        "words, and a minus sign before a word to leave it out."
    ),
    "guess": _("We can’t search in this language. These results are our best guess."),
}
# Symbols of outcomes, so that readers can tell them apart without color.
SIGNS = {
    "won": "✓", "partly-won": "◐", "lost": "✕", "reversed": "↺", "pending": "…",
}  # fmt: skip
GUESSED = {
    "source.title": _("title"), "source.author": _("author"), "source.issued": _("date"),
    "source.language": _("language"), "source.URL": _("web address"),
    "source.organization": _("organization"), "source.type": _("kind of publication"),
    "kind": _("kind of source"), "place": _("place"), "topics": _("topics"),
}  # fmt: skip
VERDICTS = {
    "exact": _("exact"), "differs": _("differs"), "cut-short": _("cut short"),
    "other-place": _("in another place"), "other-edition": _("another edition"),
    "too-short": _("too short to tell"), "not-found": _("not found here"),
    "not-checkable": _("cannot be checked"),
}  # fmt: skip
# Parts of a draft, which are numbered.
PARTS = {
    "paragraph": _("paragraph"), "footnote": _("footnote"), "endnote": _("endnote"),
}  # fmt: skip
# What was overlooked for an exact quotation.
FOLDED = {
    "line-breaks": _("apart from line breaks"),
    "typography": _("apart from quotation marks, dashes and spaces"),
    "first-letter": _("apart from the first letter"),
    "marks": _("apart from what you marked as left out or put in"),
}
SORTS = {
    "relevance": _("best match"), "newest": _("newest first"), "oldest": _("oldest first"),
    "outcome": _("won first"),
}  # fmt: skip
COVERAGE = {
    "known": _("What is known"),
    "support": _("Claims by number of independent sources"),
    "evidence": _("Claims by strength of their best source"),
    "campaigns": _("Campaigns with a final outcome, by kind"),
    "documents": _("Documents by kind"),
    "records": _("Records by kind"),
    "outcomes": _("Demands by outcome"),
    "topics": _("Documents by topic"),
    "countries": _("Documents by country"),
    "states": _("Documents by state of the United States"),
    "languages": _("Documents by language of the source"),
    "decades": _("Documents by decade"),
}
KNOWN = {
    "finding-locators": _("findings with a page or section"),
    "demand-locators": _("demands with a page or section"),
    "lengths": _("reports and writings with a known length"),
    "looked": _("documents with events that we checked for updates"),
    "read-twice": _("documents checked by two readers"),
    "abstracts": _("documents with a one-sentence summary in English and Spanish"),
    "titles": _("documents with a title in English and Spanish"),
    "translations": _("demands with a known outcome, available in English and Spanish"),
}
SUPPORT = {
    "own": _("the source that the document describes"), "1": _("one source"),
    "2": _("two sources"), "3": _("three or more sources"),
}  # fmt: skip
EVIDENCE = {
    "own": _("the source that the document describes"), "primary": _("primary"),
    "news": _("news"), "secondary": _("secondary"), "reference": _("reference work"),
    "weak": _("weak sources only"),
}  # fmt: skip
UNKNOWN = {
    "outcome": _("not recorded"), "place": _("no single country"), "decade": _("no date"),
}  # fmt: skip
FIELDS = {one.name: one.label for one in FILTERS if one.label}
VALUES = {one.name: one.values for one in FILTERS}
TABLES = {
    "kinds": KINDS, "document_kinds": DOCUMENT_KINDS, "fields": FIELDS, "relations": RELATIONS,
    "relations_to_this": RELATIONS_TO_THIS,
    "notices": NOTICES, "sorts_words": SORTS, "audiences": AUDIENCES,
    "outcome_words": OUTCOMES, "in_tongues": IN_TONGUES, "in_language": IN_LANGUAGE,
    "guessed_words": GUESSED, "signs": SIGNS,
    "coverage_words": COVERAGE, "known_words": KNOWN | SUPPORT | EVIDENCE, "unknown_words": UNKNOWN,
}  # fmt: skip


def tables(language: str) -> dict[str, dict[str, str]]:
    """Return the tables of labels that templates use, translated into a language."""
    translate = catalogue(language).gettext
    return {
        name: {value: translate(text) for value, text in table.items()}
        for name, table in TABLES.items()
    }


def value_label(field: str, value: str, language: str = "en") -> str:
    """Return the translated label of a filter value, or the value itself if it has no label."""
    text = VALUES.get(field, {}).get(value)
    return catalogue(language).gettext(text) if text else value
