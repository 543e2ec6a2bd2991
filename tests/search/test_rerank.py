"""Adjustments of a ranking: summaries rise with their records, preferred passages rise."""

import numpy as np
import pytest

from kb.domain.queries import GENRES
from kb.domain.rankings import Candidates
from kb.search.fuse import Fusion
from kb.search.intents import FORMS, INTENTS, intent_of, preferred
from kb.search.rerank import SUMMARY_SHARE, summaries_higher


def fusion(*scores: float) -> Fusion:
    """Return a ranking of passages 0, 1, 2 ... with these scores."""
    return Fusion(np.arange(len(scores)), np.array(scores), Candidates(), Candidates())


def test_a_summary_gets_a_share_of_its_best_record() -> None:
    """A summary gains a share of its document's best other score; no other score changes."""
    ranked = summaries_higher(
        fusion(0.9, 0.8, 0.7, 0.6), ["a", "a", "a", "b"], np.array([2, 3], dtype=np.int64)
    )

    found = dict(zip(ranked.keys.tolist(), ranked.scores.tolist(), strict=True))
    assert found == pytest.approx({0: 0.9, 1: 0.8, 2: 0.7 + SUMMARY_SHARE * 0.9, 3: 0.6})
    assert ranked.keys.tolist() == [2, 0, 1, 3]


def test_the_best_factor_counts() -> None:
    """A passage in two preferred groups gets only the higher factor."""
    intent = next(one for one in INTENTS if one.code == "objection")
    nobody = np.array([], dtype=np.int64)
    members = dict.fromkeys(intent.factors, nobody)
    members["kind=finding"] = members["genre=objection-answer"] = np.array([1])

    ranked = preferred(fusion(1.0, 0.9), intent, members)

    assert ranked.keys.tolist() == [1, 0]
    assert ranked.scores[0] == pytest.approx(0.9 * max(intent.factors.values()))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("did any city actually close its jail", "outcome"),
        ("¿qué pasó con la fianza?", "outcome"),
        ("which states banned private prisons", "outcome"),
        ("if you defund the police crime will go up", "objection"),
        ("But what about murderers?", "objection"),
        ("es muy caro dar vivienda a todos", "objection"),
        ("Speeches about freedom for a class", "form"),
        ("discursos sobre la libertad", "form"),
        ("which speech actually won in 1964", "outcome"),
        ("rent control", None),
        ("police free schools demands 2020", None),
        ("escuelas sin policía", None),
    ],
)
def test_words_decide_the_intent(text: str, code: str | None) -> None:
    """Questions for outcomes, opponents' claims and forms of source have an intent; others none."""
    found = intent_of(text)

    assert (found.code if found else None) == code


def test_a_form_that_is_named_is_preferred() -> None:
    """Each form that words can name is a genre of the corpus, and its passages are preferred."""
    forms = {one.removeprefix("genre=") for intent in INTENTS for one in intent.factors}

    assert set(FORMS) <= set(GENRES) & forms
    for form in FORMS:
        asked = intent_of(form.replace("-", " "))
        assert asked is not None
        assert asked.code == "form"
        assert list(asked.factors) == [f"genre={form}"]
