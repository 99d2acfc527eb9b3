"""What a year's rows use of its steering model: a key that is used cannot be dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.followup.selectors import StatusEntry
from uppsikt.kernel.problems import Problem, Where
from uppsikt.planning.models import Assessment, Assignment, Goal, IndicatorUse, Target
from uppsikt.texts import selectors as texts

NAMED = 5


def outside_model(year: int) -> list[Problem]:
    """Every key that the year's rows use and its steering model does not have, with who uses it.

    Empty when the year has no model. Nine queries, whatever the size of the plan.
    """
    document = cycle.document(year)
    if document is None:
        return []
    model = cycle.model_for(year)
    goals = Goal.objects.filter(year_id=year, removed_at__isnull=True)
    uses = IndicatorUse.objects.filter(year_id=year, removed_at__isnull=True)
    tasks = Assignment.objects.filter(item__year_id=year, item__removed_at__isnull=True)
    targets = Target.objects.all().current().filter(use__in=uses)
    assessed = Assessment.objects.all().current().filter(goal__in=goals).exclude(step="")
    told = StatusEntry.objects.all().current().filter(item__assignment__in=tasks).exclude(status="")
    year_end = told.filter(round__kind=RoundKind.YEAR_END.value)
    interim = told.exclude(round__kind=RoundKind.YEAR_END.value)
    scale = model.fulfilment
    found = [
        _outside("levels", "Nivån", {one.key for one in model.levels}, goals.values_list("level", "name")),
        _outside(
            "sections",
            "Avsnittet",
            {one.key for one in model.sections},
            uses.exclude(section="").values_list("section", "indicator__name"),
        ),
        _outside(
            "origins",
            "Ursprunget",
            {one.key for one in model.origins},
            tasks.exclude(origin="").values_list("origin", "title"),
        ),
        _outside(
            "targets.kinds",
            "Måltypen",
            set(model.targets.kinds),
            targets.values_list("kind", "use__indicator__name"),
        ),
        _outside(
            "assessment.scale",
            "Bedömningen",
            {step.key for step in scale.steps} if scale else set(),
            assessed.values_list("step", "goal__name"),
        ),
        _outside("goal_texts", "Texten", {one.key for one in model.goal_texts}, _goal_texts(goals)),
        *(
            _outside(
                f"scales.{steps.key}",
                "Statusen",
                {step.key for step in steps.steps},
                rows.values_list("status", "item__assignment__title"),
            )
            for steps, rows in (
                (model.status_scale(RoundKind.YEAR_END.value), year_end),
                (model.status_scale(RoundKind.INTERIM.value), interim),
            )
        ),
    ]
    return [problem for part in found for problem in part]


def _goal_texts(goals: Iterable[Goal]) -> list[tuple[str, str]]:
    """The kinds of texts written about the goals, with the goals' names (slot: goal:KEY:ROUND:BODY:KIND)."""
    names = {goal.key: goal.name for goal in goals}
    slots = [slot.split(":") for slot in texts.slots("goal").values_list("slot", flat=True)]
    return [(parts[4], names[parts[1]]) for parts in slots if len(parts) > 4 and parts[1] in names]


def _outside(place: str, what: str, known: set[str], used: Iterable[tuple[str, str]]) -> list[Problem]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for key, name in used:
        if key not in known and name not in by_key[key]:
            by_key[key].append(name)
    return [
        Problem(
            "in_use",
            Where(field=place),
            f"{what} ”{key}” finns inte i styrmodellen men används av {len(users)}: {_listed(users)}.",
            "Behåll nyckeln i styrmodellen, eller ändra först det som använder den.",
        )
        for key, users in sorted(by_key.items())
        if users
    ]


def _listed(users: list[str]) -> str:
    more = f" och {len(users) - NAMED} till" if len(users) > NAMED else ""
    return ", ".join(f"”{name}”" for name in users[:NAMED]) + more
