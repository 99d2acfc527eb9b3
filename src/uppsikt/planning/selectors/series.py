"""An indicator's figures beyond one plan: everyone who reports it, and everything that was ever said."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
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
    limit = indicator.small_group_limit
    said = []
    for row in listed:
        holder = _holder(row)
        few = limit is not None and row.group_size is not None and row.group_size < limit
        is_hidden = few or row.breakdown in secret[holder, row.period]
        ended = row.superseded_at
        said.append(
            Said(
                holder=holder,
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


def _secret(
    rows: list[Observation], limit: int | None, moment: dt.datetime | None
) -> Mapping[tuple[Holder, str], frozenset[str]]:
    """Which breakdowns are hidden, by holder and period: what stands decides, for superseded rows too."""
    sizes: dict[tuple[Holder, str], dict[str, int | None]] = defaultdict(dict)
    for row in rows:
        stood = row.superseded_at is None or (moment is not None and row.superseded_at > moment)
        if stood:
            sizes[_holder(row), row.period][row.breakdown] = row.group_size
    return defaultdict(frozenset, {key: hidden(groups, limit) for key, groups in sizes.items()})


def plans_using(indicator: Indicator, readable: Collection[str] | None) -> list[IndicatorUse]:
    """The plans that use the indicator, latest year first. Two queries."""
    rows = (
        IndicatorUse.objects.filter(indicator=indicator, removed_at__isnull=True)
        .select_related("body", "goal", "goal__body", "responsible", "unit", "indicator")
        .prefetch_related("targets")
        .order_by("-year_id", "body__position", "position")
    )
    return list(rows if readable is None else rows.filter(body__key__in=list(readable)))
