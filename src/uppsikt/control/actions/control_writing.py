"""Writing controls from forms: as the other actions, but never over somebody else's change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from uppsikt.control.actions.controls import (
    generate_occasions,
    save_control,
    save_group_control,
    save_measure,
    save_occasion,
)
from uppsikt.control.actions.results import report_group, report_result
from uppsikt.control.actions.writing import Changed
from uppsikt.control.models import Control, GroupControl, Occasion
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import control_rows as rows
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.followup import actions as followup
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key


@atomic
def add_control(*, year: int, body: Body, values: Mapping[str, Any], by: Actor) -> Control:
    """Add a control last among the body's, with the year's occasions when it is said how often it is made.

    Raises: InputError as `save_control`.
    """
    group = values.get("group")
    name = values["name"] or (group.name if group else "")
    key = new_key([str(year), body.key, name], rows.keys())
    position = rows.last_position(year, body.key) + 1
    control, _new = save_control(key=key, year=year, body=body, position=position, by=by, **values)
    if rows.frequency_of(control):
        generate_occasions(control=control, by=by)
    return control


@atomic
def change_control(*, control: Control, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change a control. Raises: Changed; InputError as `save_control`."""
    _unchanged(control, version)
    item = control.item
    earlier = item.carried_over_from
    kept = {"group": control.group, "label": control.label, "footnote": control.footnote, "unit": item.unit}
    return save_control(
        key=item.key,
        year=item.year_id,
        body=item.body,
        carried_over_from=rows.control(earlier.key) if earlier else None,
        carried_from_year=item.carried_from_year,
        origin_year=item.origin_year,
        position=item.position,
        by=by,
        **(kept | dict(values)),
    )[1]


@atomic
def add_group_control(*, year: int, body: Body, values: Mapping[str, Any], by: Actor) -> GroupControl:
    """Add a group-wide control last among the year's. Raises: InputError as `save_group_control`."""
    key = new_key([str(year), values["name"]], rows.group_keys())
    position = max((row.position for row in rows.groups(year)), default=0) + 1
    return save_group_control(key=key, year=year, body=body, position=position, by=by, **values)[0]


@atomic
def change_group_control(*, group: GroupControl, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change a group-wide control. Raises: Changed; InputError as `save_group_control`."""
    _unchanged(group, version)
    return save_group_control(
        key=group.key, year=group.year_id, body=group.body, position=group.position, by=by, **values
    )[1]


@atomic
def give(*, group: GroupControl, bodies: Iterable[Body], by: Actor) -> int:
    """Give a group-wide control to bodies: a control each, with the year's occasions. Returns how many got it.

    A body that has it already keeps what it has.
    """
    held = {row.item.body_id for row in rows.controls_of(group)}
    given = 0
    for body in bodies:
        if body.pk not in held:
            add_control(year=group.year_id, body=body, values={"name": "", "group": group}, by=by)
            given += 1
    return given


@atomic
def set_measure(
    *, owner: Control | GroupControl, version: str, key: str = "", values: Mapping[str, Any], by: Actor
) -> bool:
    """Add a measure (no key) or change one. Raises: Changed; InputError as `save_measure`."""
    _unchanged(owner, version)
    group = owner if isinstance(owner, GroupControl) else None
    control = owner if isinstance(owner, Control) else None
    listed = rows.group_measures(group) if group else rows.measures_of(control) if control else []
    same = next((row for row in listed if row.key == key), None)
    return save_measure(
        group=group,
        control=control,
        key=key or new_key([values["label"]], (row.key for row in listed)),
        position=same.position if same else max((row.position for row in listed), default=0) + 1,
        by=by,
        **values,
    )[1]


@atomic
def set_occasion(*, control: Control, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Add an occasion, or change that of the same period. Raises: Changed; InputError as `save_occasion`."""
    _unchanged(control, version)
    return save_occasion(control=control, by=by, **values)[1]


@atomic
def report(
    *,
    occasion: Occasion,
    version: str,
    round_: Round | None,
    values: Mapping[str, Any],
    parts: Mapping[str, PartInput],
    by: Actor,
) -> bool:
    """Report what an occasion found. Raises: Changed; InputError as `report_result`."""
    _unchanged(occasion.control, version)
    return report_result(occasion=occasion, round_=round_, parts=parts, by=by, **values)[1]


@atomic
def report_whole(
    *,
    group: GroupControl,
    version: str,
    period: str,
    round_: Round | None,
    values: Mapping[str, Any],
    parts: Mapping[str, PartInput],
    by: Actor,
) -> bool:
    """Report what is said of the whole for a period. Raises: Changed; InputError as `report_group`."""
    _unchanged(group, version)
    return report_group(group=group, period=period, round_=round_, parts=parts, by=by, **values)[1]


@atomic
def report_status(
    *, control: Control, round_: Round, status: str, comment: str, by: Actor, importing: bool = False
) -> bool:
    """Set a control's status and comment in a round, on the steering model's scale.

    Raises: InputError as `followup.actions.report_status`.
    """
    return followup.report_status(
        item=control.item,
        round_=round_,
        status=status,
        comment=comment,
        scale=cycle.model_for(control.item.year_id).status_scale(round_.kind),
        label=rows.name_of(control),
        by=by,
        importing=importing,
    )[1]


@atomic
def set_status(
    *, control: Control, version: str, round_: Round, status: str, comment: str, by: Actor
) -> bool:
    """As `report_status`, from a form. Raises: Changed; InputError."""
    _unchanged(control, version)
    return report_status(control=control, round_=round_, status=status, comment=comment, by=by)


def _unchanged(owner: Control | GroupControl, version: str) -> None:
    if rows.version_of(owner) != version:
        raise Changed
