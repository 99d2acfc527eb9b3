"""A committee's control of invoices, with a list to draw from: every figure can be worked out by hand.

The control has one measure, `ratt`: a sample, approved from 95 %, deficient from 80 %.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace

import xlsxwriter

from tests import build
from uppsikt.control.actions import controls, deficiencies, samples
from uppsikt.control.selectors import Deficiency, Occasion, SampleDraw, SampleItem
from uppsikt.files.rules import Sent
from uppsikt.history.rules import Actor

CLERK = Actor("lo", "Lo Handläggare")
FOUND = dt.date(2025, 5, 12)
INVOICES = "Faktura;Leverantör;Belopp\n" + "".join(
    f"F{number};Leverantör {number % 7};{number * 100},50\n" for number in range(1, 41)
)


def invoices(text: str = INVOICES, name: str = "fakturor.csv") -> Sent:
    """The list as it is sent in: forty invoices."""
    return Sent(name, text.encode())


def workbook(cells: Mapping[tuple[int, int], object]) -> bytes:
    """A workbook with one sheet of these cells, by row and column from 0."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Lista")
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return out.getvalue()


def control_world(*, year: int = 2025, key: str = "gn") -> SimpleNamespace:
    """Returns: body, other (a committee), control, occasion (first tertial), year."""
    build.year(number=year)
    body = build.body(key=key, name="Gymnasienämnden")
    other = build.body(key="fn", name="Förskolenämnden")
    control, _ = controls.save_control(
        key=f"{year}-{key}-fakturor",
        year=year,
        body=body,
        name="Fakturor är rätt konterade",
        frequency="tertial",
        by=CLERK,
    )
    controls.save_measure(
        control=control, key="ratt", label="Rätt konterade", kind="sample", unit_text="fakturor",
        approved_from=Decimal(95), deficient_from=Decimal(80), by=CLERK,
    )  # fmt: skip
    occasion, _ = controls.save_occasion(control=control, period=f"{year}-T1", by=CLERK)
    return SimpleNamespace(body=body, other=other, control=control, occasion=occasion, year=year)


def draw(
    world: SimpleNamespace, *, size: int = 5, seed: str = "host-2025", measure: str = "ratt"
) -> SampleDraw:
    """A draw for the occasion."""
    return samples.draw_sample(
        occasion=world.occasion,
        body=world.body,
        measure=measure,
        file=invoices(),
        size=size,
        seed=seed,
        by=CLERK,
    )


def judge(item: SampleItem, *faults: str, comment: str = "") -> None:
    """A row found right, or faulty when kinds of fault are named."""
    samples.judge_item(item=item, faulty=bool(faults), faults=faults, comment=comment, by=CLERK)


def deficiency(
    occasion: Occasion, *, key: str = "moms", title: str = "Momsen dras fel", found_on: dt.date = FOUND
) -> Deficiency:
    """Something that the occasion found wrong."""
    row, _ = deficiencies.save_deficiency(
        key=key,
        occasion=occasion,
        title=title,
        description="Samma fel i tre fakturor.",
        found_on=found_on,
        by=CLERK,
    )
    return row
