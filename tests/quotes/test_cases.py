"""The cases of cases.md: what stands in a source, and what was altered by rule."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kb.quotes import check as checks
from kb.quotes.check import check
from kb.quotes.nouns import Checked, Quotation
from kb.quotes.originals import Originals
from kb.quotes.patterns import FOLDS
from tests.quotes.make_cases import CASES, Case, cases, written

MAX_FALSE_ALARMS = 0.01  # of the quotations that stand in a source


def read_cases() -> list[Case]:
    """Return the cases of the table."""
    rows = [line.split(" | ") for line in CASES.read_text("utf-8").splitlines() if line[:1] == "|"]
    return [_case(row) for row in rows[2:]]


def _case(row: list[str]) -> Case:
    rule, quotation, source, verdict, stored = row
    words = stored.removesuffix("|").strip()
    return Case(rule.removeprefix("| "), quotation, source, verdict, words)


def judged(text: str, originals: Originals, context: str = "") -> Checked:
    """Return the verdict on one quotation."""
    quotation = Quotation(
        text=text, place="paragraph 1", block=0, start=0, end=len(text), context=context or text
    )
    (found,) = check([quotation], originals).quotations
    return found


@pytest.fixture(scope="module")
def results(originals: Originals) -> list[tuple[Case, Checked]]:
    """Return all cases with their verdicts."""
    return [(one, judged(one.quotation, originals)) for one in read_cases()]


def test_cases_are_those_of_the_rules() -> None:
    """The table is what the rules make of the texts, at least 600 and a third of them altered."""
    assert CASES.read_text("utf-8") == written(cases())
    counts = Counter(one.verdict == "exact" for one in read_cases())
    assert sum(counts.values()) >= 600  # docs/quotations.md names this number
    assert counts[False] >= 200


def test_nothing_altered_is_called_exact(results: list[tuple[Case, Checked]]) -> None:
    """A dropped negation, another figure or a cut before an exception is never exact."""
    wrong = [(one.rule, one.quotation) for one, found in results
             if one.verdict != "exact" and found.verdict == "exact"]  # fmt: skip

    assert wrong == []


def test_hardly_anything_exact_is_called_different(results: list[tuple[Case, Checked]]) -> None:
    """At most one in a hundred quotations that stand in their source is called otherwise."""
    stands = [(one, found) for one, found in results if one.verdict == "exact"]
    wrong = [(one.rule, one.quotation, found.verdict) for one, found in stands
             if found.verdict != "exact"]  # fmt: skip

    assert len(wrong) <= MAX_FALSE_ALARMS * len(stands), wrong


def test_the_words_of_the_source_are_found(results: list[tuple[Case, Checked]]) -> None:
    """The stored words are those from which the quotation was taken, in the right document."""
    for one, found in results:
        if one.stored and found.found:
            assert found.found.document_id.startswith(f"mine-{one.source}-"), one
            assert " ".join(found.found.stored.split()) == one.stored, one


def test_most_alterations_are_named(results: list[tuple[Case, Checked]]) -> None:
    """Altered quotations get the verdict of their rule, and a difference names the words."""
    altered = [(one, found) for one, found in results if one.verdict != "exact"]
    missed = [(one.rule, one.quotation, found.verdict) for one, found in altered
              if found.verdict != one.verdict]  # fmt: skip

    assert len(missed) <= 0.05 * len(altered), missed
    assert all(found.changes for _, found in altered if found.verdict == "differs")


def test_every_quoted_text_is_byte_equal(
    results: list[tuple[Case, Checked]], quoted_home: Path
) -> None:
    """Every text given as the source's words stands at its offsets in the stored file."""
    for _, one in results:
        if found := one.found:
            (folder,) = (quoted_home / "shelves" / "mine").glob(found.document_id)
            text = (folder / str(found.version) / "text.md").read_bytes().decode()
            assert text[found.start : found.end] == found.stored


NEEDS = {
    "line-breaks": "The transit board promised\nin 2023 that every line would run",
    "typography": "The riders’ union counted every late bus",
    "first-letter": "of 1,240 buses, 435 came more than ten minutes late",
    "marks": "[t]he board may close a stop, but only after a public hearing",
}


@pytest.mark.parametrize("fold", FOLDS[1:])
def test_each_fold_is_needed(
    originals: Originals, monkeypatch: pytest.MonkeyPatch, fold: str
) -> None:
    """A quotation that needs a fold is found by it, and by none of the folds before it."""
    assert judged(NEEDS[fold], originals).fold == fold

    monkeypatch.setattr(checks, "FOLDS", FOLDS[: FOLDS.index(fold)])

    assert judged(NEEDS[fold], originals).verdict != "exact"


# Chosen by hand: a quotation, what the draft says beside it, the verdict, a word of the result.
BY_HAND = [
    ("The city spent $3.4 million on police overtime at stations, and $210,000", "", "exact", ""),
    ("The city spent $34 million on police overtime at stations", "", "differs", "3.4"),
    ("The city spent $3.4 billion on police overtime", "", "differs", "million"),
    ("It has kept that promise on line 7", "", "differs", "never"),
    ("It has … kept that promise on line 7", "", "cut-short", "never"),
    ("kept that promise on line 7", "", "cut-short", "never"),
    ("The board may close a stop", "", "cut-short", "but only"),
    ("The board may close a stop …", "", "exact", ""),
    ("that the tenants refused to let the plumbers in", "", "exact", ""),
    ("the tenants until the eleventh week", "", "exact", ""),
    ("warn the tenants until the eleventh week", "", "cut-short", "not"),
    ("[The agency] did not warn the tenants until the eleventh week", "", "exact", ""),
    (
        "The landlord [who lives elsewhere] said that the pipes were safe",
        "",
        "cut-short",
        "although",
    ),
    ("Six families moved out; twenty-two families [sic] stayed", "", "exact", ""),
    (
        "The owner would pay for the test and could pass the cost on to tenants",
        "",
        "differs",
        "not",
    ),
    ("Whoever breaks the law would pay $500 a day", "", "exact", ""),
    ("Whoever breaks the law would pay $5,00 a day", "", "differs", "500"),
    ("the cost at $2.6 million a year, less than ten percent", "", "differs", "one"),
    ("We ask the board to buy fifty buses by June 2027", "", "other-edition", ""),
    ("We ask the board to buy forty buses by June 2027", "", "exact", ""),
    ("free buses", "", "too-short", ""),
    ("The weather in the harbor was mild all through that long autumn", "", "not-found", ""),
    ("The card is free for anyone who lives, works or studies in the county", "", "exact", ""),
    ("The card is free for anyone who lives … in the county", "", "exact", ""),
    ("Staff … ask for a parent's papers", "", "cut-short", "never"),
    ("It may come back", "", "cut-short", "however"),
    ("Records of loans are deleted when the book comes back", "", "cut-short", "unless"),
    ("more than any petition in the county’s history", "", "exact", ""),
    ("El municipio paga a las cocineras, aunque lo prometió", "", "differs", "no"),
    ("Cada plato cuesta 435 soles, y la mitad del dinero", "", "differs", "4,35"),
    ("La ordenanza reconoce a los comedores como servicio público", "", "cut-short", "salvo"),
    ("«Sin registro no hay gas», nos dijo la oficina", "", "exact", ""),
    ("se pide un documento a quien come", "", "cut-short", "Nunca"),
    (
        "El gobierno del estado consultó a los pueblos antes de dar el permiso",
        "",
        "differs",
        "después",
    ),
    ("vendemos la tierra ni la damos en prenda", "", "cut-short", "No"),
    ("El consejo puede arrendar una parcela por cinco años", "", "cut-short", "a menos que"),
    (
        "The trustees voted five to two for a card",
        "Water on Kiln Street, 2023",
        "other-place",
        "Kiln",
    ),
    ("The trustees voted five to two for a card", "Cards for Everybody, 2022", "exact", ""),
    ("Do the thing", "", "too-short", ""),
    ("the least that a city owes to people who pay for water", "", "exact", ""),
]


@pytest.mark.parametrize(("quotation", "context", "verdict", "word"), BY_HAND)
def test_cases_by_hand(
    originals: Originals, quotation: str, context: str, verdict: str, word: str
) -> None:
    """Each case has its verdict, and the word that matters is in what is shown."""
    found = judged(quotation, originals, f"{quotation} ({context})" if context else "")

    assert found.verdict == verdict, found
    shown = [found.goes_on, found.named, *(f"{one.quoted} {one.stored}" for one in found.changes)]
    assert re.search(re.escape(word), " ".join(shown), re.IGNORECASE), found
