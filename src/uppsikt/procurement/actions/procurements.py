"""Procurements, call-offs and direct procurements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.procurement import selectors
from uppsikt.procurement.actions.checking import personal_problems
from uppsikt.procurement.models import Agreement, Procurement, Supplier
from uppsikt.procurement.rules.words import ProcurementKind


@atomic
def save_procurement(
    *,
    key: str,
    title: str,
    kind: str,
    body: Body,
    date: dt.date,
    unit: Unit | None = None,
    value_ore: int | None = None,
    period_from: dt.date | None = None,
    period_to: dt.date | None = None,
    supplier: Supplier | None = None,
    agreement: Agreement | None = None,
    case_number: str = "",
    category: str = "",
    purchaser: str = "",
    certified: bool | None = None,
    documented: bool | None = None,
    decision: Decision | None = None,
    by: Actor,
) -> tuple[Procurement, bool]:
    """Add a procurement, or change one; one that was removed stands again.

    Args: date: when it was decided, or notified for a direct procurement. value_ore: without VAT, for the whole period.
        certified, documented: answered for direct procurements; None when nobody has told.
    Raises: InputError for an unknown kind, a period that ends before it begins, a call-off from another supplier's
        agreement, a value below zero, or a text that holds a personal number.
    """
    procurement = Procurement.objects.filter(key=key).first() or Procurement(key=key)
    reference = decision or Decision()
    if agreement is not None and supplier is None:
        supplier = agreement.supplier
    problems = [
        *personal_problems(
            {
                "key": key,
                "title": title,
                "category": category,
                "purchaser": purchaser,
                "case_number": case_number,
            }
        ),
        *_problems(kind, value_ore, period_from, period_to, supplier, agreement),
    ]
    if problems:
        raise InputError(*problems)
    difference = changed(
        procurement,
        {
            "title": title.strip(),
            "kind": kind,
            "body": body,
            "unit": unit,
            "date": date,
            "value_ore": value_ore,
            "period_from": period_from,
            "period_to": period_to,
            "supplier": supplier,
            "agreement": agreement,
            "case_number": case_number.strip(),
            "category": category.strip(),
            "purchaser": purchaser.strip(),
            "certified": certified,
            "documented": documented,
            "decision_case": reference.case,
            "decision_body": reference.body,
            "decision_date": reference.date,
            "decision_section": reference.section,
        },
    )
    if procurement.removed_at is not None:
        procurement.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return procurement, False
    procurement.full_clean()
    procurement.save()
    _record(EventKind.PROCUREMENT_SAVED, procurement, by, difference)
    return procurement, True


@atomic
def remove_procurement(*, procurement: Procurement, by: Actor) -> bool:
    """Take a procurement out of the register. Nothing is lost: `restore_procurement` puts it back."""
    if procurement.removed_at is not None:
        return False
    procurement.removed_at = clock.now()
    procurement.save(update_fields=["removed_at"])
    _record(EventKind.PROCUREMENT_REMOVED, procurement, by, {})
    return True


@atomic
def restore_procurement(*, procurement: Procurement, by: Actor) -> bool:
    """Put a removed procurement back."""
    if procurement.removed_at is None:
        return False
    procurement.removed_at = None
    procurement.save(update_fields=["removed_at"])
    _record(EventKind.PROCUREMENT_SAVED, procurement, by, {"removed": [True, False]})
    return True


def _problems(
    kind: str,
    value_ore: int | None,
    first: dt.date | None,
    last: dt.date | None,
    supplier: Supplier | None,
    agreement: Agreement | None,
) -> list[Problem]:
    found = []
    if kind not in set(ProcurementKind):
        remedy = f"Välj något av: {', '.join(ProcurementKind)}."
        found.append(Problem("kind", Where(field="kind"), f"”{kind}” är inget slag av upphandling.", remedy))
    if value_ore is not None and value_ore < 0:
        found.append(
            Problem("value", Where(field="value_ore"), "Värdet är mindre än noll.", "Skriv det utan minus.")
        )
    if first is not None and last is not None and last < first:
        found.append(
            Problem(
                "dates",
                Where(field="period_to"),
                "Avtalstiden slutar innan den börjar.",
                "Rätta någon av dagarna.",
            )
        )
    if agreement is not None and supplier is not None and agreement.supplier_id != supplier.pk:
        found.append(
            Problem(
                "agreement",
                Where(field="agreement"),
                f"Avtalet {agreement.title} är tecknat med {agreement.supplier.name}, inte {supplier.name}.",
                "Välj leverantörens eget avtal, eller låt leverantören stå tom.",
            )
        )
    return found


def _record(kind: EventKind, procurement: Procurement, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject(procurement),
        label=procurement.title,
        body_key=procurement.body.key,
        data=data,
    )
