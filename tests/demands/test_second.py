"""The figures of docs/suggestions.md on real documents."""

import re
from pathlib import Path

from tests.demands.second import measure_second, read_second_labels

MAX_LOST = 7  # of 150 sentences, where an importer cuts a file into other blocks
INTERVAL = r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]"
ALL = re.compile(
    rf"^\| all \| (?P<sentences>\d+) \| (?P<suggested>\d+) \| (?P<precision>{INTERVAL}) "
    rf"\| (?P<demands>\d+) \| (?P<recall>{INTERVAL}) \|$",
    re.MULTILINE,
)


def reported(repository: Path) -> re.Match[str]:
    """Return the row of all real documents in docs/suggestions.md."""
    row = ALL.search((repository / "docs" / "suggestions.md").read_text("utf-8"))
    assert row is not None
    return row


def test_second_labels_name_places_without_words(repository: Path) -> None:
    """A label is a file, block, start, end, digest, and demand or other; it has no text."""
    lines = (repository / "tests/demands/second_labels.tsv").read_text("utf-8").splitlines()
    line = re.compile(r"[\w.-]+\t\d+\t\d+\t\d+\t[0-9a-f]{64}\t(demand|other)")

    assert [one for one in lines[1:] if not line.fullmatch(one)] == []
    assert len(set(lines[1:])) == len(read_second_labels()) == 150


def test_the_page_reports_as_many_labels_as_there_are(repository: Path) -> None:
    """The page states the number of labelled sentences and of demands among them."""
    labels, row = read_second_labels(), reported(repository)

    assert int(row["sentences"]) == len(labels)
    assert int(row["demands"]) == sum(label.is_demand for label in labels)


def test_suggestions_in_real_documents_are_as_good_as_reported(
    repository: Path, shared_documents: Path
) -> None:
    """At least as many demands are found, and at most as many suggestions wrong, as reported."""
    measured, row = measure_second(shared_documents), reported(repository)
    every = measured.rows[0]
    found = round(float(row["recall"][:5]) * int(row["demands"]))

    assert measured.lost <= MAX_LOST
    assert every.right >= found
    assert every.suggested - every.right <= int(row["suggested"]) - found
