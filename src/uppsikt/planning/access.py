"""Finding things of the plan for a person, or refusing: the only way views and the API get objects."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import Section, SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.organisation import access
from uppsikt.organisation.rules import BodyKind, Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.rules.reporting import PERMISSIONS
from uppsikt.planning.selectors import Assignment, Goal, Indicator, IndicatorUse, Target
from uppsikt.planning.selectors.reporting_sheet import Part
from uppsikt.planning.selectors.reporting_tasks import reporting_bodies

Person = User | AnonymousUser
PlanRow = Goal | IndicatorUse | Assignment


def goal(user: Person, key: str, permission: Permission = Permission.READ) -> Goal:
    """The goal, when the person has `permission` for it. What the council has set, every reader may read.

    Raises: Http404 outside what the person may read, PermissionDenied inside.
    """
    found = selectors.goals().filter(key=key).first()
    if found is None:
        raise Http404
    if permission is Permission.READ and found.body.kind == BodyKind.COUNCIL.value:
        anywhere(user, permission)
        return found
    access.require(
        user, permission, body=found.body.key, responsible=found.responsible.key if found.responsible else ""
    )
    return found


def use(user: Person, key: str, permission: Permission = Permission.READ) -> IndicatorUse:
    """The indicator in its plan, when the person has `permission` for it. Raises as `goal`."""
    found = selectors.uses().filter(key=key).first()
    if found is None:
        raise Http404
    access.require(
        user,
        permission,
        body=found.body.key,
        unit=found.unit.key if found.unit else "",
        responsible=found.responsible.key if found.responsible else "",
    )
    return found


def assignment(user: Person, key: str, permission: Permission = Permission.READ) -> Assignment:
    """The assignment, when the person has `permission` for it. Raises as `goal`."""
    found = selectors.assignments().filter(item__key=key).first()
    if found is None:
        raise Http404
    item = found.item
    access.require(
        user,
        permission,
        body=item.body.key,
        unit=item.unit.key if item.unit else "",
        responsible=item.responsible.key if item.responsible else "",
    )
    return found


def anywhere(user: Person, permission: Permission) -> None:
    """Let the person pass when they have `permission` for anything at all. Raises: PermissionDenied."""
    if not access.grants(user).anywhere(permission):
        raise PermissionDenied


def indicator(user: Person, key: str) -> Indicator:
    """The series, when the person may read a plan that uses it; an unused one any reader may read.

    Raises: Http404 when there is none such, or only in plans outside what the person may read.
    """
    found = selectors.indicators().filter(key=key).first()
    if found is None:
        raise Http404
    anywhere(user, Permission.READ)
    readable = access.readable_bodies(user)
    if readable is not None:
        owners = set(selectors.uses().filter(indicator=found).values_list("body__key", flat=True))
        if owners and not owners & readable:
            raise Http404
    return found


def use_of(user: Person, series: Indicator, key: str, chosen: Context) -> IndicatorUse | None:
    """The plan to show an indicator in: the asked-for one, else the chosen body's and year's, else the latest.

    Raises: as `use` for the asked-for one. Returns: None when no plan that may be read uses it.
    """
    if key:
        found = use(user, key)
        if found.indicator_id != series.pk:
            raise Http404
        return found
    rows = selectors.plans_using(series, access.readable_bodies(user))
    body = chosen.body.key if chosen.body else ""
    return min(
        rows,
        key=lambda row: (row.year_id != chosen.year, row.body.key != body, -row.year_id),
        default=None,
    )


def round_(user: Person, key: str) -> Round:
    """The round, for anyone who may read something. Raises: Http404 when there is none such."""
    anywhere(user, Permission.READ)
    found = cycle.round_by_key(key)
    if found is None:
        raise Http404
    return found


def may_write(user: Person) -> Callable[[Part], bool]:
    """Whether the person may write a part of a page of reporting. Asks the database at most once."""
    held = access.grants(user)

    def allowed(part: Part) -> bool:
        return held.allows(PERMISSIONS[part.kind], body=part.body, unit=part.unit, responsible=part.person)

    return allowed


def plan_of(user: Person, key: str, year: int, permission: Permission = Permission.READ) -> Body:
    """The body whose plan it is, when the person has `permission` there and the year has been set up.

    Raises: Http404, PermissionDenied as `organisation.access.body`.
    """
    found = access.body(user, key, permission)
    if cycle.document(year) is None:
        raise Http404
    return found


def planned_bodies(user: Person) -> frozenset[str] | None:
    """The keys of the bodies whose whole plans the person may make; None means all."""
    held = access.grants(user)
    keys = held.bodies(Permission.PLAN)
    return keys if keys is None else frozenset(key for key in keys if held.allows(Permission.PLAN, body=key))


def goal_in_plan(key: str, body: Body, year: int) -> Goal:
    """The body's own goal that something is to be put under. Raises: Http404."""
    found = selectors.goals(year).filter(body=body, key=key).first()
    if found is None:
        raise Http404
    return found


def section_in_plan(key: str, model: SteeringModel) -> Section:
    """The section of the model that something is to be put in. Raises: Http404."""
    found = next((each for each in model.sections if each.key == key), None)
    if found is None:
        raise Http404
    return found


def target_of(row: IndicatorUse, role: str, model: SteeringModel) -> Target | None:
    """The target that stands in a role of the model. Raises: Http404 for a role it does not use."""
    used = {"milestone": model.targets.milestone, "final": model.targets.final}
    if not used.get(role):
        raise Http404
    return selectors.target_of_role(row, role, model)


def plan_row(user: Person, kind: str, key: str, *, removed: bool = False) -> PlanRow:
    """Something that stands in a plan (or has been taken out of it), when the person may plan there.

    Raises: as `goal`; Http404 for a kind that is none of goals, uses, assignments.
    """
    if removed:
        found = selectors.removed_row(kind, key)
        if found is None:
            raise Http404
        access.require(user, Permission.PLAN, body=place_of(found)[0].key)
        return found
    match kind:
        case "goals":
            return goal(user, key, Permission.PLAN)
        case "uses":
            return use(user, key, Permission.PLAN)
        case "assignments":
            return assignment(user, key, Permission.PLAN)
        case _:
            raise Http404


def place_of(row: PlanRow) -> tuple[Body, int]:
    """The body and year in whose plan it stands."""
    if isinstance(row, Assignment):
        return row.item.body, row.item.year_id
    return row.body, row.year_id


def name_of(row: PlanRow) -> str:
    """What it is called."""
    if isinstance(row, IndicatorUse):
        return row.label or row.indicator.name
    return row.title if isinstance(row, Assignment) else row.name


def may_run(user: Person, chosen: Round, body: str) -> bool:
    """Whether the person may open and close the round: for every body that reports in it, since it is one for all."""
    held = access.grants(user)
    if held.allows(Permission.RUN_ROUND):
        return True
    return all(
        held.allows(Permission.RUN_ROUND, body=key) for key in {body, *reporting_bodies(chosen.year_id)}
    )
