"""The table of places agrees with its header and with the corpus."""

import re
from importlib.resources import files

from indexer.corpus.read import Corpus
from kb.places.table import FILE, read, rows, written

MOST_BYTES = 1_000_000


def _text() -> str:
    return (files("kb.places") / FILE).read_text("utf-8")


def test_the_header_counts_the_places_and_names_their_source() -> None:
    """The header has the number of lines and names the sources."""
    head = "".join(line for line in _text().splitlines(True) if line.startswith("#"))
    counted = re.search(r"(\d+) places", head)
    assert counted
    assert int(counted[1]) == len(rows())
    assert all(named in head for named in ("GeoNames", "CC BY 4.0", "CLDR"))


def test_each_place_has_an_id_of_its_own_a_known_parent_and_its_line() -> None:
    """Lines are sorted by unique ids, each parent is known, and written rows equal the lines."""
    lines = [line for line in _text().splitlines() if not line.startswith("#")]
    ids = [line.partition("\t")[0] for line in lines]
    assert ids == sorted(set(ids))
    assert {row.parent for row in rows().values()} <= {*ids, "world"}
    assert [written(row) for row in read(lines)] == lines
    assert len(_text().encode()) < MOST_BYTES


def test_each_row_is_a_valid_place() -> None:
    """Each row is a place with the id of the row, and no empty name."""
    for row in rows().values():
        assert row.place.id == row.id
        assert all(row.names)


def test_places_have_the_ids_of_the_corpus(whole_corpus: Corpus) -> None:
    """Nearly all states and countries of the corpus have the same id in the table."""
    listed = {place.id: place.level for place in whole_corpus.gazetteer}
    states = {id for id, level in listed.items() if level in {"state", "national"}}
    assert len(states - set(rows())) < 20  # regions of other countries, reservations
    assert rows()["us-ca-fresno"].people > 500_000
    assert rows()["us-oh-toledo"].parent == "us-oh"
    assert rows()["do"].names == ("Dominican Republic", "República Dominicana")
