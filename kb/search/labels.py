"""Labels of filter values: the names of topics and places, and translated labels of all others."""

from kb.languages.labels import value_label
from kb.search.names import Names


def label(names: Names, field: str, value: str, language: str) -> str:
    """Return the label of a value in a language, or the value itself if it has no label."""
    if field == "topic" and value in names.thesaurus.by_id:
        return names.thesaurus.by_id[value].prefLabel.in_language(language)
    if field == "place":
        return names.place_label(value, language)
    return value_label(field, value, language)
