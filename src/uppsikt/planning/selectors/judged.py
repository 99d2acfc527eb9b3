"""Indicators of plans with their outcomes, judged by the rules: for a whole reading or for one page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.period import parse_period
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.models import IndicatorReport, IndicatorUse, Observation, Target
from uppsikt.planning.rules.judgement import Direction, Observed, TargetFact, judge, target_in, trend
from uppsikt.planning.rules.small_groups import hidden
from uppsikt.planning.selectors.parts import Figure, IndicatorView
from uppsikt.planning.selectors.rows import fact_of

EARLIER_YEARS = 5
ALL_YEARS = 100


def indicator_view(
    use: IndicatorUse, *, round_: Round | None = None, moment: dt.datetime | None = None
) -> IndicatorView:
    """One indicator in its plan with all its outcomes, judged. Raises: LookupError as `snapshot`."""
    model = cycle.model_for(use.year_id, moment)
    return next(iter(indicator_views([use], model, use.year_id, round_, moment, ALL_YEARS)))


def indicator_views(
    uses: Sequence[IndicatorUse],
    model: SteeringModel,
    year: int,
    round_: Round | None,
    moment: dt.datetime | None,
    earlier_years: int = EARLIER_YEARS,
) -> Iterable[IndicatorView]:
    """The uses with their outcomes and targets, judged. Five queries, however many they are."""
    targets: dict[int, list[TargetFact]] = defaultdict(list)
    rows = Target.objects.all().as_of(moment).filter(use__in=uses).order_by("year")
    for row in rows:
        targets[row.use_id].append(fact_of(row))
    reports: dict[int, IndicatorReport] = {}
    if round_ is not None:
        standing = IndicatorReport.objects.all().as_of(moment).filter(use__in=uses, round=round_)
        reports = {report.use_id: report for report in standing}
    observations = _observations(
        {use.indicator_id for use in uses}, dt.date(year - earlier_years, 1, 1), round_, moment
    )
    ancestry = organisation.ancestry()
    for use in uses:
        figures = _figures(use, observations[use.indicator_id], ancestry.get(use.body_id, [use.body_id]))
        yield _judged(use, figures, targets[use.pk], reports.get(use.pk), model, year)


def _observations(
    indicator_ids: set[int], since: dt.date, round_: Round | None, moment: dt.datetime | None
) -> dict[int, list[Observation]]:
    """The outcomes as known in the round, by indicator.

    An outcome revised in a later round is read as it was reported in this one: of each period the last row
    of this round or an earlier one (or outside rounds) stands. What is corrected in an earlier round that has
    been opened again does not take the place of what a later round has said.
    """
    rows = Observation.objects.filter(indicator_id__in=indicator_ids, period_end__gt=since)
    if round_ is not None:
        rows = rows.filter(Q(round__isnull=True) | Q(round__cutoff__lte=round_.cutoff))
    if moment is not None:
        rows = rows.filter(recorded_at__lte=moment)
    last: dict[tuple[object, ...], Observation] = {}
    for row in rows.select_related("round").order_by("recorded_at", "pk"):
        key = (row.indicator_id, row.body_id, row.unit_id, row.period, row.breakdown)
        before = last[key].round if key in last else None
        if before is None or row.round is None or row.round.cutoff >= before.cutoff:
            last[key] = row
    found: dict[int, list[Observation]] = defaultdict(list)
    for row in sorted(last.values(), key=lambda row: (row.period_end, row.breakdown)):
        found[row.indicator_id].append(row)
    return found


def _figures(
    use: IndicatorUse, rows: Sequence[Observation], ancestry: Sequence[int]
) -> dict[tuple[str, str], Figure]:
    """The use's own outcomes: of its body (or one it took over from), else of the whole municipality."""

    def nearness(row: Observation) -> int:
        if row.unit_id is not None:  # a unit's own figure is never the body's
            return -1
        if row.body_id is None:
            return len(ancestry)
        return ancestry.index(row.body_id) if row.body_id in ancestry else -1

    chosen: dict[tuple[str, str], Observation] = {}
    for row in rows:
        near = nearness(row)
        key = (row.breakdown, row.period)
        if near >= 0 and (key not in chosen or near < nearness(chosen[key])):
            chosen[key] = row
    sizes: dict[str, dict[str, int | None]] = defaultdict(dict)
    for (breakdown, period), row in chosen.items():
        sizes[period][breakdown] = row.group_size
    secret = {period: hidden(groups, use.indicator.small_group_limit) for period, groups in sizes.items()}
    return {
        (breakdown, period): Figure(
            period=parse_period(period),
            breakdown=breakdown,
            value=None if breakdown in secret[period] else row.value,
            status=row.status,
            preliminary=row.preliminary,
            hidden=breakdown in secret[period],
            footnote=row.footnote,
            source=row.source or use.indicator.source,
            by=row.recorded_by_name,
            at=row.recorded_at,
        )
        for (breakdown, period), row in chosen.items()
    }


def _judged(
    use: IndicatorUse,
    figures: Mapping[tuple[str, str], Figure],
    targets: Sequence[TargetFact],
    report: IndicatorReport | None,
    model: SteeringModel,
    year: int,
) -> IndicatorView:
    direction = Direction(use.indicator.direction)
    series = _series(figures, "")
    target = target_in(targets, year)
    judgement = judge(
        target,
        series,
        year=year,
        direction=direction,
        lag_years=use.lag_years,
        bare_by_direction=model.indicators.bare_target_by_direction,
        future_counts=model.indicators.future_target_counts == "always",
        references=_series(figures, f"reference={target.reference}") if target else (),
    )
    return IndicatorView(
        use=use,
        indicator=use.indicator,
        name=use.label or use.indicator.name,
        figures=figures,
        series=series,
        targets=tuple(targets),
        target=target,
        judgement=judgement,
        trend=trend(series, judgement.observed, direction, model.indicators.trend_unchanged_percent),
        report=report,
    )


def _series(figures: Mapping[tuple[str, str], Figure], breakdown: str) -> tuple[Observed, ...]:
    """One breakdown's outcomes as the rules read them; what is hidden has no value there either."""
    return tuple(
        Observed(
            figure.period, figure.value, "hidden" if figure.hidden else figure.status, figure.preliminary
        )
        for (held, _period), figure in figures.items()
        if held == breakdown
    )
