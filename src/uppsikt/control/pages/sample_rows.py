"""Draws as lines of a table: on the occasion's page, on the sample's own, and in the auditor's room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.rules.sampling import SampleCounts
from uppsikt.control.selectors import Occasion, SampleDraw
from uppsikt.control.selectors import samples as selectors
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Badge, Text
from uppsikt.web.tables import Cell, Column, Row, Table


def samples_table(occasion: Occasion, *, may_draw: bool, may_see: bool) -> tuple[Table | None, Action | None]:
    """The occasion's draws with their counts (None when there are none), and the way to a new one. Two queries.

    Args: may_see: whether the reader may see the drawn rows, and so is led to them.
    """
    draws = list(selectors.draws(occasions=[occasion.pk]))
    address = reverse("control:sample_new", args=[occasion.pk])
    action = Action(_("Dra stickprov"), address, icon="list-checks") if may_draw else None
    if not draws:
        return None, action
    counts = selectors.counts_for(draws)
    return draws_table(draws, counts, key="stickprov", caption=_("Stickprov"), may_see=may_see), action


def others_table(draw: SampleDraw) -> Table | None:
    """Other draws from the same list, removed ones too; None when there are none. At most two queries."""
    found = selectors.same_list(draw)
    if not found:
        return None
    counts = selectors.counts_for(found)
    return draws_table(found, counts, key="andra", caption=_("Andra dragningar ur samma lista"))


def draws_table(
    draws: Sequence[SampleDraw],
    counts: Mapping[int, SampleCounts],
    *,
    key: str,
    caption: Text,
    may_see: bool = True,
) -> Table:
    """Draws with how many rows are checked and faulty. Args: counts: by `selectors.samples.counts_for`."""
    return Table(
        key=key,
        caption=caption,
        caption_hidden=key == "stickprov",
        columns=(
            Column("list", _("Lista"), width="wide"),
            Column("size", _("Rader"), "num"),
            Column("checked", _("Granskade"), "num"),
            Column("faulty", _("Fel"), "num"),
            Column("seed", _("Frö")),
            Column("drawn", _("Dragen")),
        ),
        rows=tuple(_row(row, counts[row.pk], may_see=may_see) for row in draws),
        sticky=False,
    )


def _row(draw: SampleDraw, counts: SampleCounts, *, may_see: bool) -> Row:
    removed = draw.removed_at is not None
    return Row(
        (
            Cell(draw.file_name, badges=(Badge(_("Borttaget")),) if removed else ()),
            Cell(str(draw.size), sub=_("av %(rows)s") % {"rows": draw.population}),
            Cell(count_of(counts.checked, draw.size)),
            Cell(str(counts.faulty)),
            Cell(draw.seed),
            Cell(format_date(draw.drawn_at.astimezone(STOCKHOLM).date()), sub=draw.drawn_by_name),
        ),
        href=reverse("control:sample", args=[draw.pk]) if may_see else "",
        key=str(draw.pk),
        kind="removed" if removed else "row",
    )
