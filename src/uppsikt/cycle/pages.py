"""The page of years and rounds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors
from uppsikt.cycle.rules.rounds import RoundKind, RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Empty
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class YearPart:
    """One year: its steering model's name, its rounds, and what may be done to them.

    Args: openings: one action for each planned round, for those who may open it.
    """

    year: str
    model: str
    table: Table
    openings: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class YearsPage:
    """All years, latest first. `action`: set up the next one, for those who may."""

    title: str
    lead: str
    years: tuple[YearPart, ...]
    action: Action | None
    empty: Empty | None


def years_page(*, may_steer: bool, may_run: bool) -> YearsPage:
    """Read the years with their models' names and rounds. Three queries, however many years."""
    names = selectors.model_names()
    rounds: dict[int, list[Round]] = defaultdict(list)
    for row in selectors.rounds():
        rounds[row.year_id].append(row)
    years = tuple(
        YearPart(
            year=str(row.year),
            model=names.get(row.year, ""),
            table=_table(row.year, rounds[row.year]),
            openings=_openings(rounds[row.year]) if may_run else (),
        )
        for row in selectors.years()
    )
    action = None
    if years and may_steer:
        said = _("Lägg upp %(year)s") % {"year": int(years[0].year) + 1}
        action = Action(said, reverse("cycle:year_open"), primary=True, post=True, icon="calendar-plus")
    return YearsPage(
        title=_("År och tillfällen"),
        lead=_(
            "Varje år följer en styrmodell och har sina uppföljningstillfällen. Ett nytt år får det senaste årets."
        ),
        years=years,
        action=action,
        empty=None if years else Empty(_("Inga år än"), _("Läs in ett dataset med år och styrmodell.")),
    )


def _table(year: int, rows: list[Round]) -> Table:
    columns = (
        Column("name", _("Tillfälle"), width="wide"),
        Column("kind", _("Slag")),
        Column("cutoff", _("Läget per")),
        Column("deadline", _("Sista dag")),
        Column("state", _("Läge")),
    )
    return Table(
        key=f"rounds-{year}",
        caption=_("Uppföljningstillfällen %(year)s") % {"year": year},
        caption_hidden=True,
        columns=columns,
        rows=tuple(
            Row(
                key=row.key,
                cells=(
                    Cell(row.name),
                    Cell(RoundKind(row.kind).label),
                    Cell(format_date(row.cutoff)),
                    Cell(format_date(row.deadline) if row.deadline else "–"),
                    Cell(RoundState(row.state).label),
                ),
            )
            for row in rows
        ),
        empty=Empty(_("Inga tillfällen")),
    )


def _openings(rows: list[Round]) -> tuple[Action, ...]:
    return tuple(
        Action(
            _("Öppna %(name)s") % {"name": row.name},
            reverse("cycle:round_open", args=[row.key]),
            post=True,
            icon="lock-open",
        )
        for row in rows
        if row.state == RoundState.PLANNED.value
    )
