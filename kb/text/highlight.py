"""Spans of matched words in stored text, in characters."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from kb.text.analysis import Analysed, analysed, words

Spans = tuple[tuple[int, int], ...]


def highlight(
    text: str,
    language: str,
    matched: Collection[str],
    phrases: Iterable[tuple[str, ...]] = (),
    stemmed_phrases: Iterable[tuple[str, ...]] = (),
) -> Spans:
    """Spans [start, end) of matched stems and figures and of whole phrases, in order.

    Phrases are folded words; stemmed phrases are stems. Spans that touch across one space
    are joined, so that a phrase is one mark.
    """
    held = analysed(text, language)
    found = [held.spans(at, at + 1) for at, word in enumerate(held.terms) if word in matched]
    found += _occurrences(held, held.terms[: held.words], stemmed_phrases)
    if phrases:
        found += _occurrences(held, [token.word for token in words(text)], phrases)
    return _joined(sorted(set(found)), text)


def _occurrences(
    held: Analysed, tokens: Sequence[str], phrases: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """The span of every phrase, looked for only where its first word stands."""
    present = set(tokens)
    for phrase in phrases:
        if phrase and phrase[0] in present:
            for start in (at for at, word in enumerate(tokens) if word == phrase[0]):
                if tuple(tokens[start : start + len(phrase)]) == phrase:
                    yield held.spans(start, start + len(phrase))


def _joined(spans: list[tuple[int, int]], text: str) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] == " "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
