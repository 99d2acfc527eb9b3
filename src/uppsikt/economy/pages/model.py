"""The year's economy model and its codes, as the municipality has said them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.empty import no_model
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import COUNTERPARTY
from uppsikt.economy.rules.model import EconomyModel, Threshold
from uppsikt.economy.selectors import CodingValue, codes
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import models as economy_models
from uppsikt.kernel.identity import HIDDEN, is_personal, masked
from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.tree import walk
from uppsikt.organisation import selectors as organisation
from uppsikt.web.parts import Crumb, Empty, Fact, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A year's model, read only."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    years: tuple[Link, ...]
    empty: Empty | None
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    more: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The codes of one dimension. `q`: what is searched for. `page_obj`: which part of the list."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    years: tuple[Link, ...]
    dimensions: tuple[Link, ...]
    chips: tuple[Link, ...]
    q: str
    only: str
    table: Table
    page_obj: Page[Any]
    more: tuple[Link, ...]


def model_page(year: int) -> ModelPage:
    """The model a year goes by."""
    held = sorted(economy_models.documents(), reverse=True)
    empty = no_model(year) if not held else None
    model = economy_models.model_for(year) if held else EconomyModel("")
    return ModelPage(
        title=_("Ekonomimodell %(year)s") % {"year": year},
        lead=_("Hur kontona blir rader, vilka tabeller som görs och när en avvikelse ska förklaras. Modellen ändras genom att läsas in på nytt."),
        crumbs=_crumbs(_("Ekonomimodell")),
        tabs=tabs("economy:ledger"),
        years=tuple(
            Link(str(one), links.with_query(reverse("economy:model"), {"year": str(one)}), current=one == year)
            for one in sorted({*held, year}, reverse=True)
        ) if held else (),
        empty=empty,
        facts=_facts(model) if held else (),
        tables=(_lines(model), _dimensions(model), _registers(model), _made(model)) if held else (),
        more=(Link(_("Koder"), reverse("economy:codes", args=[year, "account"])),),
    )  # fmt: skip


def _crumbs(*labels: str) -> tuple[Crumb, ...]:
    return Crumb(_("Huvudbok"), reverse("economy:ledger")), *(Crumb(label) for label in labels)


def _facts(model: EconomyModel) -> tuple[Fact, ...]:
    return (
        Fact(_("Modell"), model.name),
        Fact(_("Avvikelser som ska förklaras"), threshold_words(model.threshold)),
        Fact(_("Ramens kolumner"), ", ".join(one.label for one in model.frame_columns) or MISSING),
    )


def threshold_words(limit: Threshold) -> str:
    """When a variance must be explained, in words."""
    amount = (
        _("minst %(amount)s kr") % {"amount": format_decimal(Decimal(limit.amount))} if limit.amount else ""
    )
    percent = (
        _("minst %(percent)s %% av budgeten") % {"percent": format_decimal(limit.percent)}
        if limit.percent
        else ""
    )
    told = [part for part in (amount, percent) if part]
    return (_(" eller ") if limit.either else _(" och ")).join(told) or _("inga krävs")


def _lines(model: EconomyModel) -> Table:
    nodes = walk(model.lines, lambda line: line.key, lambda line: line.parent or None)
    parents = {line.parent for line in model.lines}
    labels = {line.key: line.label for line in model.lines}
    return Table(
        key="rader",
        caption=_("Rader"),
        columns=(
            Column("line", _("Rad")),
            Column("accounts", _("Konton som börjar på"), width="wide"),
            Column("key", _("Nyckel"), width="fit"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(node.value.label, strong=node.value.key in parents),
                    Cell(
                        ", ".join(node.value.accounts)
                        or (_("raderna %(lines)s") % {"lines": ", ".join(labels.get(one, one) for one in node.value.lines)} if node.value.lines else _("summa") if node.value.key in parents else MISSING),
                        muted=not node.value.accounts,
                    ),
                    Cell(node.value.key, muted=True),
                ),
                level=node.depth,
            )
            for node in nodes
        ),
    )  # fmt: skip


def _dimensions(model: EconomyModel) -> Table:
    return Table(
        key="dimensioner",
        caption=_("Koddelar"),
        columns=(
            Column("name", _("Koddel")),
            Column("sie", _("Dimension i SIE-filen")),
            Column("key", _("Kolumn")),
        ),
        rows=tuple(
            Row((Cell(one.label), Cell(", ".join(map(str, one.sie)) or MISSING), Cell(one.key, muted=True)))
            for one in model.dimensions
        ),
    )


def _registers(model: EconomyModel) -> Table:
    return Table(
        key="register",
        caption=_("Register"),
        columns=(Column("name", _("Register")), Column("measures", _("Mått"))),
        rows=tuple(
            Row((Cell(one.label), Cell(", ".join(measure.label for measure in one.measures)))) for one in model.registers
        ),
        empty=Empty(_("Inga register"), _("Modellen har inga register."), icon="list"),
    )  # fmt: skip


def _made(model: EconomyModel) -> Table:
    return Table(
        key="tabeller",
        caption=_("Tabeller"),
        columns=(
            Column("title", _("Tabell")), Column("about", _("Gäller")), Column("unit", _("Enhet")),
            Column("key", _("Nyckel"), width="fit"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(spec.title),
                    Cell(_("Hela kommunen") if spec.whole else _("Nämnden")),
                    Cell(spec.unit),
                    Cell(spec.key, muted=True),
                )
            )
            for spec in model.tables
        ),
    )  # fmt: skip


# ---------------------------------------------------------------- codes


@dataclass(frozen=True)
class Places:
    """What units and bodies are called on the year's last day; read when something needs it."""

    year: int

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Names of units by key."""
        return organisation.unit_names(dt.date(self.year, 12, 31))

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """Names of bodies by key."""
        return organisation.body_names(dt.date(self.year, 12, 31))


def codes_page(year: int, dimension: str, params: Mapping[str, str], *, may_code: bool) -> CodesPage:
    """The codes of one dimension in a year, searched and filtered by the address."""
    model = model_or_none(year)
    everything = list(codings.values(year, dimension))
    alone = codes.unplaced(everything, model)
    q, only = params.get("q", "").strip(), params.get("only", "")
    shown = _shown(everything, q, alone if only else None)
    page_obj = Paginator(shown, PER_PAGE).get_page(params.get("page"))
    address = reverse("economy:codes", args=[year, dimension])
    named = [("account", _("Konto")), *((one.key, one.label) for one in model.dimensions)]
    return CodesPage(
        title=_("Koder %(year)s") % {"year": year},
        lead=_("Var varje kod hör hemma. Nya koder kommer in med huvudboken; många på en gång ändras genom att läsas in från Excel."),
        crumbs=_crumbs(_("Koder")),
        tabs=tabs("economy:ledger"),
        years=tuple(
            Link(str(one), reverse("economy:codes", args=[one, dimension]), current=one == year)
            for one in sorted({*codings.years(), year}, reverse=True)
        ),
        dimensions=tuple(
            Link(label, reverse("economy:codes", args=[year, key]), current=key == dimension) for key, label in named
        ),
        chips=(
            Link(_("Alla"), links.with_query(address, {"q": q}), current=not only, count=str(len(everything))),
            Link(_("Utan plats"), links.with_query(address, {"q": q, "only": "1"}), current=bool(only), count=str(len(alone))),
        ),
        q=q,
        only=only,
        table=_codes(list(page_obj.object_list), dimension, model, alone, Places(year), may_code=may_code),
        page_obj=page_obj,
        more=(
            Link(_("Ekonomimodell"), links.with_query(reverse("economy:model"), {"year": str(year)})),
            *((Link(_("Läs in data"), href),) if may_code and (href := links.address("exchange:import")) else ()),
        ),
    )  # fmt: skip


def model_or_none(year: int) -> EconomyModel:
    """The year's model; one without anything in it when there is none."""
    try:
        return economy_models.model_for(year)
    except LookupError:
        return EconomyModel("")


def _shown(rows: Sequence[CodingValue], q: str, only: frozenset[str] | None) -> list[tuple[CodingValue, int]]:
    """The codes with their depth: in their hierarchy, or flat when they are searched or filtered."""
    if only is not None or q:
        folded = q.casefold()
        return [
            (row, 0)
            for row in rows
            if (only is None or row.key in only)
            and (row.key.casefold().startswith(folded) or folded in row.name.casefold())
        ]
    return [
        (node.value, node.depth) for node in walk(rows, lambda row: row.key, lambda row: row.parent or None)
    ]


def _codes(
    rows: Sequence[tuple[CodingValue, int]],
    dimension: str,
    model: EconomyModel,
    alone: frozenset[str],
    names: Places,
    *,
    may_code: bool,
) -> Table:
    return Table(
        key="koder",
        caption=model.label_of(dimension),
        columns=(
            Column("code", _("Kod")),
            Column("name", _("Benämning")),
            Column("place", _("Hör till"), width="wide"),
        ),
        rows=tuple(_code(row, depth, model, alone, names, may_code=may_code) for row, depth in rows),
        empty=Empty(_("Inga koder"), _("Koderna kommer in med huvudboken."), icon="list-tree"),
    )


def _code(
    row: CodingValue, depth: int, model: EconomyModel, alone: frozenset[str], names: Places, *, may_code: bool
) -> Row:
    placed = Cell(lines=tuple(_places(row, model, names)))
    if row.key in alone and row.dimension == "account":
        placed = Cell(symbol=Symbol("dash", _("På ingen rad"), "neutral"))
    elif row.key in alone:
        placed = Cell(symbol=Symbol("cross", _("Utan plats"), "bad"))
    href = reverse("economy:code", args=[row.year, row.dimension, row.key]) if may_code else ""
    if row.dimension == COUNTERPARTY and is_personal(row.key):
        return Row((Cell(HIDDEN, muted=True), Cell(masked(row.name) or MISSING), placed), level=depth)
    return Row(
        (Cell(row.key), Cell(masked(row.name) or MISSING, muted=not row.name), placed), href=href, level=depth
    )


def _places(row: CodingValue, model: EconomyModel, names: Places) -> Iterator[str]:
    if row.dimension == "account":
        yield from (line.label for line in codes.lines_of(row.key, model))
    if row.parent:
        yield _("under %(code)s") % {"code": row.parent}
    if row.unit:
        yield names.units.get(row.unit.key, row.unit.key)
    if row.body:
        yield names.bodies.get(row.body.key, row.body.key)


def code_crumbs(year: int, dimension: str) -> tuple[Crumb, ...]:
    """Where the form of one code stands."""
    return (
        Crumb(_("Huvudbok"), reverse("economy:ledger")),
        Crumb(_("Koder %(year)s") % {"year": year}, reverse("economy:codes", args=[year, dimension])),
    )
