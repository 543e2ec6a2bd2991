"""Values of filters as a reader knows them: topics and places by name, the rest by label."""

from kb.languages.labels import value_label
from kb.search.names import Names


def label(names: Names, field: str, value: str, language: str) -> str:
    """Return the label of a value in a language; a value without a label stays as it is."""
    if field == "topic" and value in names.thesaurus.by_id:
        preferred = names.thesaurus.by_id[value].prefLabel
        return preferred.es if language == "es" else preferred.en
    if field == "place" and value in names.gazetteer.by_id:
        known = names.gazetteer.by_id[value].name
        return known.es if language == "es" else known.en
    return value_label(field, value, language)
