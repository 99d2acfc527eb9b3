"""What a plan in the making needs to know: what has no answer, what comes along from last year, what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.followup import selectors as followup
from uppsikt.history.changes import plain
from uppsikt.history.rules import digest
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import Assignment, Goal, Indicator, IndicatorUse, Plan, Target
from uppsikt.planning.rules.keys import next_key

GOAL_FIELDS = (
    "name",
    "number",
    "description",
    "level",
    "parent_id",
    "position",
    "responsible_id",
    "removed_at",
)
USE_FIELDS = (
    "goal_id", "section", "position", "label", "lag_years", "breakdowns", "responsible_id", "note", "removed_at",
)  # fmt: skip
SERIES_FIELDS = (
    "name", "measure", "decimals", "direction", "periodicity", "source_kind", "source", "kolada_ids",
    "published", "published_week", "small_group_limit", "note", "definition",
)  # fmt: skip
ASSIGNMENT_FIELDS = (
    "goal_id", "number", "title", "text", "background", "parts", "origin", "decision_case", "decision_body",
    "decision_date", "decision_section",
)  # fmt: skip
ITEM_FIELDS = ("responsible_id", "unit_id", "deadline", "position", "removed_at")


@dataclass(frozen=True, slots=True)
class Roll:
    """What comes along when a year is rolled forward. `goals` with parents first.

    `there`: goals of the new year that continue an old one already, by the old one's id, removed ones too.
    `withheld`: others' goals that are not set up in the new year, and that this roll may not set up.
    `placed`: the body's own goals of the new year that stand under nothing, though what they stood under
    has come since.
    """

    goals: tuple[Goal, ...]
    uses: tuple[IndicatorUse, ...]
    assignments: tuple[Assignment, ...]
    there: Mapping[int, Goal] = field(default_factory=dict)
    withheld: tuple[Goal, ...] = ()
    placed: tuple[Goal, ...] = ()


def version_of(row: Goal | IndicatorUse | Assignment) -> str:
    """A fingerprint of everything a form can change: two readings with the same one are the same."""
    match row:
        case Goal():
            content = _values(row, GOAL_FIELDS) | {"priorities": [each.text for each in row.priorities.all()]}
        case IndicatorUse():
            content = _values(row, USE_FIELDS) | {"series": _values(row.indicator, SERIES_FIELDS)}
        case _:
            content = _values(row, ASSIGNMENT_FIELDS) | {"item": _values(row.item, ITEM_FIELDS)}
    return digest(content)[:16]


def target_version(target: Target | None) -> str:
    """A fingerprint of the target that stands; a changed target is a new row."""
    return str(target.pk) if target else "none"


def _values(
    row: Goal | IndicatorUse | Assignment | Indicator | Any, fields: tuple[str, ...]
) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in fields}


def standing_target(use: IndicatorUse, role: str, year: int) -> Target | None:
    """The target that stands for a role and year."""
    return Target.objects.all().current().filter(use=use, role=role, year=year).first()


def unanswered(body: Body, year: int) -> list[Goal]:
    """The council's goals that no goal of this body stands under, in the plan's order. Two queries.

    Those right above the committees' own levels: an area is answered through its goals.
    """
    model = cycle.model_for(year)
    above = [level.key for level in model.levels if level.owner == "council"]
    if not above or not model.committee_levels:
        return []
    rows = Goal.objects.filter(year_id=year, removed_at__isnull=True)
    answered = set(
        rows.filter(body=body, level__in=[each.key for each in model.committee_levels]).values_list(
            "parent_id", flat=True
        )
    )
    return [goal for goal in rows.filter(level=above[-1]).select_related("parent") if goal.pk not in answered]


def years_to_roll_from(body: Body, year: int) -> list[int]:
    """Earlier years in which the body has goals, latest first."""
    rows = Goal.objects.filter(body=body, year_id__lt=year, removed_at__isnull=True)
    return list(rows.order_by("-year_id").values_list("year_id", flat=True).distinct())


def to_roll(body: Body, from_year: int, to_year: int, *, creates_for: frozenset[str] | None = None) -> Roll:
    """What `actions.plans.roll_year` brings along: only what is not there already, under whatever key.

    What has been taken out of the new year's plan does not come back, nor the indicators under it. What
    another body has adopted for the new year is not added to.

    Args: creates_for: the keys of the bodies whose goals may be set up besides the body's own; None means all.
    """
    goals = goals_to_roll(body, from_year)
    adopted = Plan.objects.filter(year_id=to_year, adopted_at__isnull=False).exclude(body=body)
    closed = set(adopted.values_list("body_id", flat=True))

    def may_create(owner: Body) -> bool:
        allowed = creates_for is None or owner.key in creates_for
        return owner.pk == body.pk or (allowed and owner.pk not in closed)

    keys = {next_key(goal.key, from_year, to_year): goal.pk for goal in goals}
    ids = set(keys.values())
    there = {}
    rows = Goal.objects.filter(Q(carried_over_from__in=ids) | Q(key__in=keys), year_id=to_year)
    for row in rows.select_related("body", "responsible"):
        continued = row.carried_over_from_id
        there[continued if continued in ids else keys[row.key]] = row
    missing = [goal for goal in goals if goal.pk not in there]
    withheld = tuple(goal for goal in missing if not may_create(goal.body))
    gone = {old for old, row in there.items() if row.removed_at} | {goal.pk for goal in withheld}
    kept = ids - gone
    placed = (
        there[goal.pk]
        for goal in goals
        if goal.pk in there and goal.parent_id in kept and goal.body_id == body.pk
    )

    def place(use: IndicatorUse) -> tuple[object, ...]:
        goal = there.get(use.goal_id) if use.goal_id else None
        return use.body_id, goal.pk if goal else None, use.section, use.indicator_id

    used = IndicatorUse.objects.filter(year_id=to_year)
    use_keys = set(used.values_list("key", flat=True))
    places = set(used.values_list("body_id", "goal_id", "section", "indicator_id"))
    carried = Assignment.objects.filter(item__year_id=to_year)
    task_keys = set(carried.values_list("item__key", flat=True))
    continued_items = set(carried.values_list("item__carried_over_from_id", flat=True))
    return Roll(
        goals=tuple(goal for goal in missing if goal not in withheld),
        uses=tuple(
            use
            for use in uses_to_roll(body, from_year, kept)
            if next_key(use.key, from_year, to_year) not in use_keys
            and place(use) not in places
            and may_create(use.body)
        ),
        assignments=tuple(
            row
            for row in unfinished(body, from_year)
            if next_key(row.item.key, from_year, to_year) not in task_keys
            and row.item_id not in continued_items
        ),
        there=there,
        withheld=withheld,
        placed=tuple(
            row
            for row in placed
            if row.removed_at is None and row.parent_id is None and row.carried_over_from_id in kept
        ),
    )


def goals_to_roll(body: Body, year: int) -> list[Goal]:
    """The body's goals with all goals above them, parents first."""
    everything = {
        goal.pk: goal
        for goal in Goal.objects.filter(year_id=year, removed_at__isnull=True)
        .select_related("body", "responsible")
        .prefetch_related("priorities")
    }
    wanted: dict[int, Goal] = {}

    def add(goal: Goal) -> None:
        if goal.pk in wanted:
            return
        if goal.parent_id in everything:
            add(everything[goal.parent_id])
        wanted[goal.pk] = goal

    for goal in everything.values():
        if goal.body_id == body.pk:
            add(goal)
    return list(wanted.values())


def uses_to_roll(body: Body, year: int, goal_ids: set[int]) -> list[IndicatorUse]:
    """The indicators under those goals (the body's own and the goal owner's), and the body's own outside goals."""
    rows = IndicatorUse.objects.filter(
        Q(goal__isnull=True, body=body)
        | Q(goal__in=goal_ids) & (Q(body=body) | Q(body_id=F("goal__body_id"))),
        year_id=year,
        removed_at__isnull=True,
    )
    return list(rows.select_related("indicator", "body", "goal", "responsible", "unit"))


def unfinished(body: Body, year: int) -> list[Assignment]:
    """The year's assignments to be carried over: by the latest status reported.

    At the year's end that is a step that carries over, before it any that is not done; one never reported too.
    """
    model = cycle.model_for(year)
    latest: Mapping[int, tuple[str, str]] = {
        item_id: (round_.kind, entry.status)
        for round_ in cycle.rounds(year)
        for item_id, entry in followup.statuses(round_).items()
        if entry.status
    }
    rows = Assignment.objects.filter(item__year_id=year, item__body=body, item__removed_at__isnull=True)
    found = []
    for row in rows.select_related("item", "item__body", "item__responsible", "item__unit", "goal"):
        kind, status = latest.get(row.item_id, (RoundKind.YEAR_END.value, ""))
        step = model.status_scale(kind).step(status)
        closed = step is not None and (
            not step.carries_over if kind == RoundKind.YEAR_END.value else step.done
        )
        if not closed:
            found.append(row)
    return found
