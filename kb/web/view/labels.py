"""Values of the corpus as a reader knows them: topics and places by name, the rest by label."""

from kb.languages.catalog import catalogue
from kb.languages.labels import VALUES
from kb.search.names import Names


def label(names: Names, field: str, value: str, language: str) -> str:
    """A value of a filter as a reader knows it; a name that has no other stands as it is."""
    if field == "topic" and value in names.thesaurus.by_id:
        preferred = names.thesaurus.by_id[value].prefLabel
        return preferred.es if language == "es" else preferred.en
    if field == "place" and value in names.gazetteer.by_id:
        known = names.gazetteer.by_id[value].name
        return known.es if language == "es" else known.en
    text = VALUES.get(field, {}).get(value)
    return catalogue(language).gettext(text) if text else value
