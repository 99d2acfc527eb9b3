"""A mitigation as a line of a table: the same in the list and on the page of what it is about."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.cycle.selectors import Round
from uppsikt.planning.pages.figures import status_symbol
from uppsikt.planning.pages.words import listed
from uppsikt.web.parts import Badge
from uppsikt.web.tables import Cell, Column, Row


def mitigation_columns() -> tuple[Column, ...]:
    """The columns of `mitigation_row`."""
    return (
        Column("title", _("Åtgärd"), width="wide"),
        Column("status", _("Status")),
        Column("responsible", _("Ansvarig")),
        Column("deadline", _("Klart senast"), "end", "fit"),
    )


def mitigation_row(row: MitigationFacts, round_: Round | None, today: dt.date, *, under: str = "") -> Row:
    """One mitigation in a round. Args: under: what stands below its title."""
    item = row.item
    comment = row.entry.comment if row.entry else ""
    return Row(
        (
            Cell(row.mitigation.title, sub=under, badges=tuple(badges(row, today))),
            Cell(symbol=status_symbol(row.step), sub=comment) if round_ else Cell("–", muted=True),
            Cell(item.responsible.name if item.responsible else _("Ingen"), muted=True),
            Cell(item.deadline.isoformat() if item.deadline else "", muted=not row.overdue(today)),
        ),
        href=links.mitigation(item.key, round_),
        key=item.key,
    )


def badges(row: MitigationFacts, today: dt.date) -> list[Badge]:
    """Where it comes from, and what keeps it: late, or waiting for something."""
    found = [Badge(text.rstrip(".")) for text in row.badges]
    if row.overdue(today):
        found.append(Badge(_("Försenad"), "bad", "circle-alert"))
    if row.blocked:
        found.append(Badge(_("Väntar"), "warn", "hourglass"))
    return found


def blocked_words(row: MitigationFacts) -> str:
    """What it waits for, in a sentence."""
    names = listed(f"”{one.title}”" for one in row.blockers)
    return _("Kan inte påbörjas förrän %(names)s är klart.") % {"names": names}
