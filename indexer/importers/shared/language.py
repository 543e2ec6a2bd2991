"""Identify the language of a document from its text, and verify a declared language."""

from collections import Counter
from functools import cache
from typing import Any

from kb.text.language import language_of

_SAMPLES, _SAMPLE_CHARACTERS = 8, 1000  # taken at even intervals from the whole text
_MIN_CHARACTERS = 60  # letters in a sample; with fewer, similar languages are confused
_MIN_CONFIDENCE = 0.8
_MIN_SHARE = 0.25  # of the samples; a declared language with this share is accepted
# Dialects that the model confuses with Spanish, English, Italian or Arabic, and "no language".
_EXCLUDED = frozenset("pcm ext vec lij gcf gcr ltg arz ary fuv wuu uzs sdh hbo grc zxx bcl".split())


def document_language(text: str, stated: str | None) -> str:
    """Return the BCP 47 tag of a text: the declared one, unless the text is in another language.

    A text that is too short for py3langid keeps the declared language or, without one, is
    identified as English or Spanish by its common words, word endings and letters.
    """
    step = max(len(text) // _SAMPLES, _SAMPLE_CHARACTERS)
    cut = (text[at : at + _SAMPLE_CHARACTERS] for at in range(0, len(text), step))
    # Without a sample, the model is not loaded, which takes 0.4 s.
    samples = [one for one in cut if sum(map(str.isalpha, one)) >= _MIN_CHARACTERS]
    found: Counter[str] = Counter(
        language
        for language, confidence in (_identifier().classify(one) for one in samples)
        if confidence >= _MIN_CONFIDENCE
    )
    if not found:
        return stated or language_of(text[:_SAMPLE_CHARACTERS])
    primary = (stated or "").partition("-")[0].lower()
    is_known = primary in _identifier().labels
    if stated and (not is_known or found[primary] >= _MIN_SHARE * found.total()):
        return stated
    return found.most_common(1)[0][0]


@cache
def _identifier() -> Any:
    # Imports numpy and unpacks the model, which takes longer than reading a short file.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(identifier.labels) - _EXCLUDED)
    return identifier
