"""Trees of topics and places."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from kb.domain.queries import Counts
from kb.text.analysis import fold


class Node(NamedTuple):
    """A topic or place, with its count and its children in alphabetical order."""

    id: str
    name: str
    size: int
    inner: tuple["Node", ...]


def tree(
    outer: Mapping[str, Iterable[str]], counts: Counts, name: Callable[[str], str]
) -> tuple[Node, ...]:
    """Return the root nodes; `outer` maps each id to its parents, and a node may have several."""
    inner: dict[str, list[str]] = {}
    for one, around in outer.items():
        for other in around:
            inner.setdefault(other, []).append(one)

    def grown(ids: Iterable[str], above: frozenset[str]) -> tuple[Node, ...]:
        nodes = [
            Node(one, name(one), counts.get(one, 0), grown(inner.get(one, ()), above | {one}))
            for one in ids
            if one not in above
        ]
        return tuple(sorted(nodes, key=lambda node: fold(node.name)))

    held = {one for ids in inner.values() for one in ids}
    return grown((one for one in outer if one not in held), frozenset())
