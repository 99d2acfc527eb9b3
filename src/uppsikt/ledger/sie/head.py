"""What a SIE file says outside its vouchers: who, which year, accounts, objects and stated balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from uppsikt.ledger.sie.grammar import Field, amount_of, day_of, loose_amount_of
from uppsikt.ledger.sie.tally import Context, Tally

RESERVED = {
    1: "Kostnadsställe", 2: "Kostnadsbärare", 6: "Projekt", 7: "Anställd", 8: "Kund", 9: "Leverantör", 10: "Faktura",
}  # fmt: skip
"""Dimensions that need no #DIM (SIE 4B, chapter 8)."""

_FACTS = {
    "#PROGRAM": "program", "#FORMAT": "declared_encoding", "#GEN": "generated", "#SIETYP": "type",
    "#FNAMN": "company", "#ORGNR": "org_number", "#KPTYP": "account_plan", "#VALUTA": "currency",
    "#FLAGGA": "read_before", "#OMFATTN": "covers_to", "#TAXAR": "tax_year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One #PSALDO or #PBUDGET of the current year. `month` is "YYYYMM"; `members` the object list as written."""

    row: int
    month: str
    account: str
    members: tuple[str, ...]
    ore: int


@dataclass(slots=True)
class Head:
    """Everything but the vouchers. Balances: account -> (line, öre) of the current year."""

    facts: dict[str, str] = field(default_factory=dict)
    year: tuple[str, str] | None = None
    year_row: int = 0
    accounts: dict[str, str] = field(default_factory=dict)
    dimensions: dict[int, str] = field(default_factory=dict)
    objects: dict[tuple[int, str], str] = field(default_factory=dict)
    opening: dict[str, tuple[int, int]] = field(default_factory=dict)
    closing: dict[str, tuple[int, int]] = field(default_factory=dict)
    result: dict[str, tuple[int, int]] = field(default_factory=dict)
    balances: list[Period] = field(default_factory=list)
    budgets: list[Period] = field(default_factory=list)
    checksums: list[tuple[int, str]] = field(default_factory=list)
    stated: bool = False

    def balances_of(self, label: str) -> dict[str, tuple[int, int]]:
        """The dict that #IB, #UB or #RES fills."""
        return {"#IB": self.opening, "#UB": self.closing, "#RES": self.result}[label]


def read_head(records: Iterable[tuple[int, list[Field]]], context: Context, tally: Tally) -> Head:
    """Everything known of the records outside vouchers. Unknown labels are ignored (SIE 4B, 7.1)."""
    head = Head()
    for row, record in records:
        label = record[0].upper() if isinstance(record[0], str) else ""
        members = next((one for one in record if isinstance(one, tuple)), ())
        values = [one.strip() for one in record[1:] if isinstance(one, str)]
        first, second, third = (*values, "", "", "")[:3]
        if label in _FACTS:
            head.facts.setdefault(_FACTS[label], " ".join(values[:2]) if label == "#PROGRAM" else first)
        elif label == "#RAR":
            if first == "0":
                head.year, head.year_row = _year(row, second, third, context, tally), row
        elif label == "#KONTO":
            head.accounts[first] = second
        elif label in {"#DIM", "#UNDERDIM"} and first.isdigit():
            head.dimensions[int(first)] = second
        elif label == "#OBJEKT" and first.isdigit():
            head.objects[int(first), second] = third
        elif label in {"#IB", "#UB", "#RES"}:
            head.stated = True
            ore = _amount(row, third, context, tally)
            if first in {"0", "-0", "+0"} and ore is not None:
                head.balances_of(label)[second] = row, ore
        elif label in {"#PSALDO", "#PBUDGET"}:
            head.stated = True
            ore = _amount(row, (*values, "", "", "", "")[3], context, tally)
            if first == "0" and ore is not None:
                listed = head.balances if label == "#PSALDO" else head.budgets
                if len(second) == 6 and day_of(f"{second}01"):
                    listed.append(Period(row, second, third, members, ore))
                else:
                    _no_month(row, label, second, context, tally)
        elif label == "#KSUMMA":
            head.checksums.append((row, first))
    return head


def _year(row: int, first: str, last: str, context: Context, tally: Tally) -> tuple[str, str] | None:
    start, end = day_of(first), day_of(last)
    if not first:
        tally.warn(context, row, "year-empty", "#RAR är tom; året lästes ur verifikationerna.")
        return None
    if start and not last:
        end = f"{start[:4]}-12-31"
        tally.warn(context, row, "year-end", f"#RAR saknar slutdatum; {end} antogs.")
    if start and end and start <= end:
        return start, end
    tally.refuse(
        context, row, "year", f"Räkenskapsåret ”{first}–{last}” kan inte läsas.",
        "#RAR 0 ska ha årets första och sista dag, som 20260101 20261231.",
    )  # fmt: skip
    return None


def _amount(row: int, written: str, context: Context, tally: Tally) -> int | None:
    ore = amount_of(written)
    if ore is None:
        ore = loose_amount_of(written)
        if ore is None:
            tally.refuse(
                context, row, "amount", f"Beloppet ”{written}” kan inte läsas.", "Belopp skrivs som -1234.50."
            )
        else:
            tally.warn(
                context, row, "odd-amount", f"Beloppet ”{written}” följer inte formatet men gick att läsa."
            )
    return ore


def _no_month(row: int, label: str, written: str, context: Context, tally: Tally) -> None:
    message, remedy = f"Perioden ”{written}” finns inte.", "Perioder skrivs som 202601."
    if label == "#PBUDGET":
        tally.warn(context, row, "budget-period", f"{message} Budgetposten lästes inte.", remedy)
    else:
        tally.refuse(context, row, "period", message, remedy)
