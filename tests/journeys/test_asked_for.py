"""Questions in people's own words: phrases, names and numbers, intents and grouped results."""

from pathlib import Path

import pytest

from kb.domain.documents import Document
from kb.domain.phrases import Phrases
from kb.domain.queries import Query
from kb.domain.results import Results
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.search.searcher import CUT_SCORE, MIN_RESULTS, Searcher
from tests.builders import (
    make_corpus,
    make_demand,
    make_document,
    make_finding,
    make_idea,
    make_index,
    make_outcome,
)
from tests.fakes import HashEncoder

ASKED = Phrases.model_validate(
    {"en": ["locked alone in a tiny cell", "the hole"], "es": ["encerrado solo en una celda"]}
)
SOLITARY = make_demand(
    "end-solitary",
    title="End solitary confinement",
    text="No prison may isolate anyone for more than fifteen days.",
    phrases=ASKED,
)
BANKS = make_demand(
    "allow-public-banks",
    title="Allow public banks",
    text="Cities may own a bank under H.R. 40 and 42 U.S.C. § 1983.",
    target="Milwaukee Common Council",
    outcome=make_outcome(text="Signed as AB 857 by the governor.", told_in="prison-platform"),
)
PLATFORM = make_document(
    "prison-platform",
    [SOLITARY, BANKS, make_finding("share", text="Rents rose by a third in the city.")],
    summary="What people in prison ask for.",
    phrases=Phrases(en=("inmates' list",)),
)
OTHERS = [
    make_document(
        f"tenants-{number}",
        [make_demand(f"freeze-{number}", text=f"Rents stay the same for {number} years.")],
        summary="Tenants of one city and their landlords.",
    )
    for number in range(2, 6)
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over a small corpus with phrases."""
    root = tmp_path_factory.mktemp("asked")
    return _searcher(root, [PLATFORM, *OTHERS])


def _searcher(root: Path, documents: list[Document]) -> Searcher:
    encoder = HashEncoder()
    make_index(root / "kb", make_corpus(root, documents), encoder)
    return Searcher(open_engine(root / "kb").reader(), vector_spaces(encoder))


def ask(searcher: Searcher, text: str, **more: object) -> Results:
    """Return the results of a query."""
    return searcher.search(Query.model_validate({"text": text, **more}))


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        *((mode, "locked alone in a cell") for mode in ("lexical", "dense", "hybrid")),
        *((mode, "encerrado solo en la celda") for mode in ("lexical", "hybrid")),
    ],
)
def test_a_phrase_finds_its_record(searcher: Searcher, mode: str, text: str) -> None:
    """Words that only a phrase contains find the record, and the explanation names the phrase."""
    first = ask(searcher, text, mode=mode).hits[0]

    assert first.id == "prison-platform#end-solitary"
    assert first.explanation.phrase in {*ASKED.en, *ASKED.by_language["es"]}


def test_a_phrase_is_never_shown_as_the_text(searcher: Searcher) -> None:
    """A hit contains no phrase of its record unless the phrase explains the hit."""
    (hit, *_) = ask(searcher, "solitary confinement").hits

    assert hit.explanation.phrase is None
    assert "tiny cell" not in hit.model_dump_json()


def test_a_phrase_helps_and_never_harms(tmp_path: Path) -> None:
    """With phrases a passage is at least as near to a question as without them."""
    bare = SOLITARY.model_copy(update={"phrases": Phrases()})
    cosines = []
    for name, one in (("bare", bare), ("with", SOLITARY)):
        document = make_document("prison-platform", [one], summary="What people in prison ask for.")
        for text in ("isolate anyone for days", "alone in a tiny cell"):
            found = ask(_searcher(tmp_path / name / text[:5], [document]), text, mode="dense")
            hits = {hit.id: hit.explanation.dense for hit in found.hits}
            place = hits["prison-platform#end-solitary"]
            assert place is not None
            cosines.append(place.score)

    assert cosines[2] == pytest.approx(cosines[0], abs=1e-6) or cosines[2] > cosines[0]
    assert cosines[3] > cosines[1]


@pytest.mark.parametrize(
    "text",
    ["HR 40", "HR40", "hr-40", "H.R. 40", '"HR 40"', "42 USC 1983", '"42 USC § 1983"', "AB857",
     '"AB 857"', "A.B. 857", "Milwaukee Common Council", '"signed as AB 857"'],
)  # fmt: skip
def test_names_and_numbers_are_found_in_any_spelling(searcher: Searcher, text: str) -> None:
    """Bills, statutes, targets and outcomes are found however they are typed."""
    found = ask(searcher, text)

    assert found.hits[0].id == "prison-platform#allow-public-banks"
    assert "quotes-not-found" not in {one.code for one in found.notices}
    assert found.answered


@pytest.mark.parametrize("text", ["rents NOT landlords", "rents –landlords", "rents −landlords"])
def test_not_and_long_dashes_exclude(searcher: Searcher, text: str) -> None:
    """NOT, and the dashes into which phones turn a minus, exclude a word."""
    found = ask(searcher, text)

    assert found.hits
    assert not any("landlords" in hit.text for hit in found.hits)


@pytest.mark.parametrize(
    ("text", "typed"), [("rents AND cities", "AND"), ("title:rents", "title:"), ("rents~2", "~2")]
)
def test_unsupported_operators_are_named(searcher: Searcher, text: str, typed: str) -> None:
    """A notice names an operator that has no meaning here."""
    notices = {one.code: one.text for one in ask(searcher, text).notices}

    assert typed in notices["operators"]


def test_a_respelled_word_is_named(searcher: Searcher) -> None:
    """A notice names a corrected word, and the hit does not claim to contain the typed one."""
    found = ask(searcher, "solitery confinement")

    assert "solitery: solitary" in {one.code: one.text for one in found.notices}["respelled"]
    assert "solitery" not in found.hits[0].explanation.matched


def test_stop_words_alone_are_no_question(searcher: Searcher) -> None:
    """A question of stop words alone counts as unanswered."""
    assert not ask(searcher, "the and").answered


def test_documents_are_the_unit_of_a_grouped_page(searcher: Searcher) -> None:
    """A grouped page has k documents with at most three hits each; pages do not overlap."""
    flat = ask(searcher, "rents in the city", k=50)
    order = list(dict.fromkeys(hit.document_id for hit in flat.hits))
    pages = [
        ask(searcher, "rents in the city", group="document", k=2, offset=offset)
        for offset in range(0, len(order), 2)
    ]

    assert [group.document.id for page in pages for group in page.groups] == order
    assert all(len(group.hits) <= 3 for page in pages for group in page.groups)
    assert {page.total_documents for page in pages} == {len(order)}
    ranks = {hit.id: hit.rank for hit in flat.hits}
    assert all(hit.rank == ranks[hit.id] for page in pages for hit in page.hits)


def test_an_intent_prefers_and_can_be_turned_off(tmp_path: Path) -> None:
    """A question for an outcome raises the score of a decided demand, unless intents are off."""
    decided = make_demand(
        "close", title="Close the jail", text="Close the old jail of the city.",
        outcome=make_outcome(text="It was closed.", told_in="jail-platform"),
    )  # fmt: skip
    idea = make_idea("jail", text="Did any city actually close its old jail? Some ask.")
    searcher = _searcher(
        tmp_path, [make_document("jail-platform", [decided]), make_document("jail-idea", [idea])]
    )
    text = "did any city actually close its jail"

    with_intent, without = ask(searcher, text), ask(searcher, text, intent=False)

    assert "prefers-outcome" in {one.code for one in with_intent.notices}
    assert "prefers-outcome" not in {one.code for one in without.notices}
    assert (with_intent.intent, without.intent) == ("outcome", None)
    places = [
        [hit.id for hit in found.hits].index("jail-platform#close")
        for found in (with_intent, without)
    ]
    assert places[0] <= places[1]
    scores = [
        next(hit.score for hit in found.hits if hit.id == "jail-platform#close")
        for found in (with_intent, without)
    ]
    assert scores[0] > scores[1]


def test_words_that_no_result_contains_are_not_answered(searcher: Searcher) -> None:
    """One or two words that no result contains are unanswered, however near a vector is."""
    assert not ask(searcher, "jubilación").answered
    assert not ask(searcher, "zeppelin parades").answered
    assert ask(searcher, "rents").answered
    assert ask(searcher, "landlord").answered  # only as `landlords`
    assert ask(searcher, "tiny cell").answered  # only in a phrase


def test_results_have_an_end(searcher: Searcher) -> None:
    """Passages far below the best are cut off; exact words and filters alone return all."""
    rents = ask(searcher, "rents stay the same for 3 years", k=50)
    quoted = ask(searcher, '"rents"', k=50)
    browsed = ask(searcher, "", k=50)

    assert MIN_RESULTS <= rents.total < browsed.total
    assert all(hit.score >= CUT_SCORE for hit in rents.hits[MIN_RESULTS:])
    assert rents.total == len(rents.hits) == sum(one.count for one in rents.facets.fields["kind"])
    assert quoted.total == 5
