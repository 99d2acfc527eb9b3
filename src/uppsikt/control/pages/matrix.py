"""The risk matrix as a picture: a grid coloured by band, each square with its symbol, value and number of risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.rules.risks import Square, matrix, outside
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.web.parts import Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class MatrixSquare:
    """A square as it is drawn. `href` leads to its risks, empty when there is none; `spoken` says it all."""

    value: str
    count: str
    symbol: str
    colour: str
    spoken: Text
    href: str
    current: bool
    report: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A likelihood with its squares, the gravest consequence last."""

    number: str
    label: Text
    squares: tuple[MatrixSquare, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole picture. `stages` are tabs: before mitigations, after. `left_out`: how many do not stand in it."""

    caption: Text
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[MatrixRow, ...]
    stages: tuple[Link, ...]
    left_out: Text
    bands: Table


def stage_of(params: QueryDict) -> Stage:
    """The stage that the address asks for; as things are when it says nothing."""
    return Stage.AFTER if params.get("stage") == Stage.AFTER.value else Stage.BEFORE


def matrix_of(policy: ControlPolicy, facts: Sequence[RiskFacts], params: QueryDict) -> Matrix | None:
    """The matrix of some risks; None when the year's steering model has no scale."""
    if not policy.likelihood or not policy.consequence:
        return None
    stage = stage_of(params)
    places = [place for row in facts if (place := row.place(stage)) is not None]
    left_out = len(facts) - len(places)
    names = policy.labels("likelihood")
    return Matrix(
        caption=_("Riskmatris %(stage)s") % {"stage": stage.label},
        columns=tuple(
            (str(step.value), step.label) for step in sorted(policy.consequence, key=lambda one: one.value)
        ),
        rows=tuple(
            MatrixRow(
                number=str(row[0].place.likelihood),
                label=names[row[0].place.likelihood],
                squares=tuple(_square(square, policy, params) for square in row),
            )
            for row in matrix(policy, places)
        ),
        stages=tuple(
            Link(_("Före åtgärd") if one is Stage.BEFORE else _("Efter åtgärd"), _stage(params, one), one is stage)
            for one in Stage
        ),
        left_out=_left_out(left_out, outside(policy, places)),
        bands=_bands(policy, facts, params),
    )  # fmt: skip


def _left_out(unassessed: int, outside: int) -> str:
    """How many risks do not stand in the matrix, and why; empty when all do."""
    parts = []
    if unassessed:
        words = ngettext(
            "%(count)s risk är inte bedömd och står inte i matrisen.",
            "%(count)s risker är inte bedömda och står inte i matrisen.",
            unassessed,
        )
        parts.append(words % {"count": unassessed})
    if outside:
        words = ngettext(
            "%(count)s risk är bedömd på en annan skala och står inte i matrisen. Bedöm den på nytt.",
            "%(count)s risker är bedömda på en annan skala och står inte i matrisen. Bedöm dem på nytt.",
            outside,
        )
        parts.append(words % {"count": outside})
    return " ".join(parts)


def _square(square: Square, policy: ControlPolicy, params: QueryDict) -> MatrixSquare:
    place, band = square.place, square.band
    current = (params.get("l"), params.get("c")) == (str(place.likelihood), str(place.consequence))
    query = {"l": "", "c": ""} if current else {"l": str(place.likelihood), "c": str(place.consequence)}
    words = {
        "count": ngettext("%(n)s risk", "%(n)s risker", square.count) % {"n": square.count},
        "likely": policy.labels("likelihood")[place.likelihood],
        "grave": policy.labels("consequence")[place.consequence],
        "value": place.value,
        "band": f", {band.label}" if band else "",
    }
    return MatrixSquare(
        value=str(place.value),
        count=str(square.count) if square.count else "",
        symbol=band.symbol if band else "dot",
        colour=band.colour if band else "neutral",
        spoken=_("%(count)s: sannolikhet %(likely)s, konsekvens %(grave)s, riskvärde %(value)s%(band)s") % words,
        href=address(params, **query) if square.count or current else "",
        current=current,
        report=square.must_report,
    )  # fmt: skip


def _bands(policy: ControlPolicy, facts: Sequence[RiskFacts], params: QueryDict) -> Table:
    """The matrix as a table: how many risks in each band, before and after, and what the band asks for."""
    rows = []
    for band in sorted(policy.bands, key=lambda one: -one.from_value):
        before = sum(row.value_before is not None and policy.band(row.value_before) == band for row in facts)
        after = sum(row.value is not None and policy.band(row.value) == band for row in facts)
        asks = [
            _("rapporteras") if policy.must_report(band.from_value) else "",
            _("kräver åtgärd eller kontroll") if band.act else "",
        ]
        rows.append(
            Row(
                (
                    Cell(band.label, sub=", ".join(filter(None, asks))),
                    Cell(_("från %(value)s") % {"value": band.from_value}, muted=True),
                    Cell(str(before)),
                    Cell(str(after)),
                ),
                href=address(params, band=band.key, l="", c=""),
                key=band.key,
            )
        )
    return Table(
        key="nivaer",
        caption=_("Risker per nivå"),
        columns=(
            Column("band", _("Nivå")),
            Column("from", _("Riskvärde")),
            Column("before", _("Före åtgärd"), "num"),
            Column("after", _("Efter åtgärd"), "num"),
        ),
        rows=tuple(rows),
        dense=True,
        sticky=False,
        notes=(_("Där värdet efter åtgärd inte är satt räknas värdet före."),),
    )


def address(params: QueryDict, **changes: str) -> str:
    """The address of the list with some of its filters changed."""
    query = params.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _stage(params: QueryDict, stage: Stage) -> str:
    return address(params, stage="" if stage is Stage.BEFORE else stage.value, l="", c="")
