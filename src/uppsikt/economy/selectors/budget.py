"""Reading frames, budgets, forecasts and restatements as grains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Sum

from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import BudgetAmount, ForecastAmount, FrameAmount, FrameDecision, Restatement
from uppsikt.economy.rules.frames import FrameStep, steps
from uppsikt.economy.rules.grain import Grain, Profile
from uppsikt.organisation.selectors import Body


def budget_rows(year: int, body: Body | None = None) -> QuerySet[BudgetAmount]:
    """The detailed budget that stands, of one body or of all."""
    rows = BudgetAmount.objects.all().current().filter(year=year).select_related("body", "unit", "decision")
    rows = rows.order_by("line", "unit__key", "activity", "decision_id")
    return rows.filter(body=body) if body else rows


def forecast_rows(round_: Round, body: Body | None = None) -> QuerySet[ForecastAmount]:
    """The forecasts that stand in a round."""
    rows = ForecastAmount.objects.all().current().filter(round=round_).select_related("body", "unit", "round")
    rows = rows.order_by("line", "unit__key", "activity")
    return rows.filter(body=body) if body else rows


def restatements(year: int, body: Body | None = None) -> QuerySet[Restatement]:
    """What a comparison year is moved by."""
    rows = Restatement.objects.all().current().filter(year=year).select_related("body", "unit")
    rows = rows.order_by("key")
    return rows.filter(body=body) if body else rows


def frame_decisions(year: int, body: Body | None = None) -> QuerySet[FrameDecision]:
    """The decisions that make up the frame, the original first."""
    rows = FrameDecision.objects.filter(year=year, removed_at__isnull=True).select_related("body")
    rows = rows.order_by("-original", "date", "key")
    return rows.filter(body=body) if body else rows


def grains(rows: Iterable[Any]) -> list[Grain]:
    """Stored amounts as the rules read them."""
    return [
        Grain(
            line=row.line,
            place=place(row),
            activity=row.activity,
            amount_ore=row.amount_ore,
            profile=Profile(getattr(row, "profile", Profile.EVEN.value)),
            months=tuple(getattr(row, "months", ())),
            original=getattr(row, "decision_id", None) is None,
        )
        for row in rows
    ]


def place(row: Any) -> str:
    """The node of the place axis that an amount is kept on: its unit, else its body."""
    return f"unit:{row.unit.key}" if row.unit else f"body:{row.body.key}"


def forecast_rounds(round_: Round) -> list[Round]:
    """The rounds of the year up to this one that have forecasts, earliest first: the chain of forecasts."""
    rows = (
        Round.objects.filter(year_id=round_.year_id, cutoff__lte=round_.cutoff, forecasts__superseded_at=None)
        .exclude(forecasts=None)
        .distinct()
        .order_by("cutoff")
    )
    return list(rows)


def frame_steps(year: int, body: Body) -> tuple[list[FrameDecision], list[FrameStep]]:
    """The decisions of a body's frame in order, and what each moves. Two queries."""
    decisions = list(frame_decisions(year, body))
    amounts: dict[int, dict[str, int]] = {}
    for row in FrameAmount.objects.all().current().filter(decision__in=decisions):
        amounts.setdefault(row.decision_id, {})[row.column] = row.amount_ore
    return decisions, steps((row.key, row.original, amounts.get(row.pk, {})) for row in decisions)


def frames(year: int) -> dict[str, int]:
    """Every body's frame in the year, all decisions together, by the body's key. One query."""
    rows = FrameAmount.objects.all().current().filter(decision__year=year, decision__removed_at__isnull=True)
    return dict(rows.values_list("decision__body__key").annotate(total=Sum("amount_ore")))


def details(year: int) -> dict[str, int]:
    """Every body's detailed budget in the year, adjustments included, by the body's key. One query."""
    rows = BudgetAmount.objects.all().current().filter(year=year)
    return dict(rows.order_by().values_list("body__key").annotate(total=Sum("amount_ore")))
