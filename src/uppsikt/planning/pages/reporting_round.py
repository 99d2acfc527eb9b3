"""A round's start page for a body: how far it has come, who has what left, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind, RoundState
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import Progress as Done
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.kernel.tree import walk
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.reporting_words import deadline_words
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.rules.reporting import Task, TaskKind, progress
from uppsikt.planning.selectors import OutlineGoal
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Progress, Text
from uppsikt.web.tables import Cell, Column, Row, Table

MOST_THINGS = 4


@dataclass(frozen=True, slots=True)
class Move:
    """A state the round can be moved to. `reason`: it takes one."""

    state: str
    label: Text
    reason: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round for a body (both by key). `kinds` is how far each sort of thing has come; `left` sums it up.

    `move_url` is empty for those who may not run the round.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    body: str
    round: str
    state: Badge
    left: Text
    kinds: tuple[Progress, ...]
    goals: Table
    people: Table
    actions: tuple[Action, ...]
    move_url: str
    moves: tuple[Move, ...]
    fault: Text


def round_page(body: Body, round_: Round, *, today: dt.date, may_run: bool, fault: str = "") -> RoundPage:
    """The page. A constant number of queries."""
    model = cycle.model_for(round_.year_id)
    tasks = reporting_tasks(round_, {body.key})
    name = organisation.body_names(round_.cutoff).get(body.key, body.key)
    total = progress(tasks)
    state = RoundState(round_.state)
    return RoundPage(
        title=round_.name,
        lead=_("%(kind)s för %(body)s med läget till och med %(day)s. Sista dag: %(deadline)s.")
        % {
            "kind": capital(RoundKind(round_.kind).label),
            "body": name[:1].lower() + name[1:],
            "day": format_date(round_.cutoff),
            "deadline": deadline_words(round_.deadline, today),
        },
        crumbs=(Crumb(name, links.goals(round_, body.key)), Crumb(str(round_.year_id)), Crumb(round_.name)),
        body=body.key,
        round=round_.key,
        state=Badge(capital(state.label), {"open": "accent"}.get(state.value, "")),
        left=_left(total, state),
        kinds=_kinds(tasks, model),
        goals=_goals_table(tasks, body, round_, model),
        people=_people_table(tasks, round_, today),
        actions=_actions(tasks, body, round_, model),
        move_url=reverse("planning:report_move", args=[round_.key, body.key]) if may_run else "",
        moves=_moves(state) if may_run else (),
        fault=fault,
    )


def _left(total: Done, state: RoundState) -> str:
    """What remains, or in a closed round what was never reported."""
    if total.complete:
        return _("Allt är rapporterat.")
    words = {"left": total.left, "total": total.total}
    if state is RoundState.CLOSED:
        return _("%(left)s av %(total)s saker rapporterades inte.") % words
    return _("%(left)s av %(total)s saker är kvar att rapportera.") % words


def kind_words(model: SteeringModel, kind: TaskKind) -> str:
    """What is counted, in the municipality's own words."""
    if kind is TaskKind.TEXT:
        return _("Texter")
    if kind is TaskKind.GOAL:
        return _("Bedömda %(goals)s") % {"goals": noun(model, "goal", 2)}
    return capital(noun(model, kind.value, 2))


def _kinds(tasks: Sequence[Task], model: SteeringModel) -> tuple[Progress, ...]:
    found = []
    for kind in TaskKind:
        count = progress(task for task in tasks if task.kind is kind)
        if count.total:
            words = count_of(count.reported, count.total)
            verb = _("%(count)s bedömda") if kind is TaskKind.GOAL else _("%(count)s rapporterade")
            verb = _("%(count)s skrivna") if kind is TaskKind.TEXT else verb
            tone = "good" if count.complete else "accent"
            found.append(
                Progress(kind_words(model, kind), count.reported, count.total, verb % {"count": words}, tone)
            )
    return tuple(found)


def _goals_table(tasks: Sequence[Task], body: Body, round_: Round, model: SteeringModel) -> Table:
    """The chapters of the report: each goal, under the area it belongs to, then the sections."""
    held: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        held[task.goal or f"section:{task.section}"].append(task)
    ordered = walk(
        selectors.outline(round_.year_id, {body.pk}), lambda goal: goal.pk, lambda goal: goal.parent
    )
    outline = [node.value for node in ordered]
    tallies = selectors.tallies(round_.year_id, round_)
    rows: list[Row] = []
    area: OutlineGoal | None = None
    for goal in outline:
        if goal.parent is None:
            area = goal
        if goal.key not in held or goal.body != body.pk:
            continue
        if area is not None and area.key != goal.key:
            rows.append(Row((Cell(numbered(area.number, area.name)),), kind="section"))
            area = None
        scale = model.fulfilment
        step = (
            next((scale.step(key) for key in tallies[goal.pk].steps), None)
            if scale and goal.pk in tallies
            else None
        )
        rows.append(_goal_row(goal, held[goal.key], round_, model, step))
    for section in model.sections:
        things = held.get(f"section:{section.key}", [])
        if things:
            href = reverse("planning:report_section", args=[round_.key, body.key, section.key])
            rows.append(_row(section.label, href, things, Cell(""), model))
    loose = held.get("section:", [])
    if loose:
        href = reverse("planning:report_assignments", args=[round_.key, body.key])
        rows.append(_row(_("Utan mål"), href, loose, Cell(""), model))
    columns = [
        Column("goal", capital(noun(model, "goal", 2)), width="wide"),
        Column("indicators", capital(noun(model, "indicator", 2)), align="num"),
        Column("assignments", capital(noun(model, "assignment", 2)), align="num"),
        Column("texts", _("Texter"), align="num"),
        *([Column("step", capital(model.word("fulfilment")))] if model.fulfilment else []),
        Column("left", _("Kvar"), align="num", width="fit"),
    ]
    return Table(
        key="goals",
        caption=_("Per mål"),
        columns=tuple(columns),
        rows=tuple(rows),
        empty=Empty(
            _("Inget att rapportera"),
            _("Planen för %(year)s har inga mål, indikatorer eller uppdrag än.") % {"year": round_.year_id},
            icon="target",
        )
        if not rows
        else None,
    )


def _goal_row(
    goal: OutlineGoal, tasks: Sequence[Task], round_: Round, model: SteeringModel, step: object
) -> Row:
    href = reverse("planning:report_goal", args=[round_.key, goal.key])
    asked = any(task.kind is TaskKind.GOAL for task in tasks)
    symbol = figures.step_symbol(step) if asked else None  # type: ignore[arg-type]
    return _row(numbered(goal.number, goal.name), href, tasks, Cell(symbol=symbol), model)


def _row(name: str, href: str, tasks: Sequence[Task], step: Cell, model: SteeringModel) -> Row:
    left = progress(tasks).left
    cells = [
        Cell(name),
        *(_count(tasks, kind) for kind in (TaskKind.INDICATOR, TaskKind.ASSIGNMENT, TaskKind.TEXT)),
        *([step] if model.fulfilment else []),
        Cell(str(left), strong=True) if left else Cell(_("klart"), tone="good"),
    ]
    return Row(tuple(cells), href=href)


def _count(tasks: Iterable[Task], kind: TaskKind) -> Cell:
    count = progress(task for task in tasks if task.kind is kind)
    return (
        Cell(count_of(count.reported, count.total), muted=count.complete)
        if count.total
        else Cell("–", muted=True)
    )


def _people_table(tasks: Sequence[Task], round_: Round, today: dt.date) -> Table:
    """Who has what left; those with most left first, those who are done last."""
    units = organisation.unit_names(round_.cutoff)
    held: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in tasks:
        if task.kind is not TaskKind.GOAL:
            held[task.person, "" if task.person else task.unit].append(task)
    rows = []
    for (person, unit), things in sorted(
        held.items(), key=lambda pair: (-progress(pair[1]).left, pair[1][0].person_name)
    ):
        left = [task for task in things if not task.done]
        late = round_.state == RoundState.OPEN.value and any(task.late(today) for task in left)
        name = things[0].person_name if person else units.get(unit, unit) or _("Ingen ansvarig")
        homes = sorted({units.get(task.unit, task.unit) for task in things if task.unit}) if person else []
        count = progress(things)
        rows.append(
            Row(
                (
                    Cell(name, sub=", ".join(homes), badges=(Badge(_("Försenat"), "warn"),) if late else ()),
                    Cell(progress=Progress(_("Rapporterat"), count.reported, count.total)),
                    Cell(lines=tuple(_things(left))) if left else Cell(_("Allt är rapporterat."), muted=True),
                )
            )
        )
    return Table(
        key="people",
        caption=_("Vem har vad kvar"),
        columns=(
            Column("who", _("Ansvarig"), width="wide"),
            Column("count", _("Rapporterat"), width="wide"),
            Column("what", _("Kvar"), width="wide"),
        ),
        rows=tuple(rows),
        sticky=False,
    )


def _things(left: Sequence[Task]) -> list[str]:
    """The first few things by name, and how many more."""
    names = list(
        dict.fromkeys(
            f"{task.name}: {task.goal_name}" if task.kind is TaskKind.TEXT else task.name for task in left
        )
    )
    more = len(names) - MOST_THINGS
    if more <= 1:
        return names
    rest = ngettext("och %(count)s till", "och %(count)s till", more) % {"count": more}
    return [*names[:MOST_THINGS], rest]


def _actions(tasks: Sequence[Task], body: Body, round_: Round, model: SteeringModel) -> tuple[Action, ...]:
    found = []
    if round_.state == RoundState.OPEN.value:
        first = next((task for task in tasks if not task.done and task.goal), None)
        if first is not None:
            href = reverse("planning:report_goal", args=[round_.key, first.goal])
            found.append(Action(_("Fortsätt rapportera"), href, primary=True))
    if any(task.kind is TaskKind.ASSIGNMENT for task in tasks):
        href = reverse("planning:report_assignments", args=[round_.key, body.key])
        found.append(
            Action(_("Alla %(assignments)s i en lista") % {"assignments": noun(model, "assignment", 2)}, href)
        )
    return tuple(found)


def _moves(state: RoundState) -> tuple[Move, ...]:
    return {
        RoundState.PLANNED: (Move("open", _("Öppna för rapportering"), reason=False),),
        RoundState.OPEN: (Move("closed", _("Stäng tillfället"), reason=False),),
        RoundState.CLOSED: (Move("open", _("Öppna på nytt"), reason=True),),
    }[state]
