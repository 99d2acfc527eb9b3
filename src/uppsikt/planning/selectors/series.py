"""An indicator's figures beyond one plan: everyone who reports it, and everything that was ever said."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from uppsikt.kernel.period import Period, parse_period
from uppsikt.planning.models import Indicator, IndicatorUse, Observation
from uppsikt.planning.rules.small_groups import hidden


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom outcomes belong to: a body, a unit of it, or (both empty) the whole municipality."""

    body: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One registered outcome, standing or superseded. `hidden`: too few people to show."""

    holder: Holder
    period: Period
    breakdown: str
    value: Decimal | None
    status: str
    preliminary: bool
    hidden: bool
    footnote: str
    source: str
    round: str
    by: str
    at: dt.datetime
    superseded_at: dt.datetime | None


def registered(
    indicator: Indicator, readable: Collection[str] | None, moment: dt.datetime | None = None
) -> list[Said]:
    """Every outcome ever registered for the indicator, latest period and latest registration first. One query.

    Args: readable: keys of the bodies whose figures may be read; None is all. moment: leaves out what was
        registered later, and shows as standing what stood then.
    """
    rows = (
        Observation.objects.filter(indicator=indicator)
        .select_related("body", "unit", "round")
        .order_by("-period_end", "breakdown", "-recorded_at", "-pk")
    )
    if readable is not None:
        rows = rows.filter(Q(body__isnull=True) | Q(body__key__in=list(readable)))
    if moment is not None:
        rows = rows.filter(recorded_at__lte=moment)
    listed = list(rows)
    secret = _secret(listed, indicator.small_group_limit, moment)
    said = []
    for row in listed:
        is_hidden = row.pk in secret
        ended = row.superseded_at
        said.append(
            Said(
                holder=_holder(row),
                period=parse_period(row.period),
                breakdown=row.breakdown,
                value=None if is_hidden else row.value,
                status=row.status,
                preliminary=row.preliminary,
                hidden=is_hidden,
                footnote=row.footnote,
                source=row.source or indicator.source,
                round=row.round.name if row.round else "",
                by=row.recorded_by_name,
                at=row.recorded_at,
                superseded_at=None if moment and ended and ended > moment else ended,
            )
        )
    return said


def _holder(row: Observation) -> Holder:
    return Holder(row.body.key if row.body else "", row.unit.key if row.unit else "")


def _secret(rows: list[Observation], limit: int | None, moment: dt.datetime | None) -> frozenset[int]:
    """Which rows are hidden (SMALL-1). A body's units are parts of it, as the genders are.

    What stands is hidden by what stands. Of what stood before, everything is hidden that would have been
    hidden had the groups been as small as they ever were: else an old total could give an old figure away.
    """
    standing: dict[str, dict[str, int | None]] = defaultdict(dict)
    earlier: dict[str, dict[str, int | None]] = defaultdict(dict)
    stood: set[int] = set()
    for row in rows:
        group, place = _place(row)
        if row.superseded_at is None or (moment is not None and row.superseded_at > moment):
            stood.add(row.pk)
            standing[group][place] = row.group_size
        known = [size for size in (earlier[group].get(place), row.group_size) if size is not None]
        earlier[group][place] = min(known, default=None)
    now = {group: hidden(sizes, limit) for group, sizes in standing.items()}
    ever = {group: hidden(sizes, limit) for group, sizes in earlier.items()}
    return frozenset(
        row.pk for row in rows if _place(row)[1] in (now if row.pk in stood else ever)[_place(row)[0]]
    )


def _place(row: Observation) -> tuple[str, str]:
    """Which figures the row belongs together with, and its breakdown among them, its unit included."""
    unit = f"unit={row.unit_id}" if row.unit_id else ""
    return f"{row.body_id} {row.period}", ",".join(filter(None, (unit, row.breakdown)))


def plans_using(indicator: Indicator, readable: Collection[str] | None) -> list[IndicatorUse]:
    """The plans that use the indicator, latest year first. Two queries."""
    rows = (
        IndicatorUse.objects.filter(indicator=indicator, removed_at__isnull=True)
        .select_related("body", "goal", "goal__body", "responsible", "unit", "indicator")
        .prefetch_related("targets")
        .order_by("-year_id", "body__position", "position")
    )
    return list(rows if readable is None else rows.filter(body__key__in=list(readable)))
