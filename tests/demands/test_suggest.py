"""Suggested demands in imported text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus import read as corpora
from indexer.corpus.quantity import print_quantity
from indexer.demands.suggest import suggest
from indexer.importers.base import Block, BlockKind
from kb.domain.imports import Suggestion
from kb.domain.places import Level
from kb.domain.topics import Thesaurus
from tests.demands.judged import judge, measure_controls
from tests.demands.sample import read_samples

# A little below what docs/suggestions.md reports, so that a better rule is free to lose one.
LEAST_PRECISION, LEAST_RECALL = 0.96, 0.93


def paragraph(text: str) -> Block:
    """Return a block that is a paragraph."""
    return Block(kind="paragraph", text=text)


def heading(text: str, level: int = 1) -> Block:
    """Return a block that is a heading."""
    return Block(kind="heading", text=text, level=level)


def item(text: str) -> Block:
    """Return a block that is an item of a list."""
    return Block(kind="item", text=text)


def words(blocks: list[Block], language: str = "en") -> list[str]:
    """Return the text of each suggestion."""
    found = suggest(blocks, language)
    return [blocks[one.block].text[one.start : one.end] for one in found]


def only(blocks: list[Block], language: str = "en") -> Suggestion:
    """Return the one suggestion; fail if there is not exactly one."""
    (found,) = suggest(blocks, language)
    return found


@pytest.mark.parametrize("half", ["development", "test"])
def test_suggestions_of_the_labelled_sample_are_as_good_as_reported(
    repository: Path, half: str
) -> None:
    """Precision and recall on both halves are above a floor; a failure prints the misses."""
    judged = [judge(one) for one in read_samples(repository / "tests/demands/labelled" / half)]

    misses = "\n".join(miss for one in judged for miss in one.misses)
    pairs = [pair for one in judged for pair in one.suggestions]
    right = sum(label is not None for _, label in pairs)
    demands = sum(len(one.sample.labels) for one in judged)
    assert right / len(pairs) >= LEAST_PRECISION, misses
    assert right / demands >= LEAST_RECALL, misses


def test_the_sample_is_as_large_as_reported(repository: Path) -> None:
    """It has 300 demands, 1,000 other sentences, and at least a quarter of its texts in Spanish."""
    folder = repository / "tests/demands/labelled"
    samples = [*read_samples(folder / "development"), *read_samples(folder / "test")]

    assert sum(len(one.labels) for one in samples) >= 300
    assert sum(one.others for one in samples) >= 1000
    assert sum(one.language == "es" for one in samples) >= len(samples) / 4


@pytest.mark.slow
def test_almost_nothing_is_suggested_where_there_is_no_demand(corpus: Path) -> None:
    """At most one in two hundred of our own passages without a demand has a suggestion."""
    for control in measure_controls(corpus):
        assert control.suggested <= control.passages / 200


@pytest.mark.parametrize(
    "text",
    [
        "In 1968 they demanded that the city close the mill.",
        "We do not demand that the Council resign.",
        "Do we demand that the Council resign?",
        "“We demand that the Council resign,” said Ms. Lee.",
        "The Mayor demanded that the Council resign.",
        "We demand that the Council resign.”",
        "As the Clerk said, we demand that the Council resign.",
        "The Council must repeal the act, or must it?",
        "The Council must fund the clinic under state law.",
        "The agency must answer within ten days under state law.",
        "The Council must adopt a budget by June, but it may amend it later.",
        "The Mayor must have known.",
        "We urge you to sign up at the front desk.",
        "We ask everyone to bring a chair.",
        "Click here to see page 4.",
        "Note that the City Council meets on Tuesdays.",
        "WHEREAS, residents demand that the utility replace every line; and",
        "En 2016 exigieron que el Ayuntamiento cerrara la fábrica.",
        "No exigimos que renuncie el alcalde.",
        "¿Exigimos que renuncie el alcalde?",
        "A quienes nos ayudan les pedimos que primero pregunten.",
    ],
)
def test_what_is_no_demand_of_the_text_is_not_suggested(text: str) -> None:
    """Reports, denials, questions, quotations, duties, errands and recitals are not suggested.

    They are not suggested beside a demand of the same text either.
    """
    demand = "We demand that the Council pay the fine."

    said = paragraph(f"{text} So it was.")

    assert words([said]) == []
    assert words([paragraph(demand), said]) == [demand]


@pytest.mark.parametrize(
    ("language", "text", "action", "target", "level"),
    [
        ("en", "We demand that the City Council end the deal.", "end", "City Council", "city"),
        ("en", "We call on the Sheriff to publish its data.", "disclose", "Sheriff", "county"),
        ("en", "I urge Congress to repeal the act.", "repeal", "Congress", "national"),
        ("en", "The Governor should sign the bill.", "establish", "Governor", "state"),
        ("en", "Today we demand an end to cash bail.", "end", None, None),
        ("en", "It is time for the Legislature to ban the gas.", "ban", "Legislature", "state"),
        ("en", "We ask the School Board to hire a nurse.", "fund", "School Board",
         "school-district"),
        ("es", "Exigimos que el Ayuntamiento publique todo.", "disclose", "Ayuntamiento", "city"),
        ("es", "Instamos al Congreso a derogar la ley.", "repeal", "Congreso", "national"),
        ("es", "Pedimos que se reduzca la tarifa.", "reduce", None, None),
        ("en", "We call on the United Nations to send a mission.", "other", "United Nations",
         "international"),
    ],
)  # fmt: skip
def test_a_direct_demand_is_suggested_with_who_must_act(
    language: str, text: str, action: str, target: str | None, level: Level | None
) -> None:
    """Action, target and level are those that the words name."""
    found = only([paragraph(text)], language)

    assert (found.how, found.start, found.end) == ("we-demand", 0, len(text))
    assert (found.action, found.target, found.level) == (action, target, level)


def test_imperatives_count_only_under_a_heading_of_demands() -> None:
    """The same item is a demand below `Our demands` and not below `How to help`."""
    end = item("End the contract.")

    assert words([heading("How to help"), end]) == []
    assert words([heading("Our demands"), end]) == ["End the contract."]
    assert words([heading("Our demands", 1), heading("Homes", 2), end]) == ["End the contract."]
    for level in (1, 2):
        blocks = [heading("Our demands", 1), end, heading("How to help", level), end]
        assert words(blocks) == ["End the contract."]


def test_errands_of_readers_are_not_suggested_among_demands() -> None:
    """An instruction to the reader is not suggested, even in a list of demands."""
    blocks = [heading("Our demands"), item("End the contract."), item("Call us at 555-0199.")]

    assert words(blocks) == ["End the contract."]


def test_printed_numbers_are_no_part_of_a_demand() -> None:
    """The words of a demand begin after its number, whatever the number's form."""
    for number in ("1.", "(a)", "IV.", "4.1", "Recommendation 3."):
        blocks = [heading("Recommendations"), paragraph(f"{number} Repeal the act. It failed.")]

        assert words(blocks) == ["Repeal the act."]
        assert only(blocks).how == "numbered"


def test_a_line_that_announces_demands_gives_its_target_to_the_list() -> None:
    """Items after `We call on the City Council to:` have this target until the list ends."""
    blocks = [
        paragraph("We call on the City Council to:"),
        item("fund the clinic;"),
        item("close the jail."),
        paragraph("We met on Monday."),
        item("Bread and soup"),
    ]

    found = suggest(blocks, "en")

    assert [one.block for one in found] == [1, 2]
    assert {one.target for one in found} == {"City Council"}


def test_clauses_that_a_resolution_resolves_are_suggested() -> None:
    """Each `Resolved` clause is a demand, also of several in a paragraph; recitals are not."""
    blocks = [
        paragraph("WHEREAS, the lake is brown; and"),
        paragraph("Resolved, That the Council urges Congress to fund the cleanup; and that the "
                  "Clerk be directed to send copies; and be it further"),
        paragraph("Resolved, That the Council thanks the students."),
        paragraph("Whereas, it rained."),
    ]  # fmt: skip

    assert words(blocks) == [
        "the Council urges Congress to fund the cleanup",
        "the Clerk be directed to send copies",
    ]
    assert [one.target for one in suggest(blocks, "en")] == ["Congress", "Clerk"]


def test_numbered_clauses_of_spanish_resolutions_are_suggested() -> None:
    """After `RESUELVE:` numbered clauses are demands; congratulations are not."""
    blocks = [
        paragraph("RESUELVE:"),
        paragraph("1. Instar al Congreso de la República a ratificar el convenio."),
        paragraph("2. Felicitar a las compañeras."),
    ]

    found = only(blocks, "es")

    assert (found.how, found.target, found.level) == (
        "resolution", "Congreso de la República", "national",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Put $25 million a year into repairs.", "25,000,000 USD; per: year"),
        ("Appropriate no less than €20 million.", "at-least 20,000,000 EUR"),
        ("Raise the wage to £14 an hour.", "14 GBP; per: hour"),
        ("Cut the police budget by half.", "50 percent"),
        ("Invest 2 percent of the road fund in sidewalks.", "2 percent; of: road fund"),
        ("Hire eight counselors.", "8 people"),
        ("Cover 2.3 million people.", "2,300,000 people"),
        ("Hire sixty-seven workers.", "67 people"),
        ("Hire three hundred nurses.", "300 people"),
        ("Spend seventy-six percent of the fund.", "76 percent; of: fund"),
        ("Spend 3.4 trillion dollars.", "3,400,000,000,000 USD"),
        ("Fijar el pasaje en 1,50 dólares.", "1.5 USD"),
        ("Plant 600 street trees by 2030.", "600 items; of: street trees"),
        ("Publish the data within 30 days.", None),
        ("Raise wages by 8 percent now and by 5 percent in May.", None),
        ("Destinar 80 millones de pesos al agua.", None),
    ],
)
def test_an_amount_is_the_one_sum_that_is_asked(text: str, amount: str | None) -> None:
    """One sum is taken with its unit; of two sums, a deadline or unspecified pesos none is."""
    is_spanish = any(word in text for word in ("pesos", "dólares"))
    found = only([heading("Our demands"), item(text)], "es" if is_spanish else "en")

    assert (print_quantity(found.amount) if found.amount else None) == amount


def test_topics_are_those_whose_labels_occur(corpus: Path) -> None:
    """A suggestion has the topics of the thesaurus whose labels it contains."""
    topics, _ = corpora.tables(corpus)
    blocks = [paragraph("We demand that the City Council raise the minimum wage.")]

    from_thesaurus = suggest(blocks, "en", Thesaurus(topics))[0].topics

    assert "minimum-wage" in from_thesaurus
    assert only(blocks).topics == ()


def test_other_languages_have_no_suggestions() -> None:
    """In a language without rules nothing is suggested."""
    assert words([paragraph("Nous demandons que la ville ferme l'usine.")], "fr") == []


def test_tables_notes_and_lists_of_works_are_not_read() -> None:
    """Rows, notes, contents and references give no suggestions."""
    text = "We demand that the City Council end the contract."
    kinds: tuple[BlockKind, ...] = ("row", "note", "contents", "references")

    assert words([Block(kind=kind, text=text) for kind in kinds]) == []


TEXT = st.one_of(
    st.text(min_size=1, max_size=80),
    st.lists(
        st.sampled_from(
            "we demand that the City Council must should end $5 million 10 % 1. (a) Resolved, That "
            "; and : Our demands exigimos que el Gobierno deberá RESUELVE: “ ” ? . - Dear Mayor, "
            "please no".split(" ")
        ),
        min_size=1,
        max_size=30,
    ).map(" ".join),
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


def block(kind: BlockKind, text: str, level: int) -> Block:
    """Return a block; only a heading has a level."""
    return Block(kind=kind, text=text, level=level if kind == "heading" else 0)


KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "row", "note")
BLOCKS = st.lists(st.builds(block, st.sampled_from(KINDS), TEXT, st.integers(1, 6)), max_size=8)


@given(BLOCKS, st.sampled_from(["en", "es"]))
def test_suggestions_are_in_order_and_do_not_overlap(blocks: list[Block], language: str) -> None:
    """For any text, suggestions are in its order, do not overlap, and have no outer spaces."""
    last = (-1, 0)
    for one in suggest(blocks, language):
        said = blocks[one.block].text[one.start : one.end]
        assert said == said.strip() != ""
        assert one.end <= len(blocks[one.block].text)
        assert (one.block, one.start) >= last
        last = (one.block, one.end)
