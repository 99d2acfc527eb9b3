"""Projects' amounts over the years: budget, what is carried over, plan, forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, supersede_many
from uppsikt.investments import selectors
from uppsikt.investments.models import Project, ProjectAmount
from uppsikt.investments.rules.words import DECIDED_KINDS, AmountKind, Flow
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.planning.rules.keys import new_key


@atomic
def set_amount(
    *,
    project: Project,
    year: int,
    kind: str,
    flow: str = Flow.EXPENSE.value,
    amount_ore: int | None,
    round_: Round | None = None,
    key: str = "",
    decision: Decision | None = None,
    by: Actor,
    importing: bool = False,
) -> tuple[ProjectAmount | None, bool]:
    """Set an amount of a project and year, or (None) take it away.

    Args:
        amount_ore: income positive, expense negative. round_: of a forecast; none for other kinds.
        key: tells carry-overs or adjustments of one year apart. importing: rounds may be closed, and decisions unknown.
    Raises: InputError for an unknown kind or flow, a forecast without a round of its year (or in one that is not
        open), or a carry-over or adjustment without a decision.
    """
    known = _kind(kind)
    _check_flow(flow)
    _check_round(known, year, round_, importing=importing)
    if known in DECIDED_KINDS and amount_ore is not None and not importing:
        _check_decision(decision)
    reference = decision or Decision()
    old = (
        ProjectAmount.objects.all()
        .current()
        .filter(project=project, year=year, kind=known.value, flow=flow, round=round_, key=key)
        .first()
    )
    before = old.amount_ore if old else None
    if before == amount_ore and (old is None or old.decision == reference):
        return old, False
    new = None
    if amount_ore is None:
        assert old is not None
        # A frozen or coarse clock must not give an empty interval.
        old.superseded_at = max(clock.now(), old.recorded_at + dt.timedelta(microseconds=1))
        old.save(update_fields=["superseded_at"])
    else:
        new = supersede(
            old,
            ProjectAmount(
                project=project,
                year=year,
                kind=known.value,
                flow=flow,
                round=round_,
                key=key,
                amount_ore=amount_ore,
                decision_case=reference.case,
                decision_body=reference.body,
                decision_date=reference.date,
                decision_section=reference.section,
            ),
            by=by,
        )
    record(
        EventKind.PROJECT_AMOUNT_SET,
        by=by,
        subject=selectors.subject(project),
        label=project.name,
        body_key=project.body.key,
        data={
            "year": year,
            "kind": known.value,
            "flow": flow,
            "amount_ore": [before, amount_ore],
        }
        | ({"round": round_.key} if round_ else {})
        | ({"decision": str(reference)} if not reference.is_empty() else {}),
    )
    return new, True


@atomic
def set_table(
    *, project: Project, amounts: Sequence[ProjectAmount], by: Actor, importing: bool = False
) -> int:
    """Set many amounts of a project at once, with one event; those not named are left as they are.

    Args: amounts: unsaved rows of the project. Income positive, expense negative. importing: as `set_amount`.
    Returns: how many were new or changed.
    Raises: InputError as `set_amount`.
    """
    for row in amounts:
        kind = _kind(row.kind)
        _check_flow(row.flow)
        _check_round(kind, row.year, row.round, importing=importing)
        if kind in DECIDED_KINDS and not importing:
            _check_decision(row.decision)
    standing = {_place(row): row for row in selectors.amounts(project)}
    pairs: list[tuple[ProjectAmount | None, ProjectAmount]] = []
    for row in amounts:
        old = standing.get(_place(row))
        if old is None or (old.amount_ore, old.decision) != (row.amount_ore, row.decision):
            pairs.append((old, row))
    if not pairs:
        return 0
    supersede_many(pairs, by=by)
    record(
        EventKind.PROJECT_AMOUNT_SET,
        by=by,
        subject=selectors.subject(project),
        label=project.name,
        body_key=project.body.key,
        data={
            "rows": [
                [
                    row.year,
                    row.kind,
                    row.flow,
                    row.round.key if row.round else "",
                    row.key,
                    old.amount_ore if old else None,
                    row.amount_ore,
                    str(row.decision),
                ]
                for old, row in pairs
            ]
        },
    )
    return len(pairs)


def _place(row: ProjectAmount) -> tuple[int, str, str, int | None, str]:
    return row.year, row.kind, row.flow, row.round_id, row.key


@atomic
def carry_over(
    *,
    project: Project,
    from_year: int,
    flow: str = Flow.EXPENSE.value,
    amount_ore: int,
    decision: Decision,
    by: Actor,
) -> tuple[ProjectAmount, bool]:
    """Carry unspent budget over to the next year (saldoöverföring). The year it comes from keeps its budget.

    The same decision for the same flow changes its amount; another decision stands beside it.
    Raises: InputError as `set_amount`, and when nothing is carried over.
    """
    return _decided(AmountKind.CARRY_OVER, project, from_year + 1, flow, amount_ore, decision, by)


@atomic
def adjust(
    *,
    project: Project,
    year: int,
    flow: str = Flow.EXPENSE.value,
    amount_ore: int,
    decision: Decision,
    by: Actor,
) -> tuple[ProjectAmount, bool]:
    """Change a year's budget by a decision during the year. As `carry_over`."""
    return _decided(AmountKind.ADJUSTMENT, project, year, flow, amount_ore, decision, by)


def _decided(
    kind: AmountKind,
    project: Project,
    year: int,
    flow: str,
    amount_ore: int,
    decision: Decision,
    by: Actor,
) -> tuple[ProjectAmount, bool]:
    if not amount_ore:
        raise refuse("amount", "Beloppet är noll.", field="amount", remedy="Skriv beloppet i tkr.")
    _check_decision(decision)
    held = selectors.amounts_of_year(project, year, kind)
    same = next((row for row in held if row.decision == decision and row.flow == flow), None)
    row, changed = set_amount(
        project=project,
        year=year,
        kind=kind.value,
        flow=flow,
        amount_ore=amount_ore,
        key=same.key if same else new_key([str(year), decision.meeting], (one.key for one in held)),
        decision=decision,
        by=by,
    )
    assert row is not None
    return row, changed


def _kind(kind: str) -> AmountKind:
    try:
        return AmountKind(kind)
    except ValueError:
        raise refuse(
            "kind",
            f"”{kind}” är inget slag av belopp.",
            field="kind",
            remedy=f"Välj något av: {', '.join(AmountKind)}.",
        ) from None


def _check_flow(flow: str) -> None:
    if flow not in set(Flow):
        raise refuse(
            "flow", f"”{flow}” är inget flöde.", field="flow", remedy=f"Välj något av: {', '.join(Flow)}."
        )


def _check_round(kind: AmountKind, year: int, round_: Round | None, *, importing: bool) -> None:
    if kind is not AmountKind.FORECAST:
        if round_ is not None:
            raise refuse(
                "round",
                f"Slaget {kind.label} hör till året, inte till ett tillfälle.",
                field="round",
                remedy="Ta bort tillfället.",
            )
        return
    if round_ is None:
        raise refuse(
            "round", "En prognos lämnas vid ett tillfälle.", field="round", remedy="Ange tillfället."
        )
    require_open(round_, year=year, importing=importing)


def _check_decision(decision: Decision | None) -> None:
    if decision is None or decision.date is None or not decision.body:
        raise refuse(
            "decision",
            "Beslutet är ofullständigt.",
            field="decision_date",
            remedy="Ange vilket organ som beslutade och vilken dag.",
        )
