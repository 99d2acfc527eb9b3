"""One load of the ledger: under way, read with what it brought, or refused with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import change, kronor, with_unit
from uppsikt.economy.pages.ledger import STATES, months
from uppsikt.economy.pages.ledger_file import facts_of, load_crumbs
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import COUNTERPARTY
from uppsikt.economy.rules.loads import LoadState
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.economy.selectors import models as economy_models
from uppsikt.jobs import selectors as jobs
from uppsikt.jobs.pages import job_part
from uppsikt.kernel.identity import shown
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.period import MONTHS
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Fact, Job, KeyFigure, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

CODES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LoadPage:
    """One load. `job`: while it waits or is read. `verdict`: what came of it in a sentence.

    `unmapped`: accounts that no line holds, which must be put right. `problems`: why it was refused.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    state: Symbol
    verdict: Text
    tone: str
    icon: str
    job: Job | None
    actions: tuple[Action, ...]
    figures: tuple[KeyFigure, ...]
    facts: tuple[Fact, ...]
    unmapped: tuple[str, ...]
    unmapped_words: Text
    fix: Action | None
    tables: tuple[Table, ...]


def job_key(row: LedgerLoad) -> str:
    """What the job that reads a load is called."""
    return f"ledger-load:{row.pk}"


def load_page(row: LedgerLoad, *, may_load: bool) -> LoadPage:
    """The page of one load."""
    state = LoadState(row.state)
    shape, colour = STATES[state]
    job = jobs.job(job_key(row)) if state in {LoadState.WAITING, LoadState.RUNNING} else None
    part = job_part(job) if job else None
    read = state is LoadState.ACCEPTED
    return LoadPage(
        title=row.name,
        lead=_("Inlämnad %(when)s av %(who)s.") % {"when": moment_text(row.created_at), "who": row.created_by_name},
        crumbs=load_crumbs(row),
        tabs=tabs("economy:ledger"),
        state=Symbol(shape, state.label.capitalize(), colour),
        verdict=_verdict(row, state),
        tone={LoadState.ACCEPTED: "good", LoadState.REFUSED: "bad"}.get(state, "neutral"),
        icon={LoadState.ACCEPTED: "circle-check", LoadState.REFUSED: "circle-alert"}.get(state, "clock"),
        job=part,
        actions=_actions(row, state, under_way=part is not None and part.active) if may_load else (),
        figures=_figures(row) if read else (),
        facts=_facts(row) if read else (),
        unmapped=tuple(row.summary.get("unmapped", ())),
        unmapped_words=_("Beloppen på kontona nedan syns inte i någon tabell som räknas på rader. Lägg till kontots första siffror på en rad i ekonomimodellen och läs in modellen, om beloppen ska följas upp."),
        fix=Action(_("Visa ekonomimodellen"), links.with_query(reverse("economy:model"), {"year": str(row.year)}))
        if row.year
        else None,
        tables=tuple(_tables(row, state)),
    )  # fmt: skip


def _verdict(row: LedgerLoad, state: LoadState) -> str:
    if state is LoadState.REFUSED:
        count = len(row.problems)
        return (
            _("%(count)s fel. Ingenting har ändrats. Rätta i ekonomisystemet, ta ut filen på nytt och läs in den.")
            if count > 1
            else _("Ett fel. Ingenting har ändrats. Rätta i ekonomisystemet, ta ut filen på nytt och läs in den.")
        ) % {"count": count}  # fmt: skip
    if state is not LoadState.ACCEPTED:
        return _("Inget har ändrats i huvudboken ännu.")
    moved = row.summary.get("moved", 0)
    if row.summary.get("first", False):
        return _("Filen är inläst. Det är den första huvudboken.")
    if not moved:
        return _("Filen är inläst. Den ändrar inget belopp mot huvudboken före den.")
    return _("Filen är inläst. Den ändrar %(count)s konton mot huvudboken före den.") % {"count": moved}


def _actions(row: LedgerLoad, state: LoadState, *, under_way: bool) -> tuple[Action, ...]:
    if state is LoadState.REFUSED:
        href = reverse("economy:ledger_file", args=[row.file.digest])
        query = {"name": row.name, "from": str(row.pk)}
        return (Action(_("Försök igen med andra val"), links.with_query(href, query), icon="rotate-ccw"),)
    if state is LoadState.ACCEPTED or under_way:
        return ()
    return (
        Action(
            _("Läs filen nu"), reverse("economy:ledger_start", args=[row.pk]), primary=True, post=True, icon="play"
        ),
    )  # fmt: skip


def _figures(row: LedgerLoad) -> tuple[KeyFigure, ...]:
    return (
        KeyFigure(_("År"), str(row.year), note=months(row)),
        KeyFigure(_("Rader"), format_decimal(Decimal(row.rows))),
        KeyFigure(_("Verifikat"), format_decimal(Decimal(row.vouchers))),
        KeyFigure(_("Debet"), with_unit(row.debit_ore)),
    )


def _facts(row: LedgerLoad) -> tuple[Fact, ...]:
    balance = row.summary.get("balance", [])
    told = (
        (Fact(_("Balanskonton utan rad"), _("%(count)s st, som inte följs upp") % {"count": len(balance)}),)
        if balance
        else ()
    )
    return (*facts_of(row.summary.get("facts", {})), *told)


def _tables(row: LedgerLoad, state: LoadState) -> list[Table]:
    if state is LoadState.REFUSED:
        return [_problems(row)]
    if state is not LoadState.ACCEPTED:
        return []
    found = [_changes(row), _months(row), _new(row), _warnings(row)]
    return [table for table in found if table is not None]


def _problems(row: LedgerLoad) -> Table:
    return Table(
        key="fel",
        caption=_("Det här är fel"),
        columns=(
            Column("where", _("Var"), width="fit"),
            Column("what", _("Vad som är fel och vad du kan göra"), width="wide"),
        ),
        rows=tuple(
            Row((Cell(_place(one), sub=one["field"]), Cell(one["message"], sub=one["remedy"]))) for one in row.problems
        ),
    )  # fmt: skip


def _place(one: Mapping[str, Any]) -> str:
    return _("Rad %(row)s") % {"row": one["row"]} if one["row"] else _("Hela filen")


def _changes(row: LedgerLoad) -> Table | None:
    moved, listed = row.summary.get("moved", 0), row.summary.get("changes", [])
    if not listed or row.summary.get("first"):
        return None
    rest = moved - len(listed)
    return Table(
        key="andrar",
        caption=_("Vad inläsningen ändrar mot huvudboken före den"),
        unit="kr",
        columns=(
            Column("account", _("Konto")),
            Column("line", _("Rad")),
            Column("change", _("Ändring"), "num"),
        ),
        rows=tuple(
            Row((Cell(f"{account} {name}".strip()), Cell(line or "–", muted=not line), Cell(change(ore, "kr", 2 if ore % 100 else 0))))
            for account, name, line, ore in listed
        ),
        notes=(
            _("Plus betyder mer intäkter eller mindre kostnader. De största ändringarna står först."),
            *((_("Ytterligare %(count)s konton ändras.") % {"count": rest},) if rest > 0 else ()),
        ),
    )  # fmt: skip


def _months(row: LedgerLoad) -> Table:
    found = {int(month): told for month, told in row.summary.get("months", {}).items()}
    return Table(
        key="manader",
        caption=_("Per månad"),
        columns=(
            Column("month", _("Månad")),
            Column("rows", _("Rader"), "num"),
            Column("debit", _("Debet, kr"), "num"),
        ),
        rows=(
            *(
                Row((Cell(MONTHS[month - 1].capitalize()), Cell(format_decimal(Decimal(rows))), Cell(kronor(debit))))
                for month, (rows, debit) in sorted(found.items())
            ),
            Row((Cell(_("Summa")), Cell(format_decimal(Decimal(row.rows))), Cell(kronor(row.debit_ore))), kind="total"),
        ),
    )  # fmt: skip


def _new(row: LedgerLoad) -> Table | None:
    found = row.summary.get("new", {})
    if not found or row.year is None:
        return None
    model = economy_models.model_for(row.year)
    return Table(
        key="nya-koder",
        caption=_("Nya koder"),
        columns=(
            Column("dimension", _("Koddel")),
            Column("count", _("Antal"), "num"),
            Column("codes", _("Koder"), width="wide"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(model.label_of(dimension), href=reverse("economy:codes", args=[row.year, dimension])),
                    Cell(str(len(keys))),
                    Cell(_named(dimension, keys)),
                )
            )
            for dimension, keys in found.items()
        ),
        notes=(_("Ange var nya koder hör hemma, så räknas de in under rätt enhet och verksamhet."),),
    )  # fmt: skip


def _named(dimension: str, keys: Sequence[str]) -> str:
    told = list(dict.fromkeys(shown(key) for key in keys)) if dimension == COUNTERPARTY else list(keys)
    return ", ".join(told[:CODES_SHOWN]) + (" …" if len(told) > CODES_SHOWN else "")


def _warnings(row: LedgerLoad) -> Table | None:
    found = row.summary.get("warnings", [])
    if not found:
        return None
    return Table(
        key="varningar",
        caption=_("Att se över"),
        columns=(Column("where", _("Var"), width="fit"), Column("what", _("Vad"), width="wide")),
        rows=tuple(Row((Cell(_place(one)), Cell(one["message"], sub=one["remedy"]))) for one in found),
    )
