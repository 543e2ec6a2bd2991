"""Find the spans of matched words in a text."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from kb.text.analysis import Analyzed, analyzed, words

Spans = tuple[tuple[int, int], ...]


def highlight(
    text: str,
    language: str,
    matched: Collection[str],
    phrases: Iterable[tuple[str, ...]] = (),
    stemmed_phrases: Iterable[tuple[str, ...]] = (),
) -> Spans:
    """Return the spans [start, end) of matched stems, figures and phrases, in order.

    Phrases are tuples of folded words, and stemmed phrases are tuples of stems. Spans separated by
    one space are merged, so that a phrase is one highlight.
    """
    held = analyzed(text, language)
    found = [held.spans(at, at + 1) for at, word in enumerate(held.terms) if word in matched]
    found += _occurrences(held, held.terms[: held.words], stemmed_phrases)
    if phrases:
        found += _occurrences(held, [token.word for token in words(text)], phrases)
    return _merged(sorted(set(found)), text)


def _occurrences(
    held: Analyzed, tokens: Sequence[str], phrases: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Yield the span of every occurrence of a phrase."""
    present = set(tokens)
    for phrase in phrases:
        if phrase and phrase[0] in present:
            for start in (at for at, word in enumerate(tokens) if word == phrase[0]):
                if tuple(tokens[start : start + len(phrase)]) == phrase:
                    yield held.spans(start, start + len(phrase))


def _merged(spans: list[tuple[int, int]], text: str) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] == " "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
