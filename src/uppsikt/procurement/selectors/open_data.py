"""The rows of the open data, read from the ledger a month and a page at a time: never all at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from uppsikt.economy.rules.grain import Nodes
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.ledger.rows import EntryRow
from uppsikt.organisation import selectors as organisation
from uppsikt.procurement import selectors
from uppsikt.procurement.rules.open_data import COLUMNS, Buyer, Entry, Seller, row
from uppsikt.procurement.rules.purchases import Purchase, covering
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors.spend import Buying
from uppsikt.procurement.selectors.vouchers import homes_of

PAGE = 20_000


def buyer(held: Buying) -> Buyer:
    """The municipality as buyer. Raises: InputError with all that has not been settled and the file must have."""
    owner = organisation.municipality()
    number, code = held.limits.text(LimitKey.BUYER), held.limits.text(LimitKey.CODE)
    problems = [
        Problem(
            "missing",
            Where(field=key.value),
            f"{key.label} är inte angiven.",
            "Ange den under Inköp, Gränser.",
        )
        for key, value in (
            (LimitKey.BUYER, number),
            (LimitKey.OPERATING, held.limits.text(LimitKey.OPERATING)),
        )
        if not value
    ]
    if held.view is None:
        problems.append(
            Problem(
                "ledger",
                Where(),
                "Tillfället läser ingen huvudbok.",
                "Läs in en och välj den för tillfället.",
            )
        )
    if owner is None:
        problems.append(
            Problem("owner", Where(), "Kommunen är inte upplagd.", "Läs in den med en datamängd.")
        )
    if problems or owner is None:
        raise InputError(*problems)
    return Buyer(number, owner.name, code)


def rows(held: Buying) -> Iterator[dict[str, str]]:
    """Every entry that is a purchase with a counterparty, by month. Raises: InputError as `buyer`, before the first."""
    who = buyer(held)
    return _rows(held, who)


def lines(held: Buying) -> Iterator[str]:
    """The file as CSV, line by line: comma between, headings first. Raises: InputError as `buyer`, before the first."""
    told = rows(held)
    return _lines(told)


def _lines(told: Iterator[dict[str, str]]) -> Iterator[str]:
    yield _line(dict(zip(COLUMNS, COLUMNS, strict=True)))
    for one in told:
        yield _line(one)


def _line(values: dict[str, str]) -> str:
    out = io.StringIO()
    csv.DictWriter(out, COLUMNS, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _rows(held: Buying, who: Buyer) -> Iterator[dict[str, str]]:
    numbers = {one.key: one.number or one.title for one in selectors.agreements()}
    names, homes = organisation.body_names(held.round.cutoff), homes_of(held)
    for month in range(held.first, held.last + 1):
        for line, investment in held.lines:
            for entry in _entries(held, line, month):
                body = homes.get(entry.cost_centre, "")
                if entry.counterparty and (held.bodies is None or body in held.bodies):
                    purchase = _purchase(held, entry, body, investment=investment)
                    cover = covering(purchase, held.covers)
                    told = _told(
                        held, entry, names.get(body, body), numbers.get(cover.agreement, "") if cover else ""
                    )
                    yield row(who, _seller(held, purchase), told)


def _entries(held: Buying, line: str, month: int) -> Iterator[EntryRow]:
    view = held.view
    assert view is not None
    scope = view.scope(Nodes(line=line), year=held.year, first=month, last=month)
    offset = 0
    while page := view.entries(scope, limit=PAGE, offset=offset):
        yield from page
        offset += len(page)
        if len(page) < PAGE:
            return


def _purchase(held: Buying, entry: EntryRow, body: str, *, investment: bool) -> Purchase:
    day = entry.date
    supplier = held.codes.get(entry.counterparty, "")
    return Purchase(
        entry.counterparty, supplier, body, day.year, day.month, day.day, entry.amount_ore, investment
    )


def _seller(held: Buying, purchase: Purchase) -> Seller:
    supplier = held.suppliers.get(purchase.supplier)
    if supplier is None:
        return Seller(held.name(f"code:{purchase.code}"), purchase.code)
    return Seller(supplier.name, supplier.org_number or purchase.code, supplier.sole_trader)


def _told(held: Buying, entry: EntryRow, body: str, agreement: str) -> Entry:
    assert held.view is not None
    return Entry(
        f"{entry.series}{entry.number}",
        entry.account,
        held.view.coding(held.year).name("line", entry.account),
        entry.amount_ore,
        entry.date,
        body,
        agreement,
    )
