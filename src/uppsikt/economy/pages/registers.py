"""A body's registers in a round: the items with what is told of them, by whom and from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import RoundState, short_name
from uppsikt.cycle.selectors import Round
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import money
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.model import EconomyModel, Register, RegisterMeasure
from uppsikt.economy.selectors import RegisterAmount, RegisterItem, registers
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors as planning
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, Link, Origin, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Told:
    """What there is of the items: what is written, and what the ledger `source` has on their projects, by key."""

    written: Mapping[tuple[str, str, str], RegisterAmount]
    used: Mapping[str, int]
    source: str

    def row(self, item: RegisterItem, measure: RegisterMeasure) -> RegisterAmount | None:
        """What somebody wrote."""
        return self.written.get((item.register, item.key, measure.key))

    def amount(self, item: RegisterItem, measure: RegisterMeasure) -> int | None:
        """What the tables print."""
        return registers.amount_of(item, measure.key, self.written, self.used)


@dataclass(frozen=True, slots=True)
class Kept:
    """One register as it stands on the page."""

    key: str
    label: Text
    table: Table
    add: Action | None


@dataclass(frozen=True, slots=True)
class RegistersPage:
    """The page. `notice`: why nothing can be changed."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None
    notice: Text
    registers: tuple[Kept, ...]


def registers_page(chosen: Chosen, *, may_budget: bool) -> RegistersPage:
    """The registers of the chosen body in the chosen round; without a body, every body's."""
    round_ = chosen.round
    if round_ is None or chosen.nobody:
        return _page(chosen, nothing_chosen(chosen))
    try:
        model = economy_models.model_for(round_.year_id)
    except LookupError:
        return _page(chosen, no_model(round_.year_id))
    if not model.registers:
        text = _(
            "Ekonomimodellen säger vilka register kommunen har: satsningar, externa medel, eget kapital."
        )
        return _page(chosen, Empty(_("Inga register"), text, icon="list"))
    open_ = round_.state == RoundState.OPEN.value
    may_write = may_budget and open_ and chosen.body is not None
    notice = ""
    if may_budget and not open_:
        notice = _("Tillfället är inte öppet, så registren kan inte ändras.")
    elif chosen.body is None:
        notice = _("Välj en nämnd för att lägga till och ändra poster.")
    return _page(chosen, None, notice, tuple(_kept(chosen.body, round_, model, may_write=may_write)))


def _page(
    chosen: Chosen, empty: Empty | None, notice: Text = "", kept: tuple[Kept, ...] = ()
) -> RegistersPage:
    round_ = chosen.round
    name = (
        organisation.body_name(chosen.body, round_.cutoff) if chosen.body and round_ else _("Hela kommunen")
    )
    lead = f"{name}, {short_name(round_.kind, round_.cutoff)}" if round_ and not chosen.nobody else ""
    return RegistersPage(_("Register"), lead, (), tabs("economy:registers"), empty, notice, kept)


def address(body: Body | None, round_: Round | None, register: str = "") -> str:
    """The registers of a body in a round, at one of them."""
    return links.with_query(reverse("economy:registers"), links.place(round_, body)) + (
        f"#register-{register}" if register else ""
    )


def crumbs_of(body: Body, round_: Round, register: Register) -> tuple[Crumb, ...]:
    """Where the form of an item stands."""
    return Crumb(_("Register"), address(body, round_)), Crumb(
        register.label, address(body, round_, register.key)
    )


def unit_of(model: EconomyModel, register: str) -> str:
    """The unit that a register's amounts are printed in: that of its first table, else tkr."""
    for spec in model.tables:
        if spec.source == "register" and any(row.scope.get("register") == register for row in spec.rows):
            return spec.unit
    return "tkr"


def goal_choices(body: Body, year: int) -> list[tuple[str, str]]:
    """The goals of the body's plan for the year, and of the council above it."""
    rows = planning.goals(year)
    return [(row.key, row.name) for row in rows if row.body_id == body.pk or row.body.kind == "council"]


def _kept(body: Body | None, round_: Round, model: EconomyModel, *, may_write: bool) -> Iterator[Kept]:
    items = list(registers.items("", round_.year_id, body))
    view = ledgers.view(round_) if any(item.project for item in items) else None
    place = f"body:{body.key}" if body else ALL
    source = _("Huvudboken %(name)s") % {"name": view.load.name} if view else ""
    told = Told(registers.amounts(round_, body), registers.booked(items, view, place), source)
    goals = {item.goal for item in items if item.goal}
    names = dict(planning.goals().filter(key__in=goals).values_list("key", "name")) if goals else {}
    for register in model.registers:
        own = [item for item in items if item.register == register.key]
        add = None
        if may_write and body is not None:
            href = reverse("economy:register_item_new", args=[register.key, body.key, round_.key])
            add = Action(_("Lägg till post"), href, icon="plus")
        unit = unit_of(model, register.key)
        yield Kept(
            register.key,
            register.label,
            _table(register, own, told, names, unit, round_, add, may_write=may_write),
            add if own else None,
        )


def _table(
    register: Register,
    items: Sequence[RegisterItem],
    told: Told,
    goals: Mapping[str, str],
    unit: str,
    round_: Round,
    add: Action | None,
    *,
    may_write: bool,
) -> Table:
    columns = (
        Column("item", _("Post"), width="wide"),
        *(Column(one.key, one.label, "num") for one in register.measures),
    )
    return Table(
        key=f"register-{register.key}",
        caption=register.label,
        caption_hidden=True,
        unit=unit,
        columns=columns,
        rows=tuple(_rows(register, items, told, goals, unit, round_, may_write=may_write)),
        empty=Empty(
            _("Inga poster"), _("Här står registrets poster med belopp och källa, så att tabellerna kan räkna på dem."), add, icon="list",
        ),
    )  # fmt: skip


def _rows(
    register: Register,
    items: Sequence[RegisterItem],
    told: Told,
    goals: Mapping[str, str],
    unit: str,
    round_: Round,
    *,
    may_write: bool,
) -> Iterator[Row]:
    groups: dict[str, list[RegisterItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for group, listed in groups.items():
        if group:
            yield Row((Cell(group, colspan=len(register.measures) + 1),), kind="section")
        for item in listed:
            href = ""
            if may_write:
                href = reverse(
                    "economy:register_item", args=[register.key, item.body.key, round_.key, item.key]
                )
            facts = [
                goals.get(item.goal, item.goal),
                _("projekt %(code)s") % {"code": item.project} if item.project else "",
            ]
            cells = (_amount(item, one, told, unit) for one in register.measures)
            yield Row((Cell(item.name, sub=" · ".join(filter(None, facts))), *cells), href=href)
        if group and len(groups) > 1:
            yield _sum(_("Summa %(group)s") % {"group": group}, register, listed, told, unit, kind="subtotal")
    if items:
        yield _sum(_("Summa"), register, items, told, unit, kind="total")


def _amount(item: RegisterItem, measure: RegisterMeasure, told: Told, unit: str) -> Cell:
    row, amount = told.row(item, measure), told.amount(item, measure)
    if amount is None:
        return Cell(MISSING, muted=True)
    figure = _figure(amount, measure, unit)
    value = figure if measure.count else f"{figure}{NBSP}{unit}"
    if row is None:
        source = _("%(ledger)s, projekt %(code)s") % {"ledger": told.source, "code": item.project}
        return Cell(figure, origin=Origin(measure.label, value, source))
    moment = moment_text(row.recorded_at)
    return Cell(figure, origin=Origin(measure.label, value, row.source, by=row.recorded_by_name, at=moment))


def _figure(amount: int, measure: RegisterMeasure, unit: str) -> str:
    return format_decimal(Decimal(amount)) if measure.count else money(amount, unit)


def _sum(
    label: Text, register: Register, items: Sequence[RegisterItem], told: Told, unit: str, *, kind: str
) -> Row:
    cells = []
    for one in register.measures:
        found = [amount for item in items if (amount := told.amount(item, one)) is not None]
        cells.append(Cell(_figure(sum(found), one, unit) if found else MISSING))
    return Row((Cell(label), *cells), kind="total" if kind == "total" else "subtotal")
