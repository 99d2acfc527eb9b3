"""Figures about few people are hidden, and so is a second figure that would give the first away (SMALL-1).

Source: LKBR 11:6 for sick leave (not given for a group of at most ten); otherwise the indicator's own limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def hidden(sizes: Mapping[str, int | None], limit: int | None) -> frozenset[str]:
    """Which breakdowns of one period are hidden.

    Args:
        sizes: how many people each breakdown ("" total, "gender=women" …) covers; None is not known.
        limit: groups of fewer than this are hidden; None hides nothing.
    """
    if limit is None:
        return frozenset()
    out = {key for key, size in sizes.items() if size is not None and size < limit}
    for family in _families(sizes):
        secret = [key for key in family if key in out]
        shown = [key for key in family if key not in out]
        if len(secret) == 1 and shown and "" in sizes and "" not in out:
            # total minus the others would reveal the only hidden one
            known = [key for key in shown if sizes[key] is not None]
            out.add(min(known or shown, key=lambda key: (sizes[key] or 0, key)))
    return frozenset(out)


def _families(keys: Iterable[str]) -> list[list[str]]:
    """Breakdowns that together make the total: those of the same dimensions."""
    families: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in keys:
        if key:
            families[tuple(part.partition("=")[0] for part in key.split(","))].append(key)
    return list(families.values())
