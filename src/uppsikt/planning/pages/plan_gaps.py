"""What is left to settle in a plan before it is adopted, and which years there are to plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import COUNCIL, SteeringModel
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.pages import links
from uppsikt.planning.pages.words import counted, noun
from uppsikt.planning.selectors import Goal, OutlineGoal, Snapshot
from uppsikt.web.parts import Action, Link


def target_roles(model: SteeringModel) -> tuple[tuple[str, str], ...]:
    """The roles of targets that the model uses, each with the model's key for its word."""
    roles = (
        ("milestone", "target", model.targets.milestone),
        ("final", "final_target", model.targets.final),
    )
    return tuple((role, word) for role, word, used in roles if used)


def gaps(
    view: Snapshot, missing: Sequence[Goal], outline: Sequence[OutlineGoal], *, is_council: bool
) -> tuple[str, ...]:
    """What is left, in words. Missing targets are counted as the plan shows them: by role, in its own rows."""
    model = view.model
    shown = [each for goal in view.goals if goal.own for each in goal.indicators]
    empty = [goal for goal in view.committee_goals if not goal.indicators and not goal.assignments]
    nobody = [row for row in view.assignments if row.assignment.item.responsible_id is None]
    found = [] if is_council else _above(view, outline)
    if missing:
        found.append(_("%(count)s av fullmäktiges mål saknar svar") % {"count": len(missing)})
    for role, word in target_roles(model):
        if bare := sum(each.target_for(role) is None for each in shown):
            words = {"indicators": counted(model, "indicator", bare), "target": noun(model, word)}
            found.append(_("%(indicators)s saknar %(target)s") % words)
    if empty:
        words = {
            "goals": counted(model, "goal", len(empty)),
            "indicators": noun(model, "indicator", 2),
            "assignments": noun(model, "assignment", 2),
        }
        found.append(_("%(goals)s har varken %(indicators)s eller %(assignments)s") % words)
    if nobody:
        found.append(
            _("%(assignments)s saknar ansvarig") % {"assignments": counted(model, "assignment", len(nobody))}
        )
    return tuple(found)


def _above(view: Snapshot, outline: Sequence[OutlineGoal]) -> list[str]:
    """Whether there is something of the council's to answer, and whether every goal answers it."""
    council = {level.key for level in view.model.levels if level.owner == COUNCIL}
    if not council:
        return []
    if not any(goal.level in council for goal in outline):
        return [_("Fullmäktiges mål för %(year)s är inte upplagda än") % {"year": view.year}]
    free = sum(goal.goal.parent_id is None for goal in view.committee_goals)
    if not free:
        return []
    words = {"goals": counted(view.model, "goal", free)}
    return [_("%(goals)s står inte under något av fullmäktiges mål") % words]


def year_links(body: Body, year: int) -> tuple[Link, ...]:
    """The years the body has plans for, the one shown and the next one that has been set up, earliest first."""
    there = set(selectors.plans().filter(body=body).values_list("year_id", flat=True))
    following = {each.year for each in cycle.years()} & {year + 1}
    return tuple(
        Link(str(each), links.plan(body.key, each), current=each == year)
        for each in sorted(there | following | {year})
    )


def next_year(year: int, years: Sequence[Link], *, may_steer: bool) -> tuple[Action | None, str]:
    """What to press, or what to ask for, when the year after is not set up. Neither when it is."""
    if any(link.label == str(year + 1) for link in years):
        return None, ""
    if may_steer:
        said = _("Lägg upp %(year)s") % {"year": year + 1}
        return Action(said, reverse("cycle:year_list"), icon="plus"), ""
    said = _("%(year)s är inte upplagt än. Be en central controller eller administratör lägga upp året.")
    return None, said % {"year": year + 1}
