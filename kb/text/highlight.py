"""Spans of matched words in stored text, in characters."""

from collections.abc import Collection, Iterable

from kb.text.analysis import Token, stems, words

Spans = tuple[tuple[int, int], ...]


def highlight(
    text: str,
    language: str,
    matched: Collection[str],
    phrases: Iterable[tuple[str, ...]] = (),
    stemmed_phrases: Iterable[tuple[str, ...]] = (),
) -> Spans:
    """Spans [start, end) of words whose stem is matched and of whole phrases, in order.

    Phrases are folded words; stemmed phrases are stems. Spans that touch across one space
    are joined, so that a phrase is one mark.
    """
    stemmed = stems(text, language)
    found = [(token.start, token.end) for token in stemmed if token.word in matched]
    for phrase in stemmed_phrases:
        found += _occurrences(stemmed, phrase)
    exact = words(text) if phrases else []
    for phrase in phrases:
        found += _occurrences(exact, phrase)
    return _joined(sorted(set(found)), text)


def _occurrences(tokens: list[Token], phrase: tuple[str, ...]) -> list[tuple[int, int]]:
    size = len(phrase)
    return [
        (tokens[start].start, tokens[start + size - 1].end)
        for start in range(len(tokens) - size + 1)
        if size and all(tokens[start + i].word == phrase[i] for i in range(size))
    ]


def _joined(spans: list[tuple[int, int]], text: str) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] == " "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
