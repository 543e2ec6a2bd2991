"""What a question names comes first."""

from collections.abc import Mapping, Sequence

from kb.search.fuse import Fused


def names_first(
    fused: Sequence[Fused], named: Mapping[int, str], allowed: frozenset[int]
) -> list[Fused]:
    """Passages that the question names, in catalogue order, then the rest as they were.

    A named passage is shown even where no retriever found it, unless filters or exclusions
    leave it out.
    """
    found = {one.key: one for one in fused}
    top = fused[0].score if fused else 0.0
    first = [
        found[key] if key in found else Fused(key, top, None, None)
        for key in sorted(named)
        if key in allowed
    ]
    # A score never falls below that of a later hit, so that clients may sort by it.
    first = [one._replace(score=max(one.score, top)) for one in first]
    return [*first, *(one for one in fused if one.key not in named)]
