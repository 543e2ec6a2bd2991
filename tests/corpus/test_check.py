"""Each rule of `kb check`, broken in a copy of a corpus: the message and its line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.corpus.check import check
from indexer.corpus.read import read
from kb.domain.documents import Related
from kb.domain.places import Label, Place
from kb.domain.records import Demand
from kb.domain.topics import AltLabels, Topic
from tests.builders import (
    DEFAULT_PLACES,
    DEFAULT_TOPICS,
    make_case,
    make_corpus,
    make_demand,
    make_document,
    make_event,
    make_finding,
    make_outcome,
    make_place,
    make_source,
    make_topic,
)

ID = "tenants-platform-2020"
FILE = f"platforms/{ID}.md"


def problems(corpus: Path) -> list[str]:
    """Return what `kb check` finds, with paths relative to the corpus folder."""
    return [str(problem).removeprefix(f"{corpus}/") for problem in check(read(corpus))]


def line_of(corpus: Path, words: str, path: str = FILE) -> int:
    """Return the number of the first line that contains the words."""
    lines = (corpus / path).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def edit(corpus: Path, old: str, new: str, path: str = FILE) -> None:
    """Replace words of a file; fail if the file does not contain them."""
    text = (corpus / path).read_text("utf-8")
    assert old in text
    (corpus / path).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "a translation in 'en', the language of the text; expected one of es"),
        ("fr", "a translation in 'fr', which has no pages; expected one of es"),
    ],
)
def test_a_translation_is_in_another_language_of_the_pages(
    tmp_path: Path, language: str, message: str
) -> None:
    """Nobody reads a translation into the language of the file, or into one without pages."""
    corpus = make_corpus(tmp_path, [make_document(titles={language: "Inquilinos"})])

    assert problems(corpus) == [f"{FILE}:{line_of(corpus, f'  {language}: Inqu')}: {message}"]


def test_a_valid_corpus_has_no_problem(tmp_path: Path) -> None:
    """A corpus that meets every rule has no problem."""
    demand = make_demand(outcome=make_outcome())

    assert problems(make_corpus(tmp_path, [make_document(records=[demand, make_finding()])])) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        (
            "\n- housing\n",
            "\n- housing\n- castles\n",
            "- castles",
            "topic 'castles' is not known; expected an id from topics.yaml",
        ),
        (
            "- Topics: tenants",
            "- Topics: tenants, castles",
            "- Topics",
            "topic 'castles' is not known; expected an id from topics.yaml",
        ),
        (
            "- Topics: tenants\n",
            "- Topics: tenants\n- Phrases en: stop the rent; Stop the rent!\n",
            "### Freeze rents",
            "'Stop the rent!' is not a phrase of its own; expected words without a semicolon, "
            "given once",
        ),
        (
            "- Topics: tenants\n",
            "- Topics: tenants\n- Phrases es: uno; dos; tres; cuatro; cinco; seis; siete; och; a\n",
            "### Freeze rents",
            "9 phrases in 'es'; expected at most 8",
        ),
        (
            "- Topics: tenants\n",
            "",
            "### Freeze rents",
            "record 'freeze-rents' has no topic; expected '- Topics: ...'",
        ),
        (
            "`rent-share`",
            "`Rent_share`",
            "### Finding",
            "record id 'Rent_share' is not a slug; expected a-z, 0-9 and single hyphens",
        ),
        (
            "place: us-ca-oakland",
            "place: atlantis",
            "place:",
            "place 'atlantis' is not known; expected an id from places.yaml",
        ),
        (
            "issued: 2020-05",
            "issued: May 2020",
            "issued:",
            "date 'May 2020' is not EDTF; expected 2020, 2020-06 or 2019/2021",
        ),
        (
            "issued: 2020-05",
            "issued: 2021/2019",
            "issued:",
            "date '2021/2019' ends before it begins; expected FIRST/LAST",
        ),
        (
            "issued: 2020-05",
            "issued: 2019/",
            "issued:",
            "date '2019/' is not EDTF; expected 2020, 2020-06 or 2019/2021",
        ),
        (
            "issued: 2020-05",
            "issued: 2020-05\n  accessed: yesterday",
            "accessed:",
            "date 'yesterday' is not EDTF; expected 2020, 2020-06 or 2019/2021",
        ),
        (
            "### 2021-06 `",
            "### 31-12-2021 `",
            "-decided`",
            "date '31-12-2021' is not EDTF; expected 2020, 2020-06 or 2019/2021",
        ),
        (
            "looked: 2022-01",
            "looked: soon",
            "looked:",
            "date 'soon' is not EDTF; expected 2020, 2020-06 or 2019/2021",
        ),
        (
            "- Decides: freeze-rents won",
            "- Decides: freeze-rents won, no-such lost",
            "- Decides",
            "demand 'no-such' is not in the file; expected the id of one of its demands",
        ),
        (
            "- Sources: outcome-1",
            "- Sources: nowhere",
            "- Sources: nowhere",
            "source 'nowhere' is not in the file; expected an id from 'sources'",
        ),
        (
            "- Decides: freeze-rents won\n- Sources: outcome-1",
            "- Decides: freeze-rents won",
            "-decided`",
            "event 'freeze-rents-decided' names no source; expected '- Sources: ...'",
        ),
        (
            "- Level: city",
            "- Level: city\n- Place: atlantis",
            "- Place",
            "place 'atlantis' is not known; expected an id from places.yaml",
        ),
        (
            "\nlanguage: en",
            "\nlanguage: English",
            "language: English",
            "language 'English' is not a BCP 47 tag; expected en, es, pt-BR ...",
        ),
        (
            "id: tenants-platform-2020",
            "id: another",
            "id: another",
            "id 'another' is not the file name; expected 'tenants-platform-2020'",
        ),
        (
            "kind: platform",
            "kind: report",
            "kind: report",
            "a report in platforms/; expected the folder reports/",
        ),
        (
            "\nsources:",
            "\nrelated:\n- {relation: cites, to: a-lost-book}\nsources:",
            "a-lost-book",
            "related document 'a-lost-book' is not in the corpus; "
            "expected the id of a corpus document, or a title",
        ),
    ],
)
def test_a_broken_rule_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, where: str, message: str
) -> None:
    """A broken rule is one problem, at the line of the wrong value."""
    demand = make_demand(outcome=make_outcome())
    corpus = make_corpus(tmp_path, [make_document(records=[demand, make_finding()])])
    edit(corpus, old, new)

    assert problems(corpus) == [f"{FILE}:{line_of(corpus, where)}: {message}"]


def test_an_outcome_is_stated_in_one_file(tmp_path: Path) -> None:
    """A demand that a case file pursues must not be decided in its own file too."""
    both = make_demand(outcome=make_outcome(), pursued_in="outcome-rents-2021#freeze-rents")
    corpus = make_corpus(tmp_path, [make_case(), make_document(records=[both])])

    assert problems(corpus) == [
        f"{FILE}:{line_of(corpus, '- Decides')}: demand 'freeze-rents' is decided here and pursued "
        f"in outcome-rents-2021#freeze-rents; expected its outcome in one place"
    ]


def test_a_source_id_is_used_once_in_its_file(tmp_path: Path) -> None:
    """The second of two sources with the same id is reported at its own line."""
    twice = make_document(sources=(make_source(), make_source(kind="primary")))
    corpus = make_corpus(tmp_path, [twice])

    (found,) = problems(corpus)

    line = line_of(corpus, "kind: primary") - 1
    assert (
        found == f"{FILE}:{line}: source id 'seen' is given twice; expected ids unique in the file"
    )


def test_a_document_without_sources_is_reported(tmp_path: Path) -> None:
    """Every document needs at least one source."""
    corpus = make_corpus(tmp_path, [make_document(sources=())])

    assert problems(corpus) == [
        f"{FILE}:2: no sources; expected at least one page that supports this"
    ]


def test_a_source_without_an_address_says_where_it_was_seen(tmp_path: Path) -> None:
    """A source needs an address or a description of where it was seen."""
    paper = make_source("paper", URL=None)
    told = make_corpus(tmp_path / "a", [make_document(sources=(paper,))])
    said = paper.model_copy(update={"seen_at": "Tamiment Library, box 3"})
    sound = make_corpus(tmp_path / "b", [make_document(sources=(said,))])

    assert problems(told) == [
        f"{FILE}:{line_of(told, '- id: paper')}: source 'paper' has no address; "
        f"expected 'URL', or 'seen_at' with a description"
    ]
    assert problems(sound) == []


def test_events_are_in_the_order_of_their_dates(tmp_path: Path) -> None:
    """An event dated before the one above it is reported; an undated event may be anywhere."""
    events = [
        make_event("later", id=f"{ID}#later", date="2021-06"),
        make_event("undated", id=f"{ID}#undated", date=None),
        make_event("earlier", id=f"{ID}#earlier", date="2020"),
    ]
    corpus = make_corpus(tmp_path, [make_document(events=tuple(events))])

    assert problems(corpus) == [
        f"{FILE}:{line_of(corpus, '`earlier`')}: event of 2020 after a later one; "
        f"expected events in order of date"
    ]


CASE = "outcomes/outcome-rents-2021.md"


def test_a_valid_case_file_has_no_problem(tmp_path: Path) -> None:
    """A case file with a campaign, its document and a source for every record has no problem."""
    assert problems(make_corpus(tmp_path, [make_case()])) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        (
            "  documents:\n  - seen\n",
            "",
            "campaign:",
            "the campaign has no documents; expected 'documents' with at least one id",
        ),
        (
            "  documents:\n  - seen\n",
            "  documents:\n  - elsewhere\n",
            "- elsewhere",
            "'elsewhere' is neither a document of the corpus nor a source in the file; "
            "expected a known id",
        ),
        (
            "- Sources: seen\n",
            "",
            "### Freeze rents",
            "record 'freeze-rents' names no source; expected '- Sources: ...'",
        ),
    ],
)
def test_a_broken_rule_of_case_files_is_reported(
    tmp_path: Path, old: str, new: str, where: str, message: str
) -> None:
    """A case file needs a known document of its campaign, and a source for every record."""
    corpus = make_corpus(tmp_path, [make_case()])
    edit(corpus, old, new, CASE)

    assert problems(corpus) == [f"{CASE}:{line_of(corpus, where, CASE)}: {message}"]


def test_a_demand_is_pursued_in_a_case_file_that_decides_it(tmp_path: Path) -> None:
    """A demand takes the outcome of its case file; an unknown target is reported."""
    pursued = make_demand(pursued_in="outcome-rents-2021#freeze-rents")
    sound = make_corpus(tmp_path / "a", [make_case(), make_document(records=[pursued])])
    lost = make_demand(pursued_in="outcome-rents-2021#no-such")
    told = make_corpus(tmp_path / "b", [make_case(), make_document(records=[lost])])

    (held,) = [one for one in read(sound).documents if one.id == ID]
    demand = held.records[0]
    assert isinstance(demand, Demand)
    assert demand.outcome
    assert (demand.outcome.status, demand.outcome.told_in) == ("won", "outcome-rents-2021")
    assert problems(sound) == []
    assert problems(told) == [
        f"{FILE}:{line_of(told, '- Pursued in')}: no event of outcome-rents-2021 decides "
        f"'outcome-rents-2021#no-such'; expected a demand whose outcome is known"
    ]


def test_two_files_of_a_campaign_do_not_contradict_each_other(tmp_path: Path) -> None:
    """A case file and a document of its campaign must not give a demand different outcomes."""
    lost = make_demand(title="Freeze the rents", outcome=make_outcome(status="lost"))
    case = make_case()
    assert case.campaign
    campaign = case.campaign.model_copy(update={"documents": (ID,)})
    corpus = make_corpus(
        tmp_path, [make_document(records=[lost]), case.model_copy(update={"campaign": campaign})]
    )

    assert problems(corpus) == [
        f"{CASE}:{line_of(corpus, '### Freeze rents', CASE)}: 'freeze-rents' and "
        f"{ID}#freeze-rents have different outcomes; expected 'Pursued in' under one of them"
    ]


def test_a_document_id_is_used_once(tmp_path: Path) -> None:
    """The second file with an id is reported, with the path of the first."""
    corpus = make_corpus(tmp_path, [make_document(), make_document(kind="report")])

    assert problems(corpus) == [
        f"reports/tenants-platform-2020.md:2: id 'tenants-platform-2020' is already used in "
        f"{corpus}/{FILE}; expected a unique id"
    ]


def test_a_record_id_is_used_once_in_its_file(tmp_path: Path) -> None:
    """A second record with the same id is reported at its heading."""
    document = make_document(records=[make_demand("same"), make_finding("same")])
    corpus = make_corpus(tmp_path, [document])

    assert problems(corpus) == [
        f"{FILE}:{line_of(corpus, '### Finding')}: record id 'same' is given twice; "
        f"expected ids unique in the file"
    ]


def test_a_related_title_in_words_needs_no_document(tmp_path: Path) -> None:
    """A related work outside the corpus may be named by its title."""
    tie = Related(relation="cites", to="The End of Policing")

    assert problems(make_corpus(tmp_path, [make_document(related=(tie,))])) == []


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """The check reports every problem of every file, in order of path and line."""
    first = make_document("a-2020", place="atlantis", topics=("castles",), sources=())
    corpus = make_corpus(tmp_path, [first, make_document("b-2020")])
    edit(corpus, "## Demands", "## Wishes", "platforms/b-2020.md")

    found = problems(corpus)

    assert [problem.split(":")[0] for problem in found] == ["platforms/a-2020.md"] * 3 + [
        "platforms/b-2020.md"
    ] * 2
    lines = [int(problem.split(":")[1]) for problem in found]
    assert lines[:3] == sorted(lines[:3])


def test_an_empty_corpus_is_a_problem(tmp_path: Path) -> None:
    """A folder without corpus files is a problem."""
    corpus = make_corpus(tmp_path, [])

    (found,) = check(read(corpus))

    assert (found.path, found.wrong) == (str(corpus), "no corpus file")


def test_bytes_that_are_not_utf8_are_reported_with_their_line(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a problem at the line of the first invalid byte."""
    corpus = make_corpus(tmp_path)
    (corpus / FILE).write_bytes(b"---\nid: \xff\n---\n")

    assert problems(corpus) == [f"{FILE}:2: bytes that are not UTF-8; expected UTF-8 text"]


def test_a_control_character_is_reported_with_its_line(tmp_path: Path) -> None:
    """A character that YAML does not allow is a problem at its line."""
    corpus = make_corpus(tmp_path)
    edit(corpus, "kind: platform", "kind: plat\x00form")

    assert problems(corpus) == [
        f"{FILE}:3: not YAML: unacceptable character #x0000: special characters are not allowed; "
        f"expected YAML 1.1"
    ]


def vocabulary_problems(
    root: Path, topics: Sequence[Topic] = DEFAULT_TOPICS, places: Sequence[Place] = DEFAULT_PLACES
) -> list[str]:
    """Return the problems of a thesaurus and gazetteer, without file and line."""
    found = problems(make_corpus(root, None, topics, places))
    return [problem.split(": ", 1)[1] for problem in found]


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        (
            [make_topic("rent", broader=("castles",))],
            "topic 'castles' is not known; expected an id in this file",
        ),
        (
            [make_topic("rent", related=("castles",))],
            "topic 'castles' is not known; expected an id in this file",
        ),
        (
            [make_topic("rent", related=("budgets",))],
            "'rent' is related to 'budgets', but not the reverse; expected both to name each other",
        ),
        (
            [make_topic("rent", altLabel=AltLabels(en=("RENTERS",)))],
            "label 'RENTERS' is also a label of 'tenants'; "
            "expected one topic per label, or a line in shared_labels",
        ),
        (
            [make_topic("rent", broader=("rent",))],
            "'rent' is broader than itself; expected no cycle",
        ),
        (
            [make_topic("rent"), make_topic("rent", en="Rents", es="Rentas")],
            "topic 'rent' is given twice; expected each topic once",
        ),
    ],
)
def test_rules_of_the_thesaurus(tmp_path: Path, topics: list[Topic], message: str) -> None:
    """Topic ids and labels are unique, and relations lead to known topics, in both directions."""
    assert vocabulary_problems(tmp_path, topics=[*DEFAULT_TOPICS, *topics]) == [message]


def test_a_label_in_an_unknown_language_is_a_problem(tmp_path: Path) -> None:
    """An unknown language code of a label, a definition or a place's name is a problem."""
    label = Label(en="Rents", ess="Rentas")
    words = AltLabels(en=("rentals",), ess=("alquileres altos",))
    topic = make_topic("rent", prefLabel=label, definition=label, altLabel=words)
    place = make_place("here", name=Label(en="Here", ess="Acá"))

    unknown = "language 'ess' is not known; expected en, es"
    assert vocabulary_problems(tmp_path, topics=[*DEFAULT_TOPICS, topic]) == [unknown] * 3
    assert vocabulary_problems(tmp_path, places=[*DEFAULT_PLACES, place]) == [unknown]


def test_a_cycle_of_topics_names_every_topic_in_it(tmp_path: Path) -> None:
    """Every topic of a cycle is reported, and the check ends."""
    ring = [make_topic("one", broader=("two",)), make_topic("two", broader=("one",))]

    assert vocabulary_problems(tmp_path, topics=[*DEFAULT_TOPICS, *ring]) == [
        "'one' is broader than itself; expected no cycle",
        "'two' is broader than itself; expected no cycle",
    ]


def test_a_shared_label_may_belong_to_two_topics(tmp_path: Path) -> None:
    """A label that is listed in `shared_labels` may belong to more than one topic."""
    corpus = make_corpus(
        tmp_path, None, [*DEFAULT_TOPICS, make_topic("rent", altLabel=AltLabels(en=("Renters",)))]
    )
    edit(
        corpus,
        "topics:\n- id: housing",
        "shared_labels: [renters]\ntopics:\n- id: housing",
        "topics.yaml",
    )

    assert problems(corpus) == []


def test_a_campaign_is_a_topic(tmp_path: Path) -> None:
    """A kind of campaign that is not in the thesaurus is a problem, with its line."""
    corpus = make_corpus(tmp_path)
    edit(
        corpus,
        "topics:\n- id: housing",
        "campaigns: [housing, castles]\ntopics:\n- id: housing",
        "topics.yaml",
    )

    assert problems(corpus) == [
        "topics.yaml:1: campaign 'castles' is not a topic; expected an id in this file"
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (
            make_place("here", parent="atlantis"),
            "place 'atlantis' is not known; expected an id in this file",
        ),
        (
            make_place("here", parent="us", iso3166="usa"),
            "'usa' is not an ISO 3166 code; expected US, US-IL ...",
        ),
        (
            make_place("here", parent="us", aliases=("oakland",)),
            "name 'oakland' is also a name of 'us-ca-oakland'; expected one place per name",
        ),
        (make_place("here", parent="here"), "'here' is inside itself; expected no cycle"),
        (make_place("us", "national"), "place 'us' is given twice; expected each place once"),
    ],
)
def test_rules_of_the_gazetteer(tmp_path: Path, place: Place, message: str) -> None:
    """Place ids and names are unique, parents are known, and codes are those of ISO 3166."""
    assert message in vocabulary_problems(tmp_path, places=[*DEFAULT_PLACES, place])


def test_a_cycle_of_places_names_every_place_in_it(tmp_path: Path) -> None:
    """Every place of a cycle is reported, and the check ends."""
    ring = [make_place("one", parent="two"), make_place("two", parent="one")]

    assert vocabulary_problems(tmp_path, places=[*DEFAULT_PLACES, *ring]) == [
        "'one' is inside itself; expected no cycle",
        "'two' is inside itself; expected no cycle",
    ]


def test_a_problem_of_a_vocabulary_is_reported_with_its_line(tmp_path: Path) -> None:
    """A problem of a topic is reported at the line of the wrong value."""
    topics = [*DEFAULT_TOPICS, make_topic("rent", broader=("castles",))]
    corpus = make_corpus(tmp_path, None, topics)

    (found,) = problems(corpus)

    assert found.startswith(f"topics.yaml:{line_of(corpus, '- castles', 'topics.yaml')}: ")
