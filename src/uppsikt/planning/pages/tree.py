"""The goal tree: everything a body (or the whole municipality) steers by, with how it stands in a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors
from uppsikt.planning.pages import tree_branches
from uppsikt.planning.pages.tree_asked import FILTERS, Asked, narrowed
from uppsikt.planning.pages.tree_lead import lead
from uppsikt.planning.pages.tree_rows import Frame, columns, goal_rows
from uppsikt.planning.pages.words import capital, noun, short_round
from uppsikt.planning.selectors import GoalView, Snapshot
from uppsikt.web.parts import Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Row, Table

LARGE = 150


@dataclass(frozen=True, slots=True)
class TreePage:
    """The goal tree. `chips` filter it, `compare` sets it beside the round before; `opened` is the row group
    that htmx asked for, None for the whole page.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    chips: tuple[Link, ...]
    compare: Link | None
    note: Text
    table: Table
    opened: Row | None


def tree_page(context: Context, asked: Asked) -> TreePage:
    """The page for the chosen body and round. A constant number of queries, whatever the size of the tree."""
    year = asked.year or context.year
    round_ = context.round if context.round and context.round.year_id == year else None
    try:
        model = cycle.model_for(year)
    except LookupError:
        return _nothing_yet(context, year)
    bodies = (context.body,) if context.body else context.bodies
    goals = selectors.outline(year, {body.pk for body in bodies})
    earlier = _round_before(round_)
    frame = Frame(
        model=model,
        year=year,
        round=round_,
        asked=asked,
        before=_steps_before([goal.pk for goal in goals], earlier) if len(goals) <= LARGE else {},
        earlier=None,
        bodies={} if context.body else {body.pk: body.short or body.name for body in bodies},
    )
    if len(goals) > LARGE:
        branches = tree_branches.branches(goals, frame)
        return _page(context, frame, earlier, branches.rows, branches.lead, {}, large=True)
    body = organisation.body(context.body.key) if context.body else None
    ids = None if body else {goal.pk for goal in goals}
    view = selectors.snapshot(year=year, round_=round_, body=body, goal_ids=ids)
    if asked.compare and earlier is not None:
        then = selectors.snapshot(
            year=earlier.year_id, round_=earlier, body=body, goal_ids=None if body else ids
        )
        frame = replace(frame, earlier=then)
    kept = {name: [each for goal in view.goals if (each := narrowed(goal, name))] for name in FILTERS}
    counts = {name: sum(_is_row(goal, view) for goal in goals) for name, goals in kept.items()}
    frame = replace(frame, asked=replace(asked, opened=_opened(asked, view, kept[asked.filter])))
    return _page(context, frame, earlier, _rows(kept[asked.filter], frame, view), lead(view), counts)


def _is_row(goal: GoalView, view: Snapshot) -> bool:
    """Whether the goal has a row of its own: what committees set, and upper goals that hold something."""
    owned = {level.key for level in view.model.committee_levels}
    return goal.goal.level in owned or bool(goal.indicators or goal.assignments)


def _opened(asked: Asked, view: Snapshot, kept: list[GoalView]) -> frozenset[str]:
    """What stands open: as asked, else all that a filter found, else the weakest goal."""
    if asked.opened is not None:
        return asked.opened
    if asked.filter != "all":
        return frozenset(goal.goal.key for goal in kept)
    worst = view.rollup.worst
    weak = [goal.goal.key for goal in view.committee_goals if worst and goal.step == worst]
    return frozenset(weak[:1])


def _rows(kept: list[GoalView], frame: Frame, view: Snapshot) -> tuple[Row, ...]:
    """Sections of the top level with the goals' rows under them; a section with nothing left is left out."""
    owned = {level.key for level in view.model.committee_levels}
    opened = frame.asked.opened or frozenset()
    shown = {goal.goal.pk: goal for goal in kept}
    rows: list[Row] = []
    heading: Row | None = None
    depths: dict[int, int] = {}
    for goal in view.goals:
        is_committee = goal.goal.level in owned
        above = depths.get(goal.goal.parent_id or 0, -1)
        depths[goal.goal.pk] = above + 1 if is_committee else -1
        if goal.depth == 0 and not is_committee:
            heading = Row((Cell(_heading(goal)),), kind="section", href="")
        found = shown.get(goal.goal.pk)
        if found is None or not _is_row(found, view):
            continue
        if heading is not None:
            rows.append(heading)
            heading = None
        row = goal_rows(found, frame, is_open=goal.goal.key in opened, level=max(depths[goal.goal.pk], 0))
        rows.extend(row if is_committee else (_council_row(row[0], goal, view.model),))
    return tuple(rows)


def _heading(goal: GoalView) -> str:
    return f"{goal.goal.number} {goal.goal.name}".strip()


def _council_row(row: Row, goal: GoalView, model: SteeringModel) -> Row:
    """An upper goal's own indicators, under its heading, where the model gives it any."""
    words = {"indicators": capital(noun(model, "indicator", 2)), "goal": goal.level.label.lower()}
    name = _("%(indicators)s för hela målet") % words if goal.depth == 0 else goal.goal.name
    return replace(row, cells=(replace(row.cells[0] or Cell(), text=name), *row.cells[1:]))


def _round_before(round_: Round | None) -> Round | None:
    """The round to compare with: the nearest earlier one, of this year or the last."""
    if round_ is None:
        return None
    found = cycle.earlier_rounds(round_).exclude(state="planned").first()
    return found if found is not None and found.year_id >= round_.year_id - 1 else None


def _steps_before(goal_ids: list[int], earlier: Round | None) -> Mapping[int, Step | None]:
    if earlier is None:
        return {}
    scale = cycle.model_for(earlier.year_id).fulfilment
    found = selectors.steps_before(goal_ids, earlier)
    return {pk: scale.step(step) if scale else None for pk, step in found.items()}


def _page(
    context: Context,
    frame: Frame,
    earlier: Round | None,
    rows: tuple[Row, ...],
    told: str,
    counts: Mapping[str, int],
    *,
    large: bool = False,
) -> TreePage:
    asked = frame.asked
    words = capital(noun(frame.model, "goal", 2)) if not large else _("Mål")
    return TreePage(
        title=_("Mål %(year)s") % {"year": frame.year},
        lead=told,
        crumbs=_crumbs(context, frame.year),
        chips=tuple(_chips(asked, counts)) if frame.round else (),
        compare=Link(
            _("Jämför med %(round)s") % {"round": short_round(earlier)},
            replace(asked, compare=not asked.compare, opened=None, row="").href(),
            current=asked.compare,
        )
        if earlier is not None and not large
        else None,
        note=_("Trädet är stort: öppna en gren för att se dess mål. Filtret gäller i det du öppnar.")
        if large
        else "",
        table=Table(
            key="mal",
            caption=_("%(goals)s med indikatorer och uppdrag") % {"goals": words},
            caption_hidden=True,
            columns=columns(frame),
            rows=rows,
            empty=_empty(asked, frame),
        ),
        opened=next((row for row in rows if row.key == asked.row), None) if asked.row else None,
    )


def _chips(asked: Asked, counts: Mapping[str, int]) -> list[Link]:
    labels = {
        "all": (_("Alla"), ""),
        "not_met": (_("Ej uppnådda"), ""),
        "departs": (_("Avviker från regeln"), "diamond"),
        "no_outcome": (_("Saknar utfall"), ""),
        "unreported": (_("Ej rapporterat"), ""),
    }
    return [
        Link(
            label,
            replace(asked, filter=name, opened=None, row="").href(),
            current=asked.filter == name,
            count=str(counts[name]) if counts and name != "all" else "",
            shape=shape,
        )
        for name, (label, shape) in labels.items()
    ]


def _empty(asked: Asked, frame: Frame) -> Empty:
    if asked.filter != "all":
        return Empty(
            _("Inget att visa här"),
            _("Inget mål, ingen indikator och inget uppdrag motsvarar filtret."),
            icon="circle-check",
        )
    return Empty(
        _("Inga mål för %(year)s än") % {"year": frame.year},
        _("Här står nämndens mål under fullmäktiges, med indikatorer och uppdrag, när planen har fått sina mål."),
        icon="target",
    )  # fmt: skip


def _crumbs(context: Context, year: int) -> tuple[Crumb, ...]:
    return (
        Crumb(context.body.name if context.body else _("Alla nämnder")),
        Crumb(str(year)),
        Crumb(_("Mål")),
    )


def _nothing_yet(context: Context, year: int) -> TreePage:
    return TreePage(
        title=_("Mål %(year)s") % {"year": year},
        lead="",
        crumbs=_crumbs(context, year),
        chips=(),
        compare=None,
        note="",
        table=Table(
            key="mal",
            caption=_("Mål"),
            caption_hidden=True,
            columns=(),
            rows=(),
            empty=Empty(
                _("Året %(year)s är inte upplagt") % {"year": year},
                _("När året har fått sin styrmodell och sina mål står de här."),
                icon="target",
            ),
        ),
        opened=None,
    )
