"""Spans of matched words in stored text, in characters."""

from collections.abc import Collection, Iterable, Iterator

from kb.text.analysis import Token, figures, stems, words

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
    stemmed = stems(text, language)
    terms = stemmed + figures(text, language)
    found = [(token.start, token.end) for token in terms if token.word in matched]
    found += _occurrences(stemmed, stemmed_phrases)
    if phrases:
        found += _occurrences(words(text), phrases)
    return _joined(sorted(set(found)), text)


def _occurrences(
    tokens: list[Token], phrases: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """The span of every phrase, looked for only where its first word stands."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.word, []).append(place)
    for phrase in phrases:
        for start in places.get(phrase[0], ()) if phrase else ():
            held = tokens[start : start + len(phrase)]
            if tuple(token.word for token in held) == phrase:
                yield held[0].start, held[-1].end


def _joined(spans: list[tuple[int, int]], text: str) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] == " "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
