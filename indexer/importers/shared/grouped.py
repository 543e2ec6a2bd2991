"""Divide a sequence into groups of consecutive items."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def grouped(
    items: Iterable[Item], begins: Callable[[list[Item], Item], bool]
) -> Iterator[list[Item]]:
    """Yield groups of neighbors; `begins(group, item)` says whether an item begins a new group.

    >>> list(grouped([1, 2, 5, 6], lambda group, item: item > group[-1] + 1))
    [[1, 2], [5, 6]]
    """
    group: list[Item] = []
    for item in items:
        if group and begins(group, item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group
