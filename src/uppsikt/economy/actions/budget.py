"""Writing frames, detailed budgets, forecasts and restatements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import (
    BudgetAmount,
    ForecastAmount,
    FrameAmount,
    FrameDecision,
    Restatement,
)
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.selectors import models as economy_models
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import SupersedingRow, supersede, withdraw
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit

Row = TypeVar("Row", bound=SupersedingRow)


@atomic
def save_frame(
    *,
    key: str,
    body: Body,
    year: int,
    original: bool,
    date: dt.date,
    text: str,
    decision: Decision,
    amounts: Mapping[str, int],
    by: Actor,
) -> tuple[FrameDecision, bool]:
    """Register a decision that sets a body's frame for the year, or adjusts it, with its amounts by column (öre).

    Raises: InputError without a decision to rest on, for a column the model has not, or a second original frame.
    """
    if decision.is_empty():
        raise refuse(
            "decision",
            "Ange beslutet som ramen vilar på.",
            field="decision_date",
            remedy="Fyll i beslutande organ och datum, och gärna ärendenummer och paragraf.",
        )
    known = {column.key for column in economy_models.model_for(year).frame_columns}
    for column in amounts:
        if column not in known:
            raise refuse(
                "column",
                f"Årets ekonomimodell har ingen ramkolumn ”{column}”.",
                field="amounts",
                remedy=f"Kolumnerna är: {', '.join(sorted(known))}.",
            )
    row = FrameDecision.objects.filter(key=key).first() or FrameDecision(key=key)
    difference = changed(
        row,
        {
            "body": body, "year": year, "original": original, "date": date, "text": text.strip(),
            "decision_case": decision.case, "decision_body": decision.body, "decision_date": decision.date,
            "decision_section": decision.section, "removed_at": None,
        },
    )  # fmt: skip
    if difference:
        row.full_clean()
        row.save()
    standing = {one.column: one for one in row.amounts.all().current()} if row.pk else {}
    for column, amount in amounts.items():
        held = standing.get(column)
        if held is None or held.amount_ore != amount:
            supersede(held, FrameAmount(decision=row, column=column, amount_ore=amount), by=by)
            difference[f"amount_{column}"] = [held.amount_ore if held else None, amount]
    for column, held in standing.items():
        if column not in amounts:
            withdraw(held)
            difference[f"amount_{column}"] = [held.amount_ore, None]
    if difference:
        _told(EventKind.FRAME_SAVED, f"frame:{key}", text, body, difference, by)
    return row, bool(difference)


@atomic
def remove_frame(*, row: FrameDecision, by: Actor) -> None:
    """Take away a frame decision that was registered by mistake. It stays in the history.

    Raises: InputError when the detailed budget rests on it.
    """
    if BudgetAmount.objects.all().current().filter(decision=row).exists():
        raise refuse(
            "in-use",
            "Detaljbudgeten har belopp som vilar på beslutet.",
            remedy="Ta bort eller flytta de beloppen först.",
        )
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    _told(EventKind.FRAME_REMOVED, f"frame:{row.key}", row.text, row.body, {}, by)


@atomic
def set_budget(
    *,
    body: Body,
    year: int,
    line: str,
    unit: Unit | None = None,
    activity: str = "",
    decision: FrameDecision | None = None,
    amount_ore: int | None,
    profile: Profile = Profile.EVEN,
    months: Sequence[int] = (),
    by: Actor,
) -> tuple[BudgetAmount | None, bool]:
    """Set a detailed budget amount for the year (income positive, cost negative); None takes it away.

    Args: months: twelve amounts in öre that add up to the year's, for the profile by hand.
    Raises: InputError for a line that is no leaf of the model, or months that do not add up.
    """
    _require_leaf(year, line)
    if (
        profile is Profile.MANUAL
        and amount_ore is not None
        and (len(months) != 12 or sum(months) != amount_ore)
    ):
        raise refuse(
            "months",
            "Månadernas belopp ger inte årets belopp.",
            field="months",
            remedy="Ange tolv belopp som tillsammans blir årets budget.",
        )
    rows = BudgetAmount.objects.all().current()
    standing = rows.filter(
        body=body, year=year, line=line, unit=unit, activity=activity, decision=decision
    ).first()
    held = list(months) if profile is Profile.MANUAL else []
    before = (standing.amount_ore, standing.profile, standing.months) if standing else None
    if before == ((amount_ore, profile.value, held) if amount_ore is not None else None):
        return standing, False
    row = None
    if amount_ore is not None:
        row = BudgetAmount(
            body=body, year=year, line=line, unit=unit, activity=activity, decision=decision,
            amount_ore=amount_ore, profile=profile.value, months=held,
        )  # fmt: skip
    stored = _put(standing, row, by)
    _told(
        EventKind.BUDGET_SET,
        f"budget:{year}-{body.key}",
        _label(year, line, unit, activity),
        body,
        {
            "line": line,
            "unit": unit.key if unit else "",
            "activity": activity,
            "decision": decision.key if decision else "",
            "amount_ore": [standing.amount_ore if standing else None, amount_ore],
            "profile": [standing.profile if standing else None, profile.value],
        },
        by,
    )
    return stored, True


@atomic
def set_forecast(
    *,
    round_: Round,
    body: Body,
    line: str,
    unit: Unit | None = None,
    activity: str = "",
    amount_ore: int | None,
    explanation: str = "",
    by: Actor,
    importing: bool = False,
) -> tuple[ForecastAmount | None, bool]:
    """Set what a line is expected to come to for the whole year, and why; None takes the forecast away.

    Raises: InputError when the round is closed, or for a line that is no leaf of the model.
    """
    require_open(round_, importing=importing)
    _require_leaf(round_.year_id, line)
    explanation = explanation.strip()
    standing = (
        ForecastAmount.objects.all()
        .current()
        .filter(round=round_, body=body, line=line, unit=unit, activity=activity)
        .first()
    )
    before = (standing.amount_ore, standing.explanation) if standing else None
    if before == ((amount_ore, explanation) if amount_ore is not None else None):
        return standing, False
    row = None
    if amount_ore is not None:
        row = ForecastAmount(
            round=round_, body=body, line=line, unit=unit, activity=activity, amount_ore=amount_ore,
            explanation=explanation,
        )  # fmt: skip
    stored = _put(standing, row, by)
    _told(
        EventKind.FORECAST_SET,
        f"forecast:{round_.key}-{body.key}",
        _label(round_.year_id, line, unit, activity),
        body,
        {
            "round": round_.key,
            "line": line,
            "unit": unit.key if unit else "",
            "activity": activity,
            "amount_ore": [standing.amount_ore if standing else None, amount_ore],
            "explanation": [standing.explanation if standing else "", explanation],
        },
        by,
    )
    return stored, True


@atomic
def set_restatement(
    *,
    key: str,
    body: Body,
    year: int,
    line: str,
    unit: Unit | None = None,
    activity: str = "",
    amount_ore: int | None,
    reason: str,
    by: Actor,
) -> tuple[Restatement | None, bool]:
    """Move a comparison year's outcome to what it would be in today's organisation; None takes the move away.

    Raises: InputError without a reason: it is the table's footnote.
    """
    reason = reason.strip()
    if not reason:
        raise refuse(
            "reason",
            "Skriv varför jämförelseåret räknas om.",
            field="reason",
            remedy="Texten blir tabellens fotnot.",
        )
    standing = Restatement.objects.all().current().filter(key=key).first()
    fields = {
        "body": body, "year": year, "line": line, "unit": unit, "activity": activity, "amount_ore": amount_ore,
        "reason": reason,
    }  # fmt: skip
    if standing is None and amount_ore is None:
        return None, False
    if standing is not None and all(getattr(standing, name) == value for name, value in fields.items()):
        return standing, False
    row = Restatement(key=key, **fields) if amount_ore is not None else None
    stored = _put(standing, row, by)
    _told(
        EventKind.RESTATEMENT_SET,
        f"restatement:{key}",
        _label(year, line, unit, activity),
        body,
        {"amount_ore": [standing.amount_ore if standing else None, amount_ore], "reason": reason},
        by,
    )
    return stored, True


def _require_leaf(year: int, line: str) -> None:
    model = economy_models.model_for(year)
    if model.line(line) is None:
        raise refuse(
            "line",
            f"Årets ekonomimodell har ingen rad ”{line}”.",
            field="line",
            remedy="Välj en av modellens rader.",
        )
    if any(each.parent == line for each in model.lines):
        raise refuse(
            "line",
            f"Raden ”{line}” summerar andra rader.",
            field="line",
            remedy="Ange beloppet på en rad under den.",
        )


def _label(year: int, line: str, unit: Unit | None, activity: str) -> str:
    found = economy_models.model_for(year).line(line)
    return ", ".join(
        filter(None, (found.label if found else line, unit.key if unit else "", activity, str(year)))
    )


def _put(standing: Row | None, row: Row | None, by: Actor) -> Row | None:
    if row is not None:
        return supersede(standing, row, by=by)
    if standing is not None:
        withdraw(standing)
    return None


def _told(kind: EventKind, subject: str, label: str, body: Body, data: Mapping[str, Any], by: Actor) -> None:
    record(kind, by=by, subject=subject, label=label, body_key=body.key, data=dict(data))
