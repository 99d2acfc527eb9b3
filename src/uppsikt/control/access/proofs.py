"""Finding samples, deficiencies and evidence for a person, or refusing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.control.access.items import Person, allows_item, require_item
from uppsikt.control.selectors import (
    Deficiency,
    Evidence,
    Mitigation,
    Occasion,
    SampleDraw,
    SampleItem,
    control_rows,
    deficiencies,
    evidence,
    samples,
)
from uppsikt.control.selectors.evidence import Target
from uppsikt.followup.selectors import Item
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission

REPORTERS = (Permission.REPORT, Permission.CONTROL)


def reported(user: Person, pk: int) -> Occasion:
    """The occasion, for one who makes the control: draws for it, writes down what was wrong. Raises: as `risk`."""
    found = control_rows.occasion(pk)
    if found is None or found.removed_at is not None:
        raise Http404
    _require_any_item(user, found.control.item, REPORTERS)
    return found


def deficiency(user: Person, key: str, *permissions: Permission, removed: bool = False) -> Deficiency:
    """The deficiency, for one with one of the permissions (reading, if none is said). Raises: as `risk`."""
    found = deficiencies.by_key(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    _require_any_item(user, found.occasion.control.item, permissions)
    return found


def sample(user: Person, pk: int, *, write: bool = False, removed: bool = False) -> SampleDraw:
    """The draw. Its rows may be personal data: only those who report or control there, or audit, see them.

    Args: write: to judge its rows; an auditor's draw is the auditor's to judge, a control's those who make it.
        removed: one that was taken out may be seen as well.
    Raises: as `risk`.
    """
    found = samples.draw(pk)
    if found is None or (found.removed_at is not None and not removed):
        raise Http404
    if found.occasion is None:
        held = access.grants(user)
        wanted = (Permission.AUDIT,) if write else (Permission.AUDIT, Permission.CONTROL)
        if not any(held.allows(one, body=found.body.key) for one in wanted):
            access.require(user, Permission.AUDIT, body=found.body.key)
    else:
        reading = REPORTERS if write else (*REPORTERS, Permission.AUDIT)
        _require_any_item(user, found.occasion.control.item, reading)
    return found


def may_judge(user: Person, draw: SampleDraw) -> bool:
    """Whether the person may judge the rows of a draw."""
    if draw.occasion is None:
        return access.grants(user).allows(Permission.AUDIT, body=draw.body.key)
    return any(allows_item(user, one, draw.occasion.control.item) for one in REPORTERS)


def may_see(user: Person, occasion: Occasion) -> bool:
    """Whether the person may see the rows drawn for an occasion."""
    return any(allows_item(user, one, occasion.control.item) for one in (*REPORTERS, Permission.AUDIT))


def sample_item(user: Person, pk: int, row: int) -> SampleItem:
    """A drawn row, for one who may judge it. Raises: as `risk`."""
    found = samples.item(sample(user, pk, write=True), row)
    if found is None:
        raise Http404
    return found


def proved(user: Person, of: str, pk: int) -> Target:
    """What evidence is to be attached to, for one who may. Args: of: a key of `selectors.evidence.TARGETS`.

    Raises: as `risk`.
    """
    found = evidence.target(of, pk)
    if found is None:
        raise Http404
    if not may_prove(user, found):
        _require_readable(user, found)
        raise PermissionDenied
    return found


def may_prove(user: Person, target: Target) -> bool:
    """Whether the person may attach evidence: those who make the control or carry out what is promised; on a review,
    the auditor too.
    """
    if isinstance(target, Occasion | Mitigation):
        item = target.control.item if isinstance(target, Occasion) else target.item
        return any(allows_item(user, one, item) for one in REPORTERS)
    held = access.grants(user)
    wanted = (*REPORTERS, Permission.AUDIT)
    return any(held.allows(one, body=body) for one in wanted for body in evidence.bodies_of(target))


def proof(user: Person, pk: int, *, write: bool = False, removed: bool = False) -> Evidence:
    """The piece of evidence, for one who may read what it is attached to (or, to `write`, change it).

    Raises: as `risk`.
    """
    found = evidence.evidence(pk)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    target = evidence.attached_to(found)
    _require_readable(user, target)
    if write and not may_prove(user, target):
        raise PermissionDenied
    return found


def _require_readable(user: Person, target: Target) -> None:
    held = access.grants(user)
    if not any(held.allows(Permission.READ, body=body) for body in evidence.bodies_of(target)):
        raise Http404


def _require_any_item(user: Person, item: Item, permissions: tuple[Permission, ...]) -> None:
    if not any(allows_item(user, permission, item) for permission in permissions):
        require_item(user, permissions[0] if permissions else Permission.READ, item)
