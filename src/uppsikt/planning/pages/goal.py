"""One goal in a round: how it is assessed and why, its indicators, assignments and texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.tree_asked import Asked
from uppsikt.planning.pages.tree_rows import Frame, assignment_row, indicator_row
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.selectors import Assessment, Goal, GoalView
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import to_html
from uppsikt.web.parts import Action, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class GoalText:
    """A text about the goal. `html` is safe to print."""

    label: Text
    html: SafeString


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal. `step` None: not assessed, or the model does not assess. `departs`: what the rule proposed.
    `asked`: what is missing in the assessment, and `answer` where it is put right.
    """

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    step: Symbol | None
    departs: Text
    asked: Text
    answer: Action | None
    rationale: Text
    rationale_label: Text
    priorities: tuple[str, ...]
    priorities_label: Text
    indicators: Table | None
    assignments: Table | None
    below: Table | None
    texts: tuple[GoalText, ...]
    rounds: Table | None
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]


def goal_page(
    goal: Goal, context: Context, *, may_plan: bool, may_assess: bool, readable: frozenset[str] | None
) -> GoalPage:
    """The page for the chosen round, or the goal's own year's latest when another year is chosen."""
    model = cycle.model_for(goal.year_id)
    round_ = round_of_year(context, goal.year_id)
    below = _below(goal, readable)
    view = selectors.snapshot(year=goal.year_id, round_=round_, goal_ids={goal.pk, *below})
    own = next(each for each in view.goals if each.goal.pk == goal.pk)
    frame = Frame(model, goal.year_id, round_, Asked(), {}, None, {})
    names = organisation.body_names(round_.cutoff if round_ else dt.date(goal.year_id, 12, 31))
    body = names.get(goal.body.key, goal.body.key)
    above = goal.parent
    return GoalPage(
        title=numbered(goal.number, goal.name),
        lead=goal.description,
        eyebrow=own.level.label if above is None else f"{own.level.label} · {above.name}",
        crumbs=(
            Crumb(body, links.goals(round_, goal.body.key)),
            Crumb(str(goal.year_id), links.goals(round_)),
            Crumb(_("Mål"), links.goals(round_)),
            Crumb(numbered(goal.number, goal.name)),
        ),
        step=figures.step_symbol(own.step) if own.level.assessed and round_ else None,
        departs=figures.departure_words(own.proposal) if own.disagrees and own.proposal else "",
        asked=_("Bedömningen avviker nu från regeln och saknar motivering.") if own.unexplained else "",
        answer=_answer(goal, round_) if own.unexplained and may_assess else None,
        rationale=own.assessment.rationale if own.assessment else "",
        rationale_label=model.word("rationale"),
        priorities=own.priorities,
        priorities_label=model.words.get("priorities", _("Särskilt prioriterat")),
        indicators=_indicators(own, frame),
        assignments=_assignments(own, frame),
        below=_children([each for each in view.goals if each.goal.pk in below], frame, names),
        texts=tuple(_texts(own, model, round_)),
        rounds=_rounds(goal, model),
        facts=_facts(own, body, round_),
        actions=(
            Action(_("Ändra i planen"), links.plan(goal.body.key, goal.year_id), icon="pencil"),
        )
        if may_plan
        else (),
    )  # fmt: skip


def _answer(goal: Goal, round_: Round | None) -> Action | None:
    """Where the rationale is written, while the round is open."""
    if round_ is None or round_.state != RoundState.OPEN.value:
        return None
    address = reverse("planning:report_goal", args=[round_.key, goal.key])
    return Action(_("Skriv motiveringen"), address, icon="pencil")


def round_of_year(context: Context, year: int) -> Round | None:
    """The chosen round when it is of the year, else the year's latest that has begun."""
    if context.round is not None and context.round.year_id == year:
        return context.round
    return next((row for row in context.rounds if row.year_id == year), None)


def _below(goal: Goal, readable: frozenset[str] | None) -> set[int]:
    """The goals right under this one that the person may read."""
    rows = selectors.goals(goal.year_id).filter(parent=goal)
    return {
        row.pk for row in rows if readable is None or row.body.key in readable or row.body_id == goal.body_id
    }


def _indicators(own: GoalView, frame: Frame) -> Table | None:
    if not own.indicators and not own.level.indicators:
        return None
    model = frame.model
    return Table(
        key="indikatorer",
        caption=capital(noun(model, "indicator", 2)),
        columns=(
            Column("name", capital(noun(model, "indicator", 1)), width="wide"),
            Column("verdict", _("Bedömning")),
            Column("spark", "", "end", spoken=_("Utveckling")),
            Column("values", figures.years_span(model, frame.year), "num"),
            Column("targets", capital(noun(model, "target", 2))),
        ),
        rows=tuple(indicator_row(each, frame, 0) for each in own.indicators),
        empty=Empty(
            _("Målet har inga %(words)s") % {"words": noun(model, "indicator", 2)}, icon="chart-line"
        ),
    )


def _assignments(own: GoalView, frame: Frame) -> Table | None:
    if not own.assignments:
        return None
    model = frame.model
    return Table(
        key="uppdrag",
        caption=capital(noun(model, "assignment", 2)),
        columns=(
            Column("name", capital(noun(model, "assignment", 1)), width="wide"),
            Column("status", capital(model.word("status"))),
            Column("comment", capital(model.word("comment")), width="wide"),
        ),
        rows=tuple(assignment_row(each, frame, 0, columns=1, length=400) for each in own.assignments),
    )


def _children(below: list[GoalView], frame: Frame, names: dict[str, str]) -> Table | None:
    if not below:
        return None
    return Table(
        key="under",
        caption=_("Mål som svarar"),
        columns=(Column("name", _("Mål"), width="wide"), Column("body", _("Nämnd")), Column("state", _("Läge"))),
        rows=tuple(
            Row(
                (
                    Cell(numbered(each.goal.number, each.goal.name)),
                    Cell(names.get(each.goal.body.key, each.goal.body.key), muted=True),
                    Cell(symbol=figures.step_symbol(each.step)) if each.level.assessed and frame.round else Cell(""),
                ),
                href=links.goal(each.goal.key, frame.round),
            )
            for each in below
        ),
    )  # fmt: skip


def _texts(own: GoalView, model: SteeringModel, round_: Round | None) -> list[GoalText]:
    if round_ is None:
        return []
    goal = own.goal
    slots: dict[str, str] = {}
    for kind in model.texts_for(goal.level):
        slots[f"goal:{goal.key}:{round_.key}:{goal.body.key}:{kind.key}"] = kind.label
    for kind in model.texts_for(goal.level, per="priority"):
        for place, priority in enumerate(own.priorities, start=1):
            slot = f"goal:{goal.key}:{round_.key}:{goal.body.key}:{kind.key}:priority-{place}"
            slots[slot] = f"{kind.label}: {priority}"
    written = texts.contents(slots)
    # to_html escapes everything it prints.
    return [
        GoalText(label, mark_safe(to_html(written[slot])))  # noqa: S308
        for slot, label in slots.items()
        if slot in written
    ]


def _rounds(goal: Goal, model: SteeringModel) -> Table | None:
    """How the goal has been assessed before, this year and in the goal it continues."""
    scale = model.fulfilment
    rows = selectors.assessments_of(goal)
    if scale is None or not rows:
        return None
    return Table(
        key="tillfallen",
        caption=_("Bedömningar"),
        dense=True,
        columns=(
            Column("round", _("Tillfälle")),
            Column("step", _("Bedömning")),
            Column("rationale", capital(model.word("rationale")), width="wide"),
            Column("by", _("Av")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(row.round.name),
                    Cell(symbol=figures.step_symbol(_step(row))),
                    Cell(row.rationale, muted=True),
                    Cell(row.recorded_by_name, sub=row.recorded_at.astimezone(STOCKHOLM).date().isoformat()),
                ),
                kind="removed" if row.superseded_at else "row",
            )
            for row in rows
        ),
    )  # fmt: skip


def _step(row: Assessment) -> Step | None:
    """The step on the scale of the round's own year."""
    scale = cycle.model_for(row.round.year_id).fulfilment
    return scale.step(row.step) if scale else None


def _facts(own: GoalView, body: str, round_: Round | None) -> tuple[Fact, ...]:
    goal = own.goal
    facts = [Fact(_("Nämnd"), body)]
    if goal.responsible:
        facts.append(Fact(_("Ansvarig"), goal.responsible.name))
    if goal.parent:
        facts.append(Fact(_("Bidrar till"), goal.parent.name, links.goal(goal.parent.key, round_)))
    if goal.carried_over_from:
        before = goal.carried_over_from
        facts.append(Fact(_("Fortsätter från"), f"{before.year_id}: {before.name}", links.goal(before.key)))
    if own.proposal:
        facts.append(Fact(_("Regelns förslag"), own.proposal.step.label))
        facts.append(Fact(_("Bygger på"), own.proposal.reason))
    return tuple(facts)
