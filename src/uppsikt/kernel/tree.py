"""Hierarchies by parent key. Never by the look of a key: "1.10" is no child of "1.1"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """One row of a tree in reading order, with its depth (0 = top)."""

    value: T
    depth: int


def walk(
    rows: Iterable[T], key: Callable[[T], Hashable], parent: Callable[[T], Hashable | None]
) -> Iterator[Node[T]]:
    """The rows in reading order: every parent before its children, siblings in the order given.

    A row whose parent is not among the rows stands at the top. Rows in a circle are left out,
    so an unfinished plan can never hang a page; `circular` names them.
    """
    listed = list(rows)
    known = {key(row) for row in listed}
    children: dict[Hashable | None, list[T]] = defaultdict(list)
    for row in listed:
        above = parent(row)
        children[above if above in known else None].append(row)

    told: set[int] = set()
    stack = [Node(row, 0) for row in reversed(children[None])]
    while stack:
        node = stack.pop()
        if id(node.value) in told:
            continue  # two rows of one key, one of them the other's parent
        told.add(id(node.value))
        yield node
        stack.extend(Node(child, node.depth + 1) for child in reversed(children[key(node.value)]))


def circular(
    rows: Iterable[T], key: Callable[[T], Hashable], parent: Callable[[T], Hashable | None]
) -> list[T]:
    """The rows that are, directly or not, their own parent."""
    listed = list(rows)
    reached = {key(node.value) for node in walk(listed, key, parent)}
    return [row for row in listed if key(row) not in reached]
