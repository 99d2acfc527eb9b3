"""The rows of the goal tree: a goal, its indicators and assignments, and a branch that is not opened yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import MISSING, count_of
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.tree_asked import Asked
from uppsikt.planning.pages.words import capital, counted, noun, numbered, small, statuses_in_words
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import AssignmentView, GoalView, IndicatorView, OutlineGoal, Snapshot, Tally
from uppsikt.web.parts import Badge, Symbol
from uppsikt.web.tables import Cell, Column, Expand, Row


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of one tree share.

    `before`: each goal's step in the round before, by goal id. `earlier`: the whole earlier round, when the
    reader compares. `bodies`: the bodies' names by id, when several stand in the tree.
    """

    model: SteeringModel
    year: int
    round: Round | None
    asked: Asked
    before: Mapping[int, Step | None]
    earlier: Snapshot | None
    bodies: Mapping[int, str]

    @property
    def assessed(self) -> bool:
        """Whether the model assesses goals."""
        return self.model.fulfilment is not None


def columns(frame: Frame) -> tuple[Column, ...]:
    """The tree's columns, in the model's words."""
    model = frame.model
    state = capital(model.word("fulfilment")) if frame.assessed else _("Läge")
    met = _("%(targets)s uppnådda") % {"targets": capital(noun(model, "target", 2))}
    done = _("%(assignments)s klara") % {"assignments": capital(noun(model, "assignment", 2))}
    return (
        Column("goal", _("%(goals)s och %(indicators)s") % {"goals": capital(noun(model, "goal", 2)), "indicators": noun(model, "indicator", 2)}, width="wide"),
        Column("state", state),
        Column("met", met, "num"),
        Column("done", done, "num"),
        Column("change", _("Sedan förra tillfället") if frame.assessed else capital(noun(model, "target", 2))),
    )  # fmt: skip


def goal_rows(
    view: GoalView, frame: Frame, *, is_open: bool, level: int = 0, group: str = ""
) -> tuple[Row, ...]:
    """A goal's row. Opened, it holds its indicators and assignments; in a branch they follow as rows."""
    goal = view.goal
    details = _details(view, frame, level) if is_open else ()
    row = Row(
        cells=(
            Cell(numbered(goal.number, goal.name), sub=frame.bodies.get(goal.body_id, "") if view.own else ""),
            _state_cell(view, frame),
            _met_cell(view, frame),
            _done_cell(view),
            _change_cell(view, frame),
        ),
        key=goal.key,
        href=links.goal(goal.key, frame.round),
        strong=True,
        level=level,
        expand=Expand(
            frame.asked.toggled(goal.key, group or goal.key),
            is_open,
            _("Visa vad som ligger under %(goal)s") % {"goal": goal.name},
        )
        if view.indicators or view.assignments or view.disagrees
        else None,
        children=details,
    )  # fmt: skip
    return (row, *details) if group and is_open else (row,)


def _details(view: GoalView, frame: Frame, level: int) -> tuple[Row, ...]:
    """What an opened goal holds; not made for a closed one, since drawing it is most of the work."""
    return (
        *_remarks(view, frame, level),
        *((_indicator_head(frame, level + 1),) if view.indicators else ()),
        *(indicator_row(each, frame, level + 1) for each in view.indicators),
        *((_assignment_head(frame, level + 1),) if view.assignments else ()),
        *(assignment_row(each, frame, level + 1) for each in view.assignments),
    )


def _indicator_head(frame: Frame, level: int) -> Row:
    """What the columns hold for the indicators that follow: not what they hold for goals."""
    cells = (
        Cell(capital(noun(frame.model, "indicator"))),
        Cell(_("Bedömning") if frame.round else "", sub=_("Bedömning")),
        Cell(_("Utveckling")),
        Cell(figures.years_span(frame.model, frame.year)),
        Cell(capital(noun(frame.model, "target", 2))),
    )
    return Row(cells, kind="head", level=level)


def _assignment_head(frame: Frame, level: int) -> Row:
    """The same for the assignments that follow."""
    status = capital(frame.model.word("status"))
    cells = (
        Cell(capital(noun(frame.model, "assignment"))),
        Cell(status if frame.round else "", sub=status),
        Cell(capital(frame.model.word("comment")), colspan=3),
    )
    return Row(cells, kind="head", level=level)


def branch_row(
    goal: OutlineGoal, tally: Tally, frame: Frame, *, is_open: bool, children: tuple[Row, ...]
) -> Row:
    """An upper goal of a large tree with counts for all that stands under it."""
    scale = frame.model.status_scale(frame.round.kind) if frame.round else None
    done = sum(tally.statuses.get(step.key, 0) for step in (scale.steps if scale else ()) if step.done)
    return Row(
        cells=(
            Cell(numbered(goal.number, goal.name), sub=counted(frame.model, "goal", tally.goals)),
            Cell(symbol=_worst(tally, frame)) if frame.assessed else Cell(""),
            Cell(counted(frame.model, "indicator", tally.indicators), muted=True),
            Cell(count_of(done, tally.assignments) if tally.assignments else MISSING),
            Cell(""),
        ),
        key=goal.key,
        strong=True,
        expand=Expand(
            frame.asked.toggled(goal.key, goal.key),
            is_open,
            _("Visa målen under %(goal)s") % {"goal": goal.name},
        ),
        children=children,
    )


def _worst(tally: Tally, frame: Frame) -> Symbol | None:
    """The lowest step with how many stand there, and the rest after it: counts, never an average."""
    scale = frame.model.fulfilment
    held = [step for step in reversed(scale.steps) if tally.steps.get(step.key)] if scale else []
    if not held:
        return Symbol("dash", _("Inte bedömda"))
    worst, *others = held
    rest = ", ".join(f"{tally.steps[step.key]} {small(step.label)}" for step in others)
    return Symbol(worst.symbol, f"{tally.steps[worst.key]} {small(worst.label)}", worst.colour, rest)


def _remarks(view: GoalView, frame: Frame, level: int) -> tuple[Row, ...]:
    """What one should know before reading the figures: where the rule and the assessment part."""
    if not (view.disagrees and view.proposal):
        return ()
    text = figures.departure_words(view.proposal)
    return (Row((Cell(departs=text, colspan=len(columns(frame))),), kind="detail", level=level + 1),)


def _state_cell(view: GoalView, frame: Frame) -> Cell:
    if frame.assessed and view.level.assessed:
        if frame.round is None:
            return Cell(MISSING, muted=True)
        return Cell(
            symbol=figures.step_symbol(view.step),
            departs=_("regeln: %(step)s") % {"step": small(view.proposal.step.label)}
            if view.disagrees and view.proposal
            else "",
        )
    if frame.assessed or not view.assignments or frame.round is None:
        return Cell("")
    return Cell(_states_in_words(view, frame), muted=True)


def _states_in_words(view: GoalView, frame: Frame) -> str:
    counts: dict[str, int] = {}
    for row in view.assignments:
        key = row.step.key if row.step else ""
        counts[key] = counts.get(key, 0) + 1
    return statuses_in_words(frame.model.status_scale(frame.round.kind), counts) if frame.round else ""


def _met_cell(view: GoalView, frame: Frame) -> Cell:
    judged = [each for each in view.indicators if each.judgement.verdict.judged]
    met = sum(each.judgement.verdict is Verdict.MET for each in judged)
    reported = sum(each.reported_met for each in view.indicators)
    unjudged = len(view.indicators) - len(judged)
    if not view.indicators or frame.round is None:
        return Cell(str(len(view.indicators)) if view.indicators else MISSING, muted=True)
    return Cell(
        count_of(met, len(judged)) if judged else MISSING,
        departs=_("%(count)s rapporterade") % {"count": reported} if reported != met else "",
        sub=_("%(count)s inte bedömda") % {"count": unjudged} if unjudged else "",
    )


def _done_cell(view: GoalView) -> Cell:
    if not view.assignments:
        return Cell(MISSING, muted=True)
    return Cell(count_of(sum(row.done for row in view.assignments), len(view.assignments)))


def _change_cell(view: GoalView, frame: Frame) -> Cell:
    words = figures.change_words(view.step, frame.before.get(view.goal.pk))
    then = frame.earlier.goal(view.goal.key) if frame.earlier else None
    if then is None:
        return Cell(words, muted=not words.startswith(_("sänkt")))
    now_met, was_met = _count_met(view), _count_met(then)
    now_done, was_done = _count_done(view), _count_done(then)
    moved = [
        _("%(before)s → %(now)s uppnådda") % {"before": was_met, "now": now_met}
        if now_met != was_met
        else "",
        _("%(before)s → %(now)s klara") % {"before": was_done, "now": now_done}
        if now_done != was_done
        else "",
    ]
    return Cell(words, sub=" · ".join(filter(None, moved)), muted=True)


def _count_met(view: GoalView) -> int:
    return sum(each.judgement.verdict is Verdict.MET for each in view.indicators)


def _count_done(view: GoalView) -> int:
    return sum(row.done for row in view.assignments)


def indicator_row(view: IndicatorView, frame: Frame, level: int) -> Row:
    """An indicator: its judgement, its figures in miniature and in print, and what is aimed at."""
    figure = figures.judged_figure(view)
    then = frame.earlier.indicator(view.use.key) if frame.earlier else None
    change = ""
    if then is not None and then.judgement.verdict is not view.judgement.verdict:
        change = _("var %(verdict)s") % {"verdict": small(then.judgement.verdict.label)}
    values = figures.values_line(view, frame.model, frame.year)
    way = figures.trend_of(view) if frame.model.indicators.show_trend else None
    targets = f" · {figures.targets_line(view)}" if way else figures.targets_line(view)
    has_value = figure is not None and (figure.value is not None or figure.hidden)
    return Row(
        cells=(
            Cell(view.name, sub=figures.lag_note(view, frame.year)),
            Cell(judgement=figures.judgement_of(view)) if frame.round else Cell(""),
            Cell(sparkline=figures.spark(view, frame.model, frame.year)),
            Cell(values, origin=figures.origin_of(view, figure, frame.round) if figure and has_value else None),
            Cell(
                targets,
                trend=way,
                sub=change,
                muted=True,
            ),
        ),
        kind="detail" if level else "row",
        level=level,
        href=links.indicator(view.indicator.key, use=view.use.key, round_=frame.round),
    )  # fmt: skip


def assignment_row(
    view: AssignmentView, frame: Frame, level: int, *, columns: int = 3, length: int = 150
) -> Row:
    """An assignment: its status and the beginning of the comment, which spans `columns`."""
    item = view.assignment.item
    comment = view.entry.comment if view.entry else ""
    badges = (Badge(_("Överflyttad")),) if view.carried_over else ()
    return Row(
        cells=(
            Cell(view.assignment.title, badges=badges),
            Cell(symbol=figures.status_symbol(view.step)) if frame.round else Cell(""),
            Cell(_shortened(comment, length), muted=True, colspan=columns),
        ),
        kind="detail" if level else "row",
        level=level,
        href=links.assignment(item.key),
    )


def _shortened(text: str, length: int) -> str:
    """The beginning of a comment, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    return f"{plain[:length].rsplit(' ', 1)[0]} …"
