"""Sections of bills and memos in words of their own find the demands that they echo."""

from pathlib import Path

import pytest

from kb.encoders.base import TextEncoder
from kb.encoders.open import make_multilingual
from kb.encoders.vector_spaces import vector_spaces
from kb.evaluation.experiments import Options, open_searcher
from kb.quotes.echoes import same_ideas
from kb.quotes.quotations import Block
from kb.search.searcher import Searcher
from kb.settings import AUTO

FOUND_FROM = 0.8  # of the sections

# A section, and a topic that at least one of the demands found must have.
SECTIONS = [
    ("The county shall pay for an attorney for each renter who is sued for possession of the home,"
     " no matter how much the renter earns.", "right-to-counsel"),
    ("The school board ends its agreement with the sheriff and hires counselors with the money that"
     " it paid for deputies on campus.", "police-free-schools"),
    ("No employee of the city may ask about immigration status or hold a person for federal agents"
     " without a warrant signed by a judge.", "sanctuary"),
    ("Riders shall board all city buses and trains without paying, beginning with the next year.",
     "fare-free"),
    ("The commission rejects the bond for a larger jail and asks for a plan to lower the number of"
     " people who are held before trial.", "jail-expansion"),
    ("A team of a medic and a mental health worker, and not armed officers, answers calls about"
     " people in crisis at all hours.", "crisis-response"),
    ("Residents over fourteen shall decide by vote how five percent of the capital budget is"
     " spent.", "participatory-budgeting"),
    ("The utility shall not shut off water to a home for debt while a child or a sick person lives"
     " in it, and bills are set by income.", "water-shutoffs"),
    ("Five hundred dollars a month without conditions go to low-income parents for two years.",
     "guaranteed-income"),
    ("A court seals the record of an arrest that led to no conviction by itself after one year, and"
     " the person asked for nothing and paid nothing.", "clean-slate"),
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(whole_index: Path, encoder: TextEncoder) -> Searcher:
    """Return the searcher of the whole corpus."""
    spaces = vector_spaces(encoder, make_multilingual(AUTO, whole_index))
    return open_searcher(Options(Path(__file__).parent), whole_index, spaces, lambda *_: None)


def test_ideas_are_found_in_other_words(searcher: Searcher) -> None:
    """At least eight of ten sections find a demand on their topic."""
    topics = searcher.names.thesaurus.by_id
    missed = []
    for text, topic in SECTIONS:
        assert topic in topics, topic
        ids = [one.id for one in same_ideas(Block(text, "paragraph 1"), searcher)]
        keys = searcher.reader.keys(ids)
        entries = searcher.reader.fetch([keys[id] for id in ids])
        if not any(topic in entry.topics for entry in entries):
            missed.append((topic, ids))

    assert len(missed) <= (1 - FOUND_FROM) * len(SECTIONS), missed
