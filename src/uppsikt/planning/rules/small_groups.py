"""Figures about few people are hidden, and so are figures that would give the hidden ones away (SMALL-1).

Source: LKBR 11:6 for sick leave (not given for a group of at most ten); otherwise the indicator's own limit.
docs/algorithms/small-groups.md has worked tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

Parts = frozenset[str]
"""A breakdown as its parts: "gender=women,age=-29" is {"gender=women", "age=-29"}; the total is empty."""


def hidden(sizes: Mapping[str, int | None], limit: int | None) -> frozenset[str]:
    """Which breakdowns of one period are hidden.

    A group smaller than the limit is hidden. Where it is the only one hidden of a larger group and the parts
    that make it up, the others give it away: then the smallest part that is shown is hidden too.

    Args:
        sizes: how many people each breakdown ("" total, "gender=women" …) covers; None is not known.
        limit: groups of fewer than this are hidden; None hides nothing.
    """
    if limit is None:
        return frozenset()
    out = {key for key, size in sizes.items() if size is not None and size < limit}
    if not out:
        return frozenset()
    sums = _sums(sizes)
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            if len(out & {whole, *parts}) == 1:
                open_parts = [key for key in parts if key not in out]
                known = [key for key in open_parts if sizes[key] is not None]
                out.add(min(known or open_parts, key=lambda key: (sizes[key] or 0, key)))
                changed = True
    return frozenset(out)


def _sums(keys: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    """Each breakdown with the parts that together make it: the total and both genders, women and their ages …"""
    by_parts: dict[Parts, str] = {
        frozenset(filter(None, key.split(","))): key for key in keys if not key.startswith("reference=")
    }
    found: dict[tuple[str, Parts], list[str]] = defaultdict(list)
    for parts, key in by_parts.items():
        for count in range(len(parts)):
            for kept in combinations(sorted(parts), count):
                whole = by_parts.get(frozenset(kept))
                if whole is not None:
                    over = frozenset(part.partition("=")[0] for part in parts - frozenset(kept))
                    found[whole, over].append(key)
    return [(whole, parts) for (whole, _over), parts in found.items() if len(parts) > 1]
