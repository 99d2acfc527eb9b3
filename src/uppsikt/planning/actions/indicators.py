"""Indicators, their targets, outcomes and what is reported about them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import canonical
from uppsikt.kernel.period import Period
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.models import (
    Goal,
    Indicator,
    IndicatorReport,
    IndicatorUse,
    Observation,
    Target,
)
from uppsikt.planning.rules.breakdowns import ordered
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.selectors import fact_of

INDICATOR_FIELDS = (
    "name", "measure", "decimals", "direction", "periodicity", "source_kind", "source", "kolada_ids",
    "published", "published_week", "small_group_limit", "note", "definition",
)  # fmt: skip


@atomic
def save_indicator(*, key: str, by: Actor, **values: Any) -> tuple[Indicator, bool]:
    """Create or change a series. Values are any of `INDICATOR_FIELDS`; fields left out keep what they have.

    Raises: TypeError for a field that is none of them.
    """
    unknown = set(values) - set(INDICATOR_FIELDS)
    if unknown:
        raise TypeError(f"not fields of an indicator: {sorted(unknown)}")
    indicator = Indicator.objects.filter(key=key).first() or Indicator(key=key)
    difference = changed(indicator, values)
    if not difference:
        return indicator, False
    indicator.full_clean()
    indicator.save()
    record(
        EventKind.INDICATOR_SAVED, by=by, subject=f"indicator:{key}", label=indicator.name, data=difference
    )
    return indicator, True


@atomic
def save_use(
    *,
    key: str,
    year: int,
    body: Body,
    goal: Goal | None,
    section: str = "",
    indicator: Indicator,
    position: int = 0,
    label: str = "",
    lag_years: int = 0,
    breakdowns: str = "",
    responsible: User | None = None,
    unit: Unit | None = None,
    note: str = "",
    by: Actor,
) -> tuple[IndicatorUse, bool]:
    """Put an indicator in a body's year, under a goal or in a section.

    Raises: InputError when the goal belongs to another year or the section is not in the steering model.
    """
    if goal is not None and goal.year_id != year:
        raise refuse(
            "goal", f"Målet hör till {goal.year_id}.", field="goal", remedy=f"Välj ett mål för {year}."
        )
    sections = [known.key for known in cycle.model_for(year).sections]
    if section and section not in sections:
        raise refuse(
            "section",
            f"Avsnittet ”{section}” finns inte i styrmodellen för {year}.",
            field="section",
            remedy=f"Välj något av: {', '.join(sections) or 'inget'}.",
        )
    use = IndicatorUse.objects.filter(key=key).first() or IndicatorUse(key=key)
    difference = changed(
        use,
        {
            "year_id": year,
            "body": body,
            "goal": goal,
            "section": section,
            "indicator": indicator,
            "position": position,
            "label": label,
            "lag_years": lag_years,
            "breakdowns": breakdowns,
            "responsible": responsible,
            "unit": unit,
            "note": note,
            "removed_at": None,
        },
    )
    if not difference:
        return use, False
    use.full_clean()
    use.save()
    _record(EventKind.USE_SAVED, use, by, difference)
    return use, True


@atomic
def remove_use(*, use: IndicatorUse, by: Actor) -> None:
    """Take an indicator out of the plan; the series and what was reported stay."""
    use.removed_at = clock.now()
    use.save(update_fields=["removed_at"])
    _record(EventKind.USE_REMOVED, use, by, {})


@atomic
def restore_use(*, use: IndicatorUse, by: Actor) -> None:
    """Put a removed indicator back."""
    use.removed_at = None
    use.save(update_fields=["removed_at"])
    _record(EventKind.USE_SAVED, use, by, {"removed": [True, False]})


@atomic
def set_target(*, use: IndicatorUse, target: TargetFact, by: Actor) -> tuple[Target, bool]:
    """Set an indicator's target for a year and role; the earlier one is kept as superseded.

    Raises: InputError when the kind is not allowed by the steering model or its figures are missing.
    """
    allowed = cycle.model_for(use.year_id).targets.kinds
    if target.kind not in allowed:
        raise refuse(
            "kind",
            f"Måltypen ”{target.kind}” används inte i styrmodellen.",
            field="kind",
            remedy=f"Välj något av: {', '.join(allowed)}.",
        )
    needs_value = target.kind in ("ge", "gt", "le", "lt", "eq", "interval", "bare")
    if needs_value and target.value is None:
        raise refuse("value", "Målet saknar värde.", field="value", remedy="Skriv ett tal.")
    if target.kind == "interval" and (target.upper is None or (target.value or Decimal(0)) > target.upper):
        raise refuse("upper", "Intervallets övre värde saknas eller är för lågt.", field="upper")
    if target.kind == "reference" and not target.reference:
        raise refuse("reference", "Jämförelsevärdet är inte namngivet.", field="reference")
    standing = Target.objects.all().current().filter(use=use, role=target.role, year=target.year).first()
    if standing is not None and fact_of(standing) == target and _same_digits(standing, target):
        return standing, False
    row = supersede(
        standing,
        Target(
            use=use,
            role=target.role,
            year=target.year,
            kind=target.kind,
            value=target.value,
            upper=target.upper,
            comparator=target.comparator,
            reference=target.reference,
            period_text=target.period_text,
            printed=target.printed,
        ),
        by=by,
    )
    _record(
        EventKind.TARGET_SET,
        use,
        by,
        {
            "role": target.role,
            "year": target.year,
            "target": [fact_of(standing).text if standing else None, target.text],
        },
    )
    return row, True


@atomic
def remove_target(*, target: Target, by: Actor) -> None:
    """End a target without a new one; it stays on record as superseded."""
    target.superseded_at = clock.now()
    target.save(update_fields=["superseded_at"])
    _record(
        EventKind.TARGET_SET,
        target.use,
        by,
        {"role": target.role, "year": target.year, "target": [fact_of(target).text, None]},
    )


def _same_digits(standing: Target, target: TargetFact) -> bool:
    """Equal figures can differ in print: "2.0" and "2"."""
    return [_digits(standing.value), _digits(standing.upper)] == [
        _digits(target.value),
        _digits(target.upper),
    ]


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else canonical(value)


@atomic
def record_observation(
    *,
    indicator: Indicator,
    period: Period,
    breakdown: str = "",
    value: Decimal | None,
    status: str = "value",
    body: Body | None = None,
    unit: Unit | None = None,
    preliminary: bool = False,
    group_size: int | None = None,
    footnote: str = "",
    source: str = "",
    round_: Round | None = None,
    by: Actor,
    importing: bool = False,
) -> tuple[Observation, bool]:
    """Record an outcome; an earlier one for the same period is kept as superseded.

    Args: status: value, or why there is none (not_measured, not_published, missing).
        group_size: how many people it is about; None keeps what is known. breakdown: its parts in any order.
        round_: the round it is reported in; must be open, unless importing.
    Raises: InputError when the round is closed or value and status contradict each other.
    """
    if round_ is not None:
        require_open(round_, importing=importing)
    parts = ordered(breakdown)
    if parts is None:
        raise refuse(
            "breakdown",
            f"”{breakdown}” är ingen uppdelning.",
            field="breakdown",
            remedy="Skriv till exempel age=-29,gender=women.",
        )
    if (value is None) == (status == "value"):
        raise refuse(
            "value",
            "Ange ett utfall, eller varför det saknas.",
            field="value",
            remedy="Skriv ett tal eller välj ett läge.",
        )
    standing = (
        Observation.objects.all()
        .current()
        .filter(indicator=indicator, body=body, unit=unit, period=period.code, breakdown=parts)
        .first()
    )
    if group_size is None and standing is not None and not importing:
        group_size = standing.group_size  # not telling it again must not show what is hidden
    row = Observation(
        indicator=indicator,
        body=body,
        unit=unit,
        period=period.code,
        period_end=period.end,
        breakdown=parts,
        value=value,
        status=status,
        preliminary=preliminary,
        group_size=group_size,
        footnote=footnote,
        source=source,
        round=round_,
    )
    if standing is not None and _same_observation(standing, row, importing=importing):
        return standing, False
    stored = supersede(standing, row, by=by)
    record(
        EventKind.OBSERVATION_RECORDED,
        by=by,
        subject=f"indicator:{indicator.key}",
        label=f"{indicator.name}, {period.label}",
        body_key=body.key if body else "",
        data={
            "period": period.code,
            "breakdown": parts,
            "value": [_digits(standing.value) if standing else None, _digits(value)],
            "status": status,
            "preliminary": preliminary,
            "round": round_.key if round_ else "",
        },
    )
    return stored, True


def _same_observation(standing: Observation, row: Observation, *, importing: bool) -> bool:
    """Whether the outcome is told already, and known in the round in which it is told now.

    A dataset tells from which round an outcome was known, also where the figure is the same as before.
    """
    earlier = row.round is None or standing.round is None or standing.round.cutoff <= row.round.cutoff
    if standing.round_id != row.round_id and (importing or not earlier):
        return False
    fields = ("status", "preliminary", "group_size", "footnote", "source")
    return _digits(standing.value) == _digits(row.value) and all(
        getattr(standing, name) == getattr(row, name) for name in fields
    )


@atomic
def report_indicator(
    *,
    use: IndicatorUse,
    round_: Round,
    reported: str,
    reason: str,
    analysis: str,
    trend: str | None = None,
    unjustified: str | None = None,
    rule: str = "",
    by: Actor,
    importing: bool = False,
) -> tuple[IndicatorReport, bool]:
    """Report on an indicator in a round: the judgement (empty follows the rule) and the analysis.

    Args: trend, unjustified: None keeps what stands.
        rule: what the rule says (a verdict); a report that departs from it needs a reason.
    Raises: InputError when the round is not open or the reason is missing.
    """
    require_open(round_, year=use.year_id, importing=importing)
    reason, analysis = reason.strip(), analysis.strip()
    if reported and rule and reported != rule and not reason:
        raise refuse(
            "reason",
            "Bedömningen avviker från regeln men skäl saknas.",
            field="reason",
            remedy="Skriv varför. Skälet följer med i rapporten.",
        )
    standing = IndicatorReport.objects.all().current().filter(use=use, round=round_).first()
    if trend is None:
        trend = standing.trend if standing else ""
    if unjustified is None:
        unjustified = standing.unjustified if standing else ""
    wanted = (reported, reason, analysis, trend, unjustified)
    if standing is not None and wanted == (
        standing.reported,
        standing.reason,
        standing.analysis,
        standing.trend,
        standing.unjustified,
    ):
        return standing, False
    row = supersede(
        standing,
        IndicatorReport(
            use=use,
            round=round_,
            reported=reported,
            reason=reason,
            analysis=analysis,
            trend=trend,
            unjustified=unjustified,
        ),
        by=by,
    )
    _record(
        EventKind.INDICATOR_REPORTED,
        use,
        by,
        {
            "round": round_.key,
            "rule": rule,
            "reported": [standing.reported if standing else None, reported],
            "reason": [standing.reason if standing else None, reason],
            "analysis": [standing.analysis if standing else None, analysis],
        },
    )
    return row, True


def _record(kind: EventKind, use: IndicatorUse, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=f"use:{use.key}",
        label=use.label or use.indicator.name,
        body_key=use.body.key,
        data=data,
    )
