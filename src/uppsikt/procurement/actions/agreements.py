"""Agreements with suppliers, and what following them up found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body
from uppsikt.procurement import selectors
from uppsikt.procurement.actions.checking import personal_problems, refuse_personal
from uppsikt.procurement.models import Agreement, AgreementFollowUp, Supplier
from uppsikt.procurement.rules.words import AgreementKind


@atomic
def save_agreement(
    *,
    key: str,
    title: str,
    supplier: Supplier,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    number: str = "",
    kind: str = AgreementKind.FRAMEWORK.value,
    bodies: Iterable[Body] = (),
    value_ore: int | None = None,
    case_number: str = "",
    category: str = "",
    responsible: User | None = None,
    follow_up_due: dt.date | None = None,
    by: Actor,
) -> tuple[Agreement, bool]:
    """Add an agreement, or change one; one that was removed stands again.

    Args: bodies: whom it holds for; nobody named is everybody. valid_to: included; None until further notice.
    Raises: InputError for an unknown kind, an end before the beginning, a number that another agreement has, a
        removed supplier, or a text that holds a personal number.
    """
    agreement = Agreement.objects.filter(key=key).first() or Agreement(key=key)
    chosen = sorted(bodies, key=lambda body: body.key)
    problems = [
        *personal_problems(
            {"key": key, "title": title, "number": number, "category": category, "case_number": case_number}
        ),
        *_problems(key, kind, number.strip(), supplier, valid_from, valid_to),
    ]
    if problems:
        raise InputError(*problems)
    difference = changed(
        agreement,
        {
            "number": number.strip(),
            "title": title.strip(),
            "supplier": supplier,
            "kind": kind,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "value_ore": value_ore,
            "case_number": case_number.strip(),
            "category": category.strip(),
            "responsible": responsible,
            "follow_up_due": follow_up_due,
        },
    )
    before = sorted(body.key for body in agreement.bodies.all()) if agreement.pk else None
    after = [body.key for body in chosen]
    if before != after and (before or after):
        difference["bodies"] = [before, after]
    if agreement.removed_at is not None:
        agreement.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return agreement, False
    agreement.full_clean()
    agreement.save()
    agreement.bodies.set(chosen)
    _record(EventKind.AGREEMENT_SAVED, agreement, by, difference)
    return agreement, True


@atomic
def remove_agreement(*, agreement: Agreement, by: Actor) -> bool:
    """Take an agreement out of the register. Nothing is lost: `restore_agreement` puts it back."""
    if agreement.removed_at is not None:
        return False
    agreement.removed_at = clock.now()
    agreement.save(update_fields=["removed_at"])
    _record(EventKind.AGREEMENT_REMOVED, agreement, by, {})
    return True


@atomic
def restore_agreement(*, agreement: Agreement, by: Actor) -> bool:
    """Put a removed agreement back. Raises: InputError when its supplier is removed or its number taken over."""
    if agreement.removed_at is None:
        return False
    problems = _problems(
        agreement.key,
        agreement.kind,
        agreement.number,
        agreement.supplier,
        agreement.valid_from,
        agreement.valid_to,
    )
    if problems:
        raise InputError(*problems)
    agreement.removed_at = None
    agreement.save(update_fields=["removed_at"])
    _record(EventKind.AGREEMENT_SAVED, agreement, by, {"removed": [True, False]})
    return True


@atomic
def follow_up_agreement(
    *, agreement: Agreement, date: dt.date, finding: str, recovered_ore: int = 0, note: str = "", by: Actor
) -> tuple[AgreementFollowUp, bool]:
    """Write down what following up an agreement found; one of the same day takes the earlier one's place.

    Args: recovered_ore: what the supplier paid back, positive.
    Raises: InputError without a finding, with an amount below zero, or when a text holds a personal number.
    """
    refuse_personal(finding=finding, note=note)
    if not finding.strip():
        raise refuse("finding", "Det står inte vad som framkom.", field="finding", remedy="Skriv det kort.")
    if recovered_ore < 0:
        raise refuse(
            "amount",
            "Ett återfört belopp skrivs utan minus.",
            field="recovered",
            remedy="Ta bort minustecknet.",
        )
    old = selectors.follow_ups(agreement).filter(date=date).first()
    after: dict[str, Any] = {
        "finding": finding.strip(),
        "recovered_ore": recovered_ore,
        "note": note.strip(),
    }
    before = {name: getattr(old, name) for name in after} if old else {}
    if old is not None and before == after:
        return old, False
    new = supersede(old, AgreementFollowUp(agreement=agreement, date=date, **after), by=by)
    told = {name: [before.get(name), value] for name, value in after.items()}
    _record(EventKind.AGREEMENT_FOLLOWED_UP, agreement, by, {"date": date.isoformat(), **told})
    return new, True


def _problems(
    key: str, kind: str, number: str, supplier: Supplier, first: dt.date, last: dt.date | None
) -> list[Problem]:
    found = []
    if kind not in set(AgreementKind):
        remedy = f"Välj något av: {', '.join(AgreementKind)}."
        found.append(Problem("kind", Where(field="kind"), f"”{kind}” är inget slag av avtal.", remedy))
    if last is not None and last < first:
        found.append(
            Problem(
                "dates",
                Where(field="valid_to"),
                "Avtalet slutar innan det börjar.",
                "Rätta någon av dagarna.",
            )
        )
    if supplier.removed_at is not None:
        found.append(
            Problem(
                "supplier",
                Where(field="supplier"),
                f"{supplier.name} är borttagen ur registret.",
                "Lägg tillbaka leverantören först.",
            )
        )
    other = selectors.agreements().filter(number=number).exclude(key=key).first() if number else None
    if other is not None:
        found.append(
            Problem(
                "number",
                Where(field="number"),
                f"Avtalsnumret {number} har redan {other.title}.",
                "Ändra det avtalet.",
            )
        )
    return found


def _record(kind: EventKind, agreement: Agreement, by: Actor, data: dict[str, Any]) -> None:
    named = list(agreement.bodies.values_list("key", flat=True)[:2])
    record(
        kind,
        by=by,
        subject=selectors.subject(agreement),
        label=agreement.title,
        body_key=named[0] if len(named) == 1 else "",
        data=data,
    )
