"""Compare two rankings of the same queries, query by query."""

from collections.abc import Iterator, Mapping, Sequence

from kb.evaluation.judgments import Topic
from kb.evaluation.measures import Values, defined, interval, paired_test
from kb.evaluation.report import Comparison


def compare(
    system: str,
    values: Mapping[str, Values],
    than: str,
    others: Mapping[str, Values],
    topics: Sequence[Topic] = (),
) -> Iterator[Comparison]:
    """Yield the paired difference of each measure over all queries, then over those of each kind.

    Both mappings have the values of the same measures for the same queries, in the same order.
    `topics` are these queries; without them, there are no comparisons by kind. A measure that is
    undefined for all queries is left out.
    """
    kinds = sorted(places_by("kind", topics).items())
    groups: list[tuple[str | None, slice | list[int]]] = [(None, slice(None)), *kinds]
    for kind, some in groups:
        for measure in values:
            one, other = values[measure][some], others[measure][some]
            known = defined(one - other)
            if known.any():
                yield Comparison(
                    measure=measure,
                    kind=kind,
                    queries=int(known.sum()),
                    system=system,
                    mean=float(one[known].mean()),
                    than=than,
                    than_mean=float(other[known].mean()),
                    difference=interval(one - other),
                    p=paired_test(one, other),
                )


def places_by(field: str, topics: Sequence[Topic]) -> dict[str, list[int]]:
    """Return the 0-based positions of the topics with each value of `user` or `kind`."""
    found: dict[str, list[int]] = {}
    for index, topic in enumerate(topics):
        value = getattr(topic, field)
        if value:
            found.setdefault(value, []).append(index)
    return found
