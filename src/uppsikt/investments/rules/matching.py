"""Which projects a table's square, a filter or a link asks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from uppsikt.investments.rules.words import FLOWS, NET

AXES = ("kind", "phase", "area", "group", "key", "body", "schedule")
"""What projects are told apart by. All that are asked for must hold."""


@dataclass(frozen=True, slots=True)
class Traits:
    """A project as the axes see it; empty where nothing is known."""

    kind: str = ""
    phase: str = ""
    area: str = ""
    group: str = ""
    key: str = ""
    body: str = ""
    schedule: str = ""


class _Told(Protocol):
    @property
    def traits(self) -> Traits:
        """What it is told apart by."""


T = TypeVar("T", bound=_Told)


def matches(traits: Traits, scope: Mapping[str, str]) -> bool:
    """Whether a project is among those asked for. Axes that say nothing of projects are passed over."""
    return all(getattr(traits, axis) == scope[axis] for axis in AXES if scope.get(axis))


def matching(rows: Iterable[T], scope: Mapping[str, str]) -> list[T]:
    """Those asked for, in their order."""
    return [row for row in rows if matches(row.traits, scope)]


def flow_of(scope: Mapping[str, str]) -> str:
    """The flow asked for; net of expense and income when nothing is said. Raises: LookupError for an unknown one."""
    flow = scope.get("flow") or NET
    if flow not in FLOWS:
        raise LookupError(f"no flow {flow}; there are {', '.join(FLOWS)}")
    return flow
