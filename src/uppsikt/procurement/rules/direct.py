"""Direct procurements counted and held against what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from uppsikt.procurement.rules.limits import over


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct procurement as the count sees it. `group`: the unit or body that it is counted under."""

    key: str
    group: str
    value_ore: int | None = None
    category: str = ""
    certified: bool | None = None
    documented: bool | None = None


@dataclass(frozen=True, slots=True)
class DirectCount:
    """How many a group made. `apart`: those of categories counted for themselves, by category; not in `count`."""

    group: str
    count: int = 0
    apart: dict[str, int] = field(default_factory=dict)
    uncertified: int = 0
    undocumented: int = 0
    untold: int = 0

    @property
    def total(self) -> int:
        """All of them, those counted apart too."""
        return self.count + sum(self.apart.values())


def notified(rows: Iterable[Direct], limit_ore: int | None) -> list[Direct]:
    """Those that must be documented: over the limit, or of a value nobody has told; all when none is settled."""
    return [
        row for row in rows if limit_ore is None or row.value_ore is None or over(row.value_ore, limit_ore)
    ]


def counted(rows: Iterable[Direct], apart: Sequence[str]) -> list[DirectCount]:
    """The count of each group, in the order they come. `untold`: where certified or documented is not answered."""
    held: dict[str, list[Direct]] = {}
    for row in rows:
        held.setdefault(row.group, []).append(row)
    return [_count(group, found, apart) for group, found in held.items()]


def _count(group: str, rows: Sequence[Direct], apart: Sequence[str]) -> DirectCount:
    separate = {name: sum(row.category == name for row in rows) for name in apart}
    separate = {name: number for name, number in separate.items() if number}
    return DirectCount(
        group,
        len(rows) - sum(separate.values()),
        separate,
        sum(row.certified is False for row in rows),
        sum(row.documented is False for row in rows),
        sum(row.certified is None or row.documented is None for row in rows),
    )


def whole(counts: Iterable[DirectCount]) -> DirectCount:
    """All groups added up."""
    listed = list(counts)
    apart: dict[str, int] = {}
    for one in listed:
        for name, number in one.apart.items():
            apart[name] = apart.get(name, 0) + number
    return DirectCount(
        "",
        sum(one.count for one in listed),
        apart,
        sum(one.uncertified for one in listed),
        sum(one.undocumented for one in listed),
        sum(one.untold for one in listed),
    )
