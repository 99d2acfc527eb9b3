"""Lists that an auditor draws samples from, built of what stood at a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.control.rules.lists import MOST_ROWS
from uppsikt.cycle import selectors as cycle
from uppsikt.desk.rules.areas import Area
from uppsikt.desk.rules.pack import csv_pieces, plain_name
from uppsikt.desk.selectors.areas import areas
from uppsikt.desk.selectors.room import Bodies, room, round_at
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.selectors import ledger
from uppsikt.files.rules import Sent
from uppsikt.kernel import clock
from uppsikt.kernel.identity import masked
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body

VOUCHERS = "vouchers"


def area_of(year: int, bodies: Bodies, moment: dt.datetime | None, key: str) -> Area | None:
    """One area as it was; None when there is none such."""
    found = room(year, bodies, moment)
    rounds = cycle.rounds(year).filter(cutoff__lte=found.day)
    return next((one for one in areas(found, rounds) if one.key == key), None)


def area_list(body: Body, year: int, moment: dt.datetime | None, key: str) -> Sent:
    """An area of a body as a CSV list. Raises: InputError when it has no rows."""
    area = area_of(year, frozenset({body.key}), moment, key)
    if area is None or not area.records:
        raise refuse(
            "empty", "Det finns inget att dra ur.", field="area", remedy="Välj ett annat område eller år."
        )
    heads = [_("Nyckel"), *(label for _key, label in area.columns)]
    return _sent(f"{area.title} {body.key} {year}", [heads], area.lines())


def voucher_list(body: Body, year: int, moment: dt.datetime | None) -> Sent:
    """The rows that the body has in the ledger of the round that the year had come to, in the ledger's own order.

    Personal numbers of sole traders are struck out of the texts.

    Raises: InputError when no ledger has been chosen, it has nothing of the body, or more rows than a list may have.
    """
    day = (moment or clock.now()).astimezone(clock.STOCKHOLM).date()
    round_ = round_at(year, day)
    view = ledger.view(round_, moment) if round_ else None
    if view is None:
        raise refuse("ledger", "Ingen huvudbok är vald för året.", field="area", remedy="Välj ett annat år.")
    entries = view.entries(view.scope(Nodes(place=f"body:{body.key}")), limit=MOST_ROWS + 1)
    if not entries or len(entries) > MOST_ROWS:
        said = "Nämnden har inga rader i huvudboken." if not entries else f"Fler än {MOST_ROWS} rader."
        raise refuse("rows", said, field="area", remedy="Ladda upp en egen lista i stället.")
    heads = [_("Verifikation"), _("Datum"), _("Konto"), _("Ansvar"), _("Text"), _("Belopp (kr)")]
    rows = (
        [
            f"{row.series}{row.number}",
            row.date.isoformat(),
            row.account,
            row.cost_centre,
            masked(row.text),
            format_decimal(Decimal(row.amount_ore).scaleb(-2), 2),
        ]
        for row in entries
    )
    return _sent(f"Verifikationer {body.key} {year}", [heads], rows)


def _sent(name: str, heads: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> Sent:
    pieces = csv_pieces(row for part in (heads, rows) for row in part)
    return Sent(plain_name(name, ".csv"), b"".join(pieces))
