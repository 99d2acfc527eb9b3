"""A body's plan for a year in the making: what it holds, what is missing, and what can be done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING, NBSP
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.plan_gaps import gaps, next_year, target_roles, year_links
from uppsikt.planning.pages.words import capital, counted, listed, noun, numbered
from uppsikt.planning.selectors import (
    AssignmentView,
    Goal,
    GoalView,
    IndicatorView,
    OutlineGoal,
    Plan,
    Snapshot,
)
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Text


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator in the plan. `targets` are (printed, address, label); an empty print asks to be filled."""

    name: str
    note: str
    href: str
    outcome: str
    targets: tuple[tuple[str, str, str], ...]
    move: str


@dataclass(frozen=True, slots=True)
class PlannedAssignment:
    """An assignment in the plan."""

    name: str
    href: str
    facts: str
    badges: tuple[Badge, ...]
    move: str


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """A goal of the body with what stands under it. `depth` counts the body's own goals above it."""

    key: str
    name: str
    depth: int
    href: str
    facts: str
    priorities: tuple[str, ...]
    indicators: tuple[PlannedIndicator, ...]
    assignments: tuple[PlannedAssignment, ...]
    add: tuple[Action, ...]
    move: str


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A council goal with the body's answers. `answer`: what to press when there is none."""

    title: str
    above: str
    goals: tuple[PlannedGoal, ...]
    answer: Action | None


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """Indicators that belong to the body and not to a goal, such as personnel."""

    key: str
    name: str
    indicators: tuple[PlannedIndicator, ...]
    add: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan. `open`: whether the reader may change it now. `gaps`: what is left to settle, in words."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    open: bool
    state: Badge
    decided: str
    decision: str
    gaps: tuple[str, ...]
    sections: tuple[PlanSection, ...]
    outside: tuple[PlannedSection, ...]
    loose: tuple[PlannedAssignment, ...]
    loose_title: str
    indicator_word: str
    assignment_word: str
    target_words: tuple[str, ...]
    actions: tuple[Action, ...]
    years: tuple[Link, ...]
    next_year: Action | None
    ask_for_year: Text
    empty: Empty | None


def plan_page(body: Body, year: int, *, may_plan: bool, may_adopt: bool, may_steer: bool) -> PlanPage:
    """The page for the body's plan of the year. A constant number of queries."""
    model = cycle.model_for(year)
    plan = selectors.plan(body, year)
    adopted = plan is not None and plan.adopted_at is not None
    view = selectors.snapshot(year=year, round_=None, body=body)
    missing = selectors.unanswered(body, year) if body.kind != "council" else []
    is_open = may_plan and not adopted
    names = organisation.body_names(dt.date(year, 12, 31))
    name = names.get(body.key, body.key)
    outline = selectors.outline(year)
    sections = tuple(_sections(view, missing, outline, body, is_open=is_open))
    years = year_links(body, year)
    set_up, ask = next_year(year, years, may_steer=may_steer)
    word = capital(model.word("plan"))
    return PlanPage(
        title=f"{word} {year}",
        lead=_lead(view),
        eyebrow=name,
        crumbs=(Crumb(_("Planer"), reverse("planning:plans")), Crumb(name), Crumb(str(year))),
        open=is_open,
        state=Badge(_("Fastställd"), "good", "lock") if adopted else Badge(_("Utkast"), "warn", "pencil"),
        decided=_decided(plan),
        decision=str(plan.decision) if plan and adopted else "",
        gaps=gaps(view, missing, outline, is_council=body.kind == "council") if not adopted else (),
        sections=sections,
        outside=tuple(_outside(view, body, is_open=is_open)),
        loose=tuple(_assignment(row, model, is_open=is_open) for row in view.loose_assignments),
        loose_title=_("%(words)s utan mål") % {"words": capital(noun(model, "assignment", 2))},
        indicator_word=capital(noun(model, "indicator", 2)),
        assignment_word=capital(noun(model, "assignment", 2)),
        target_words=tuple(capital(noun(model, word)) for _role, word in target_roles(model)),
        actions=tuple(_actions(body, year, is_open=is_open, adopted=adopted, may_adopt=may_adopt)),
        years=years,
        next_year=set_up,
        ask_for_year=ask if may_plan else "",
        empty=_empty(body, year, model, is_open=is_open) if not sections and not view.assignments else None,
    )  # fmt: skip


def _lead(view: Snapshot) -> str:
    model = view.model
    counts = [
        counted(model, "goal", len(view.committee_goals)),
        counted(model, "indicator", len(view.indicators)),
        counted(model, "assignment", len(view.assignments)),
    ]
    return _("%(counts)s.") % {"counts": capital(listed(counts))}


def _decided(plan: Plan | None) -> str:
    return format_date(plan.adopted_at.astimezone(STOCKHOLM).date()) if plan and plan.adopted_at else ""


def _sections(
    view: Snapshot, missing: list[Goal], outline: Sequence[OutlineGoal], body: Body, *, is_open: bool
) -> list[PlanSection]:
    """The council's goals in order, each with the body's own under it; those without answer in their place."""
    is_council = body.kind == "council"
    unanswered = {goal.pk for goal in missing}
    order = {goal.pk: place for place, goal in enumerate(outline)}
    own = [goal for goal in view.goals if goal.own]
    depths: dict[int, int] = {}
    grouped: dict[int, list[PlannedGoal]] = {}
    heads: dict[int, Goal | None] = {}
    tops: dict[int, int] = {}
    for goal in own:
        parent = goal.goal.parent_id or 0
        depths[goal.goal.pk] = depths.get(parent, -1) + 1
        top = tops.get(parent, parent)
        tops[goal.goal.pk] = top
        heads.setdefault(top, next((each.goal for each in view.goals if each.goal.pk == top), None))
        grouped.setdefault(top, []).append(_goal(goal, view.model, depths[goal.goal.pk], is_open=is_open))
    for found in missing:
        heads[found.pk] = found
    walked = sorted(heads, key=lambda pk: (_path(heads[pk], order), pk))
    by_pk = {each.goal.pk: each.goal for each in view.goals}
    sections = []
    for pk in walked:
        head = heads[pk]
        parent_goal = (by_pk.get(head.parent_id) or head.parent) if head and head.parent_id else None
        sections.append(
            PlanSection(
                title=numbered(head.number, head.name) if head and not is_council else "",
                above=numbered(parent_goal.number, parent_goal.name) if parent_goal else "",
                goals=tuple(grouped.get(pk, ())),
                answer=_answer(head, body, view.year, is_open=is_open) if head and pk in unanswered else None,
            )
        )
    return sections


def _path(goal: Goal | None, order: dict[int, int]) -> tuple[int, int]:
    """Where a goal stands: first by the goal above it, then by itself."""
    if goal is None:
        return (-1, -1)
    own = order.get(goal.pk, 0)
    return (order.get(goal.parent_id, own) if goal.parent_id else own, own)


def _answer(head: Goal, body: Body, year: int, *, is_open: bool) -> Action:
    address = reverse("planning:goal_new", args=[body.key, year])
    label = _("Svara med ett mål") if is_open else ""
    return Action(label, f"{address}?parent={head.pk}", icon="plus")


def _goal(view: GoalView, model: SteeringModel, depth: int, *, is_open: bool) -> PlannedGoal:
    goal = view.goal
    add = []
    if is_open and view.level.indicators:
        address = reverse("planning:use_new", args=[goal.body.key, goal.year_id])
        add.append(Action(capital(noun(model, "indicator")), f"{address}?goal={goal.key}", icon="plus"))
    if is_open and view.level.assignments:
        address = reverse("planning:assignment_new", args=[goal.body.key, goal.year_id])
        add.append(Action(capital(noun(model, "assignment")), f"{address}?goal={goal.pk}", icon="plus"))
    return PlannedGoal(
        key=goal.key,
        name=numbered(goal.number, goal.name),
        depth=depth,
        href=reverse("planning:goal_edit", args=[goal.key]) if is_open else links.goal(goal.key),
        facts=" · ".join(filter(None, [view.level.label, goal.responsible.name if goal.responsible else ""])),
        priorities=view.priorities,
        indicators=tuple(_indicator(each, model, is_open=is_open) for each in view.indicators),
        assignments=tuple(_assignment(each, model, is_open=is_open) for each in view.assignments),
        add=tuple(add),
        move=reverse("planning:row_move", args=["goals", goal.key]) if is_open else "",
    )


def _outside(view: Snapshot, body: Body, *, is_open: bool) -> Iterator[PlannedSection]:
    """The model's sections, with what the body follows in each; an empty one only where it can be filled."""
    model = view.model
    word = capital(noun(model, "indicator"))
    for section in model.sections:
        rows = view.sections.get(section.key, ())
        if not rows and (not is_open or body.kind == "council"):
            continue
        address = reverse("planning:use_new", args=[body.key, view.year])
        add = Action(word, f"{address}?section={section.key}", icon="plus")
        yield PlannedSection(
            section.key,
            section.label,
            tuple(_indicator(each, model, is_open=is_open, bare=MISSING) for each in rows),
            (add,) if is_open else (),
        )


def _indicator(
    view: IndicatorView, model: SteeringModel, *, is_open: bool, bare: str = ""
) -> PlannedIndicator:
    """Args: bare: what stands for a target that is not set; empty asks for one."""
    use = view.use
    outcome = next(
        (
            f"{figures.figure_text(view.figure(each.period.code))} ({each.period.label})"
            for each in reversed(view.series)
            if each.value is not None
        ),
        MISSING,
    )
    targets = []
    for role, word in target_roles(model):
        found = view.target_for(role)
        label = capital(noun(model, word))
        address = reverse("planning:target_edit", args=[use.key, role]) if is_open else ""
        text = f"{found.year}:{NBSP}{found.text}" if found else bare
        targets.append((text, address, f"{label}: {view.name}"))
    return PlannedIndicator(
        name=view.name,
        note=figures.lag_note(view, use.year_id),
        href=reverse("planning:use_edit", args=[use.key])
        if is_open
        else links.indicator(view.indicator.key, use=use.key),
        outcome=outcome,
        targets=tuple(targets),
        move=reverse("planning:row_move", args=["uses", use.key]) if is_open else "",
    )


def _assignment(view: AssignmentView, model: SteeringModel, *, is_open: bool) -> PlannedAssignment:
    assignment, item = view.assignment, view.assignment.item
    origin = model.origin(assignment.origin)
    facts = [
        (origin.short or origin.label) if origin else "",
        assignment.decision.case,
        item.responsible.name if item.responsible else "",
        item.deadline.isoformat() if item.deadline else "",
    ]
    return PlannedAssignment(
        name=numbered(assignment.number, assignment.title),
        href=reverse("planning:assignment_edit", args=[item.key]) if is_open else links.assignment(item.key),
        facts=" · ".join(filter(None, facts)),
        badges=(Badge(_("Överflyttad")),) if view.carried_over else (),
        move=reverse("planning:row_move", args=["assignments", item.key]) if is_open else "",
    )


def _actions(body: Body, year: int, *, is_open: bool, adopted: bool, may_adopt: bool) -> list[Action]:
    found = []
    if adopted and may_adopt:
        found.append(
            Action(_("Öppna igen"), reverse("planning:plan_reopen", args=[body.key, year]), icon="lock-open")
        )
    if not adopted and may_adopt:
        found.append(
            Action(
                _("Fastställ"),
                reverse("planning:plan_adopt", args=[body.key, year]),
                primary=True,
                icon="stamp",
            )
        )
    if is_open:
        found.append(Action(_("Nytt mål"), reverse("planning:goal_new", args=[body.key, year]), icon="plus"))
        found.append(
            Action(_("Nytt uppdrag"), reverse("planning:assignment_new", args=[body.key, year]), icon="plus")
        )
        found.append(
            Action(
                _("Hämta från tidigare år"),
                reverse("planning:plan_roll", args=[body.key, year]),
                icon="copy-plus",
            )
        )
    found.append(Action(_("Skriv ut"), f"/reports/{body.key}/{year}/plan/", icon="printer"))
    return found  # fmt: skip


def _empty(body: Body, year: int, model: SteeringModel, *, is_open: bool) -> Empty:
    action = None
    if is_open and selectors.years_to_roll_from(body, year):
        action = Action(
            _("Hämta från tidigare år"), reverse("planning:plan_roll", args=[body.key, year]), primary=True
        )
    elif is_open:
        action = Action(_("Nytt mål"), reverse("planning:goal_new", args=[body.key, year]), primary=True)
    words = {"goals": noun(model, "goal", 2), "assignments": noun(model, "assignment", 2)}
    return Empty(
        _("Planen är tom"),
        _(
            "Här byggs planen: %(goals)s under fullmäktiges mål, med indikatorer, målvärden och %(assignments)s."
        )
        % words,
        action,
        "clipboard-list",
    )
