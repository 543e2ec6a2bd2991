"""Write cases.md: quotations of the texts in sources/, as they are and altered by rule.

Run `python -m tests.quotes.make_cases` after a change of the texts or rules.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CASES = HERE / "cases.md"
MAX_PER_RULE = 12  # cases of a rule, over all texts

# Words that turn a statement into another, with what replaces them.
NEGATIONS = {
    "does not": "does",
    "did not": "did",
    "is not": "is",
    "would not": "would",
    "could not": "could",
    "cannot": "can",
    "has never": "has",
    "no ": "",
    "No ": "",
    "Not one": "One",
    "Nobody": "Somebody",
    "no paga": "paga",
    "Nunca se": "Se",
    "no aceptan": "aceptan",
    "No vendemos": "Vendemos",
    "no están": "están",
    "Ninguna": "Una",
    "Ningún": "Un",
    "never ask": "ask",
    "should answer": "should not answer",
    "will support": "will not support",
    "rejects": "supports",
}
QUANTIFIERS = {
    "every": "some",
    "All": "Some",
    "most": "all",
    "at least": "at most",
    "Almost all": "All",
    "more than": "less than",
    "less than": "more than",
    "half of": "all of",
    "each": "any",
    "Todos los": "Algunos de los",
    "casi ninguno": "ninguno",
    "la mitad de": "todos",
    "Some": "All",
    "anyone": "everyone",
}
NUMBER_WORDS = {
    "three": "four",
    "ten": "two",
    "forty": "fourteen",
    "nineteen": "ninety",
    "sixty": "sixteen",
    "five": "nine",
    "two": "ten",
    "Two thirds": "One third",
    "eleventh": "seventh",
    "Six": "Sixteen",
    "twenty-two": "twenty-seven",
    "siete": "seis",
    "doce": "dos",
    "Dos tercios": "Un tercio",
    "cinco": "quince",
    "tres": "trece",
    "cuarenta y cinco": "cuarenta",
    "Four": "Five",
    "third": "fourth",
}
LIMITS = (
    ", but",
    ", except",
    " unless",
    " until",
    ", although",
    " as long as",
    ", however",
    " only when",
    ", aunque",
    ", salvo",
    ", pero",
    ", siempre que",
    ", a menos que",
    " hasta que",
)


class Case(NamedTuple):
    """A quotation, the text it is taken from, and what the check must say."""

    rule: str
    quotation: str
    source: str
    verdict: str
    stored: str  # words of the text; empty where the rule does not fix them


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without its title."""
    body = text.partition("\n\n")[2]
    return [one for part in body.split("\n\n") for one in re.split(r"(?<=[.!?]) +", part.strip())]


def words(sentence: str) -> int:
    """Return the number of words."""
    return len(sentence.split())


def exact(source: str, some: list[str]) -> Iterator[Case]:
    """Yield quotations that stand in the text, as writers set them."""
    for index, one in enumerate(some):
        bare = one.rstrip(".")
        yield Case("as it is", one, source, "exact", bare)
        yield Case("comma inside", f"{bare},", source, "exact", bare)
        middle = bare.split()
        half = " ".join(middle[: max(6, len(middle) // 2)]).rstrip(",;:")
        if words(half) >= 6 and not any(f"{half}{limit}" in one for limit in LIMITS):
            yield Case("beginning", half, source, "exact", half)
        yield Case("case of the first letter", bare[0].swapcase() + bare[1:], source, "exact", bare)
        yield Case("bracketed capital", f"[{bare[0].swapcase()}]{bare[1:]}", source, "exact", bare)
        if "'" in bare or '"' in bare:
            yield Case("curly marks", bare.replace("'", "’"), source, "exact", bare)
        if "—" in bare:
            yield Case("spaced dash", bare.replace("—", " – "), source, "exact", bare)
        if "fi" in bare:
            yield Case("ligature", bare.replace("fi", "ﬁ"), source, "exact", bare)
        yield Case("no-break space", bare.replace(" ", "\u00a0", 1), source, "exact", bare)
        if len(middle) > 11 and index % 2:
            plain = " ".join(middle[5:-4])
            if not re.search(
                r"\b(?:no|not|never|only|but|except|unless|pero|salvo|solo|ni|sin)\b", plain, re.I
            ):
                left = f"{' '.join(middle[:5])} … {' '.join(middle[-4:])}"
                yield Case("marked omission", left, source, "exact", bare)


def swapped(rule: str, table: dict[str, str], source: str, some: list[str]) -> Iterator[Case]:
    """Yield sentences in which one word of the table is replaced."""
    for one in some:
        for old, new in table.items():
            if re.search(
                rf"(?<!\w){re.escape(old)}(?!\w)" if old.strip() == old else re.escape(old), one
            ):
                changed = one.replace(old, new, 1)
                yield Case(rule, changed, source, "differs", "")


def altered(source: str, some: list[str]) -> Iterator[Case]:
    """Yield quotations that the text does not have, though they are near."""
    yield from swapped("negation", NEGATIONS, source, some)
    yield from swapped("quantifier", QUANTIFIERS, source, some)
    yield from swapped("number word", NUMBER_WORDS, source, some)
    for one in some:
        if number := re.search(r"\d+", one):
            last = str((int(number[0][-1]) + 3) % 10)
            changed = one[: number.end() - 1] + last + one[number.end() :]
            yield Case("digit", changed, source, "differs", "")
        if point := re.search(r"(?<=\d)[.,](?=\d)", one):
            yield Case(
                "decimal point", one[: point.start()] + one[point.end() :], source, "differs", ""
            )
        for limit in LIMITS:
            before, found, _ = one.partition(limit)
            if found and words(before) >= 4:
                bare = before.rstrip(",;")
                yield Case("cut before an exception", f"{bare}.", source, "cut-short", bare)
    for first, second in zip(some, some[2:], strict=False):
        a, b = first.rstrip(".").split(), second.rstrip(".").split()
        merged = " ".join([*a[: max(4, len(a) // 2)], *b[len(b) // 2 :]])
        yield Case("two sentences merged", merged, source, "differs", "")


def cases() -> list[Case]:
    """Return all cases, at most MAX_PER_RULE of a rule and text."""
    found: list[Case] = []
    for path in sorted((HERE / "sources").glob("*.txt")):
        some = sentences(path.read_text("utf-8"))
        counts: dict[str, int] = {}
        for one in (*exact(path.stem, some), *altered(path.stem, some)):
            counts[one.rule] = counts.get(one.rule, 0) + 1
            if counts[one.rule] <= MAX_PER_RULE and one.quotation not in {
                c.quotation for c in found
            }:
                found.append(one)
    return found


def written(some: list[Case]) -> str:
    """Return the cases as a table in Markdown."""
    rows = [
        f"| {one.rule} | {one.quotation} | {one.source} | {one.verdict} | {one.stored} |"
        for one in some
    ]
    head = [
        "# Cases of quotations",
        "",
        "Written by `python -m tests.quotes.make_cases` from the texts in `sources/`.",
        "",
        "| rule | quotation | source | verdict | words of the source |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    CASES.write_text(written(cases()), "utf-8")
