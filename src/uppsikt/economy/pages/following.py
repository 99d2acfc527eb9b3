"""What the address says of the figure that is followed, and the addresses that lead further in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.urls import reverse

from uppsikt.cycle.selectors import Round
from uppsikt.economy.pages.links import place as place_query
from uppsikt.economy.pages.links import with_query
from uppsikt.economy.selectors.follow import AXES
from uppsikt.organisation.selectors import Body

NARROW = (*AXES, "month")


@dataclass(frozen=True, slots=True)
class Following:
    """A square of a table and how far into it one has gone. `steps`: node by axis, in the order they were taken.

    `address` and `fixed`: the page it is shown on; `bare`: that page without any figure.
    """

    table: str
    row: str
    column: str
    address: str
    fixed: Mapping[str, str]
    bare: str
    steps: tuple[tuple[str, str], ...] = ()
    by: str = ""
    page: int = 1
    everything: bool = False
    alone: bool = False
    place: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrow(self) -> dict[str, str]:
        """Node by axis, and the month."""
        return dict(self.steps)

    def href(self, *, steps: tuple[tuple[str, str], ...] | None = None, **more: str) -> str:
        """The same figure with other steps; who shows what is kept when it is not said anew."""
        taken = self.steps if steps is None else steps
        return with_query(self.address, {**self.fixed, **dict(taken), "by": self.by, **more})

    def into(self, axis: str, node: str) -> str:
        """One step further in along an axis. A finer node takes the place of a coarser one on the same axis."""
        taken = (*(step for step in self.steps if step[0] != axis), (axis, node))
        return with_query(self.address, {**self.fixed, **dict(taken)})

    def back_to(self, count: int) -> str:
        """The figure after its first `count` steps."""
        return self.href(steps=self.steps[:count], by="")

    def cell(self, row: str, column: str) -> str:
        """Another square of the same table, on the same page."""
        return replace(self, fixed=_square(self, row, column)).href(steps=(), by="")

    @property
    def shared(self) -> str:
        """The figure as a page of its own, as far in as one stands."""
        query = {**self.place, "table": self.table, "row": self.row, "column": self.column, **self.narrow}
        return with_query(reverse("economy:figure"), query)


def _square(following: Following, row: str, column: str) -> dict[str, str]:
    if following.alone:
        return {**following.fixed, "row": row, "column": column}
    return {**following.fixed, "follow": f"{row}:{column}"}


def beside_table(params: QueryDict, key: str, round_: Round, body: Body | None) -> Following | None:
    """The figure that the address of a table's page follows; None when none."""
    row, _colon, column = params.get("follow", "").rpartition(":")
    if not row:
        return None
    place = place_query(round_, body)
    address = reverse("economy:table", args=[key])
    return _told(
        params,
        Following(
            key, row, column, address, {**place, "follow": f"{row}:{column}"}, with_query(address, place), place=place
        ),
    )  # fmt: skip


def alone(params: QueryDict, round_: Round, body: Body | None) -> Following:
    """The figure that the address of the figure's own page is about."""
    place = place_query(round_, body)
    key, row, column = (params.get(name, "") for name in ("table", "row", "column"))
    fixed = {**place, "table": key, "row": row, "column": column}
    known = key and "/" not in key
    bare = (
        with_query(reverse("economy:table", args=[key]), {**place, "follow": f"{row}:{column}"})
        if known
        else ""
    )
    return _told(
        params, Following(key, row, column, reverse("economy:figure"), fixed, bare, alone=True, place=place)
    )


def _told(params: QueryDict, found: Following) -> Following:
    page = params.get("rows", "")
    return replace(
        found,
        steps=tuple((name, str(params[name])) for name in params if name in NARROW and params[name]),
        by=params.get("by", ""),
        page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
        everything=params.get("all") == "1",
    )
