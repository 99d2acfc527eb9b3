"""The register of suppliers, and the checks of them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.identity import digits, is_personal, is_valid, written
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.procurement import selectors
from uppsikt.procurement.actions.checking import personal_problems, refuse_personal
from uppsikt.procurement.models import Supplier, SupplierCheck
from uppsikt.procurement.rules.words import CheckOutcome

FOREIGN = re.compile(r"[A-Z]{2}[A-Z0-9 .-]{0,17}[0-9][A-Z]?")
"""A number of another country's, with its two letters first."""


@atomic
def save_supplier(
    *,
    key: str,
    name: str,
    org_number: str = "",
    sole_trader: bool = False,
    codes: str = "",
    exempt: str = "",
    note: str = "",
    by: Actor,
) -> tuple[Supplier, bool]:
    """Add a supplier, or change one; one that was removed stands again.

    A personal number makes it a sole trader and is then thrown away: it is neither stored nor told in the history.

    Args: codes: the ledger's counterparty codes, with spaces between. exempt: why it is left out of contract compliance.
    Raises: InputError when the number has a wrong check digit, another supplier has the number or a code, a code is a
        personal number, or a text holds one.
    """
    supplier = Supplier.objects.filter(key=key).first() or Supplier(key=key)
    sole_trader = sole_trader or is_personal(org_number)
    number = "" if sole_trader else written(org_number)
    listed = list(dict.fromkeys(codes.split()))
    problems = [
        *personal_problems({"key": key, "name": name, "exempt": exempt, "note": note}),
        *_number_problems(key, number),
        *_code_problems(key, listed),
    ]
    if problems:
        raise InputError(*problems)
    difference = changed(
        supplier,
        {
            "name": name.strip(),
            "org_number": number,
            "sole_trader": sole_trader,
            "codes": " ".join(listed),
            "exempt": exempt.strip(),
            "note": note.strip(),
        },
    )
    if supplier.removed_at is not None:
        supplier.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return supplier, False
    supplier.full_clean()
    supplier.save()
    _record(EventKind.SUPPLIER_SAVED, supplier, by, difference)
    return supplier, True


@atomic
def remove_supplier(*, supplier: Supplier, by: Actor) -> bool:
    """Take a supplier out of the register. Nothing is lost: `restore_supplier` puts it back.

    Raises: InputError while an agreement with it stands.
    """
    if supplier.removed_at is not None:
        return False
    held = selectors.agreements().filter(supplier=supplier).first()
    if held is not None:
        raise refuse(
            "in-use", f"Avtalet {held.title} är tecknat med {supplier.name}.", remedy="Ta bort avtalet först."
        )
    supplier.removed_at = clock.now()
    supplier.save(update_fields=["removed_at"])
    _record(EventKind.SUPPLIER_REMOVED, supplier, by, {})
    return True


@atomic
def restore_supplier(*, supplier: Supplier, by: Actor) -> bool:
    """Put a removed supplier back. Raises: InputError when another has taken over its number or a code."""
    if supplier.removed_at is None:
        return False
    problems = [
        *_number_problems(supplier.key, supplier.org_number),
        *_code_problems(supplier.key, supplier.codes.split()),
    ]
    if problems:
        raise InputError(*problems)
    supplier.removed_at = None
    supplier.save(update_fields=["removed_at"])
    _record(EventKind.SUPPLIER_SAVED, supplier, by, {"removed": [True, False]})
    return True


@atomic
def check_supplier(
    *, supplier: Supplier, date: dt.date, kind: str, outcome: str, note: str = "", by: Actor
) -> tuple[SupplierCheck, bool]:
    """Write down a check of a supplier; one of the same kind and day takes the earlier one's place.

    Raises: InputError for an unknown outcome, a day to come, an outcome that needs a note and has none, or a text
        that holds a personal number.
    """
    _check_outcome(outcome)
    refuse_personal(kind=kind, note=note)
    if date > clock.today():
        raise refuse(
            "date", "Dagen har inte varit än.", field="date", remedy="Skriv dagen då kontrollen gjordes."
        )
    if outcome != CheckOutcome.OK.value and not note.strip():
        raise refuse(
            "note", "Det står inte vad anmärkningen gäller.", field="note", remedy="Skriv det i anteckningen."
        )
    old = selectors.checks(supplier).filter(date=date, kind=kind.strip()).first()
    before = {"outcome": old.outcome, "note": old.note} if old else {}
    after = {"outcome": outcome, "note": note.strip()}
    if old is not None and before == after:
        return old, False
    new = supersede(old, SupplierCheck(supplier=supplier, date=date, kind=kind.strip(), **after), by=by)
    told = {name: [before.get(name), value] for name, value in after.items()}
    _record(EventKind.SUPPLIER_CHECKED, supplier, by, {"date": date.isoformat(), "kind": new.kind, **told})
    return new, True


def _check_outcome(outcome: str) -> None:
    if outcome not in set(CheckOutcome):
        raise refuse(
            "outcome",
            f"”{outcome}” är inget utfall.",
            field="outcome",
            remedy=f"Välj något av: {', '.join(CheckOutcome)}.",
        )


def _number_problems(key: str, number: str) -> list[Problem]:
    if not number:
        return []
    if digits(number) and not is_valid(number):
        return [
            Problem(
                "number",
                Where(field="org_number"),
                f"Organisationsnumret {number} har fel kontrollsiffra.",
                "Kontrollera numret.",
            )
        ]
    if not digits(number) and not FOREIGN.fullmatch(number):
        return [
            Problem(
                "number",
                Where(field="org_number"),
                f"”{number}” är inget organisationsnummer.",
                "Skriv tio siffror, eller ett utländskt nummer med landets två bokstäver först.",
            )
        ]
    other = selectors.suppliers().filter(org_number=number).exclude(key=key).first()
    if other is None:
        return []
    return [
        Problem(
            "number",
            Where(field="org_number"),
            f"Numret {number} har redan {other.name}.",
            "Ändra den leverantören.",
        )
    ]


def _code_problems(key: str, codes: list[str]) -> list[Problem]:
    """A code belongs to one supplier, or what was bought would be counted twice; a personal number is no code."""
    found = [
        Problem(
            "personal",
            Where(field="codes"),
            "En av koderna är ett personnummer.",
            "Skriv den inte: köp på sådana koder redovisas tillsammans som enskilda näringsidkare.",
        )
        for code in codes
        if is_personal(code)
    ][:1]
    if not codes:
        return found
    held = {
        code: name
        for name, listed in selectors.suppliers()
        .exclude(key=key)
        .exclude(codes="")
        .values_list("name", "codes")
        for code in listed.split()
    }
    return found + [
        Problem(
            "code",
            Where(field="codes"),
            f"Koden {code} hör redan till {held[code]}.",
            "Låt koden stå på en leverantör.",
        )
        for code in codes
        if code in held
    ]


def _record(kind: EventKind, supplier: Supplier, by: Actor, data: dict[str, Any]) -> None:
    record(kind, by=by, subject=selectors.subject(supplier), label=supplier.name, data=data)
