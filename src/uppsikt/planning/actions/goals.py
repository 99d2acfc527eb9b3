"""Goals and what is reported about them."""

from __future__ import annotations

from collections.abc import Sequence

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
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import Assessment, Goal, Priority


@atomic
def save_goal(
    *,
    key: str,
    year: int,
    body: Body,
    level: str,
    parent: Goal | None = None,
    number: str = "",
    name: str,
    description: str = "",
    position: int = 0,
    responsible: User | None = None,
    carried_over_from: Goal | None = None,
    by: Actor,
) -> tuple[Goal, bool]:
    """Create or change a goal.

    Raises: InputError when the level is not in the year's steering model, or the goal would stand under
        itself, under another year's goal or above its own level.
    """
    model = cycle.model_for(year)
    order = [known.key for known in model.levels]
    if level not in order:
        raise refuse(
            "level",
            f"Nivån ”{level}” finns inte i styrmodellen för {year}.",
            field="level",
            remedy=f"Välj något av: {', '.join(order)}.",
        )
    if parent is not None:
        if parent.year_id != year:
            raise refuse(
                "parent",
                f"Målet ovanför hör till {parent.year_id}.",
                field="parent",
                remedy=f"Välj ett mål för {year}.",
            )
        if order.index(parent.level) > order.index(level):
            raise refuse(
                "parent",
                "Målet ovanför är på en lägre nivå.",
                field="parent",
                remedy="Välj ett mål på en högre nivå.",
            )
    goal = Goal.objects.filter(key=key).first() or Goal(key=key)
    above = parent
    while above is not None:
        if above.pk == goal.pk and goal.pk is not None:
            raise refuse("parent", "Målet kan inte ligga under sig självt.", field="parent")
        above = above.parent
    difference = changed(
        goal,
        {
            "year_id": year,
            "body": body,
            "level": level,
            "parent": parent,
            "number": number,
            "name": name.strip(),
            "description": description,
            "position": position,
            "responsible": responsible,
            "carried_over_from": carried_over_from,
            "removed_at": None,
        },
    )
    if not difference:
        return goal, False
    goal.full_clean()
    goal.save()
    record(
        EventKind.GOAL_SAVED,
        by=by,
        subject=f"goal:{key}",
        label=goal.name,
        body_key=body.key,
        data=difference,
    )
    return goal, True


@atomic
def remove_goal(*, goal: Goal, by: Actor) -> None:
    """Take a goal out of the plan. Nothing is lost: `restore_goal` puts it back.

    Raises: InputError when something still stands under it.
    """
    if (
        goal.children.filter(removed_at__isnull=True).exists()
        or goal.uses.filter(removed_at__isnull=True).exists()
        or goal.assignments.filter(item__removed_at__isnull=True).exists()
    ):
        raise refuse(
            "in_use",
            f"Under ”{goal.name}” finns mål, indikatorer eller uppdrag.",
            remedy="Flytta eller ta bort dem först.",
        )
    goal.removed_at = clock.now()
    goal.save(update_fields=["removed_at"])
    record(EventKind.GOAL_REMOVED, by=by, subject=f"goal:{goal.key}", label=goal.name, body_key=goal.body.key)


@atomic
def restore_goal(*, goal: Goal, by: Actor) -> None:
    """Put a removed goal back."""
    goal.removed_at = None
    goal.save(update_fields=["removed_at"])
    record(
        EventKind.GOAL_SAVED,
        by=by,
        subject=f"goal:{goal.key}",
        label=goal.name,
        body_key=goal.body.key,
        data={"removed": [True, False]},
    )


@atomic
def save_priorities(*, goal: Goal, texts: Sequence[str], by: Actor) -> bool:
    """Set a goal's political priorities, in order. Returns whether anything changed."""
    wanted = [text.strip() for text in texts if text.strip()]
    standing = list(goal.priorities.values_list("text", flat=True))
    if wanted == standing:
        return False
    goal.priorities.all().delete()
    Priority.objects.bulk_create(
        Priority(goal=goal, position=index, text=text) for index, text in enumerate(wanted, start=1)
    )
    record(
        EventKind.PRIORITIES_SAVED,
        by=by,
        subject=f"goal:{goal.key}",
        label=goal.name,
        body_key=goal.body.key,
        data={"texts": [standing, wanted]},
    )
    return True


@atomic
def assess(
    *,
    goal: Goal,
    round_: Round,
    body: Body,
    step: str,
    proposed: str = "",
    rationale: str,
    by: Actor,
    importing: bool = False,
) -> tuple[Assessment, bool]:
    """Assess a goal's fulfilment in a round.

    Args: proposed: the step the rule proposed when this was set, empty when it proposed none.
    Raises: InputError when the round is not open, the step is not on the scale, or the assessment departs
        from the proposal without a rationale.
    """
    require_open(round_, year=goal.year_id, importing=importing)
    scale = cycle.model_for(goal.year_id).fulfilment
    if step and (scale is None or scale.step(step) is None):
        steps = (
            ", ".join(s.label for s in scale.steps) if scale else "målen bedöms inte i den här styrmodellen"
        )
        raise refuse("step", f"”{step}” finns inte på skalan.", field="step", remedy=f"Giltigt: {steps}.")
    rationale = rationale.strip()
    if step and proposed and step != proposed and not rationale:
        raise refuse(
            "rationale",
            "Bedömningen avviker från regelns förslag men motivering saknas.",
            field="rationale",
            remedy="Skriv varför. Motiveringen följer med i rapporten.",
        )
    standing = Assessment.objects.all().current().filter(goal=goal, round=round_, body=body).first()
    if standing is not None and (standing.step, standing.proposed, standing.rationale) == (
        step,
        proposed,
        rationale,
    ):
        return standing, False
    row = supersede(
        standing,
        Assessment(goal=goal, round=round_, body=body, step=step, proposed=proposed, rationale=rationale),
        by=by,
    )
    record(
        EventKind.GOAL_ASSESSED,
        by=by,
        subject=f"goal:{goal.key}",
        label=goal.name,
        body_key=body.key,
        data={
            "round": round_.key,
            "step": [standing.step if standing else None, step],
            "proposed": proposed,
            "rationale": [standing.rationale if standing else None, rationale],
        },
    )
    return row, True
