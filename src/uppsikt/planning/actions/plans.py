"""Plans: drafting, adopting with a decision, and rolling a year forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.models import Assignment, Goal, IndicatorUse, Plan, Target
from uppsikt.planning.rules.keys import next_key
from uppsikt.planning.selectors import fact_of, to_roll


@atomic
def save_plan(*, year: int, body: Body, decision: Decision | None = None, by: Actor) -> tuple[Plan, bool]:
    """Create a body's plan for a year, or change the decision it refers to. Args: decision: None keeps it."""
    plan = Plan.objects.filter(year_id=year, body=body).first() or Plan(body=body)
    reference = decision or plan.decision
    difference = changed(plan, {"year_id": year} | decision_fields(reference))
    if not difference:
        return plan, False
    plan.full_clean()
    plan.save()
    _record(EventKind.PLAN_SAVED, plan, by, difference)
    return plan, True


@atomic
def adopt(*, plan: Plan, decision: Decision, by: Actor) -> bool:
    """Adopt the plan by a decision. Returns whether anything changed.

    Raises: InputError when the decision's date or body is missing.
    """
    if plan.adopted_at is not None and plan.decision == decision:
        return False
    if decision.date is None or not decision.body:
        raise refuse(
            "decision",
            "Beslutet är ofullständigt.",
            field="decision_date",
            remedy="Ange vilket organ som beslutade och vilken dag.",
        )
    for field, value in decision_fields(decision).items():
        setattr(plan, field, value)
    plan.adopted_at, plan.adopted_by_key, plan.adopted_by_name = clock.now(), by.key, by.name
    plan.full_clean()
    plan.save()
    _record(EventKind.PLAN_ADOPTED, plan, by, {"decision": [None, str(decision)]})
    return True


@atomic
def reopen(*, plan: Plan, reason: str, by: Actor) -> None:
    """Open an adopted plan for change, with a reason.

    Raises: InputError without a reason.
    """
    if not reason.strip():
        raise refuse("reason", "Skäl saknas.", field="reason", remedy="Skriv varför planen ändras.")
    plan.adopted_at, plan.adopted_by_key, plan.adopted_by_name = None, "", ""
    plan.save()
    _record(EventKind.PLAN_REOPENED, plan, by, {"reason": reason.strip()})


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a rolled year brought along. `above`: how many of the goals are others', which the body's own answer."""

    goals: int
    indicators: int
    assignments: int
    above: int = 0

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The body's own goals, the others' above them, indicators, assignments: what a sentence names."""
        return self.goals - self.above, self.above, self.indicators, self.assignments


@atomic
def roll_year(
    *, body: Body, from_year: int, to_year: int, creates_for: frozenset[str] | None = None, by: Actor
) -> Rolled:
    """Carry a body's goals, indicators and unfinished assignments into the next year's draft plan.

    Council goals that the body's goals answer come along too, once, when the roll may set them up; else the
    body's goals stand under none, and get their place when the year is rolled again. What is already there
    is left alone otherwise, so rolling again adds only what is missing (`selectors.to_roll`).

    Args: creates_for: the keys of the bodies whose goals may be set up besides the body's own; None means all.
    Raises: InputError when the new year has no steering model, or its plan is adopted.
    """
    if cycle.year(to_year) is None:
        raise refuse(
            "year",
            f"Året {to_year} har ingen styrmodell.",
            field="to_year",
            remedy="Be administratören lägga upp året först.",
        )
    plan, _changed = save_plan(year=to_year, body=body, by=by)
    if plan.adopted_at is not None:
        raise refuse(
            "adopted",
            f"Planen för {to_year} är fastställd och kan inte ändras.",
            remedy="Öppna den igen med ett skäl först.",
        )
    roll = to_roll(body, from_year, to_year, creates_for=creates_for)
    new_goals = {old: goal for old, goal in roll.there.items() if goal.removed_at is None}
    for old in roll.goals:
        new_goals[old.pk] = _roll_goal(old, from_year, to_year, new_goals, by)
    old_of = {new.pk: old for old, new in roll.there.items()}
    parents = dict(Goal.objects.filter(pk__in=roll.there).values_list("pk", "parent_id"))
    for goal in roll.placed:
        _place_goal(goal, new_goals[parents[old_of[goal.pk]]], by)
    for use in roll.uses:
        _roll_use(use, from_year, to_year, new_goals, by)
    for assignment in roll.assignments:
        _roll_assignment(assignment, from_year, to_year, new_goals, by)
    above = sum(goal.body_id != body.pk for goal in roll.goals)
    result = Rolled(len(roll.goals), len(roll.uses), len(roll.assignments), above)
    record(
        EventKind.YEAR_ROLLED,
        by=by,
        subject=f"plan:{body.key}:{to_year}",
        label=f"{body.key} {to_year}",
        body_key=body.key,
        data={
            "from": from_year,
            "goals": result.goals,
            "indicators": result.indicators,
            "assignments": result.assignments,
        },
    )
    return result


def _roll_goal(old: Goal, from_year: int, to_year: int, new_goals: dict[int, Goal], by: Actor) -> Goal:
    goal, _changed = goals.save_goal(
        key=next_key(old.key, from_year, to_year),
        year=to_year,
        body=old.body,
        level=old.level,
        parent=new_goals.get(old.parent_id) if old.parent_id else None,
        number=old.number,
        name=old.name,
        description=old.description,
        position=old.position,
        responsible=old.responsible,
        carried_over_from=old,
        by=by,
    )
    goals.save_priorities(goal=goal, texts=[each.text for each in old.priorities.all()], by=by)
    return goal


def _place_goal(goal: Goal, parent: Goal, by: Actor) -> None:
    """Put a goal that came along earlier under the one it continues to answer."""
    goals.save_goal(
        key=goal.key,
        year=goal.year_id,
        body=goal.body,
        level=goal.level,
        parent=parent,
        number=goal.number,
        name=goal.name,
        description=goal.description,
        position=goal.position,
        responsible=goal.responsible,
        carried_over_from=goal.carried_over_from,
        by=by,
    )


def _roll_use(old: IndicatorUse, from_year: int, to_year: int, new_goals: dict[int, Goal], by: Actor) -> None:
    use, _changed = indicators.save_use(
        key=next_key(old.key, from_year, to_year),
        year=to_year,
        body=old.body,
        goal=new_goals[old.goal_id] if old.goal_id else None,
        section=old.section,
        indicator=old.indicator,
        position=old.position,
        label=old.label,
        lag_years=old.lag_years,
        breakdowns=old.breakdowns,
        responsible=old.responsible,
        unit=old.unit,
        note=old.note,
        by=by,
    )
    # A later year's target still stands; the passed year's milestone must be decided anew.
    for target in Target.objects.all().current().filter(use=old, year__gte=to_year):
        indicators.set_target(use=use, target=fact_of(target), by=by)


def _roll_assignment(
    old: Assignment, from_year: int, to_year: int, new_goals: dict[int, Goal], by: Actor
) -> None:
    deadline = old.item.deadline
    assignments.save_assignment(
        key=next_key(old.item.key, from_year, to_year),
        year=to_year,
        body=old.item.body,
        goal=new_goals.get(old.goal_id) if old.goal_id else None,
        number=old.number,
        title=old.title,
        text=old.text,
        background=old.background,
        parts=old.parts,
        origin=old.origin,
        decision=old.decision,
        responsible=old.item.responsible,
        unit=old.item.unit,
        deadline=deadline if deadline and deadline.year >= to_year else None,  # a passed one is set anew
        carried_over_from=old,
        carried_from_year=from_year,
        origin_year=old.item.origin_year or from_year,
        position=old.item.position,
        by=by,
    )


def decision_fields(decision: Decision) -> dict[str, Any]:
    """A decision as the four columns it is kept in."""
    return {
        "decision_case": decision.case,
        "decision_body": decision.body,
        "decision_date": decision.date,
        "decision_section": decision.section,
    }


def _record(kind: EventKind, plan: Plan, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=f"plan:{plan.body.key}:{plan.year_id}",
        label=f"{plan.body.key} {plan.year_id}",
        body_key=plan.body.key,
        data=data,
    )
