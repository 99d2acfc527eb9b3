"""The cells of the oversight page in words: a symbol, a word or two, and the figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.economy.rules.model import UNITS
from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal, format_signed
from uppsikt.oversight.rules.board import Judged, Level
from uppsikt.web.parts import Symbol

SHAPES: Mapping[Level, tuple[str, str]] = {
    Level.BAD: ("cross", "bad"),
    Level.WARN: ("triangle-half", "warn"),
    Level.UNDER_WAY: ("triangle-right", "neutral"),
    Level.GOOD: ("check", "good"),
    Level.NOTHING: ("dash", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A cell in words. `why`: the reason where nothing is judged."""

    symbol: Symbol
    figure: str = ""
    why: str = ""


def told(cell: Judged) -> Told:
    """A judged cell in words."""
    shape, colour = SHAPES[cell.level]
    make = WORDS[cell.code]
    word, figure = make(*cell.counts)
    if cell.step is not None:
        return Told(Symbol(cell.step.symbol, cell.step.label, cell.step.colour), figure)
    if cell.level is Level.NOTHING:
        return Told(Symbol(shape, word, colour), figure, word)
    return Told(Symbol(shape, word, colour), figure)


def _of(done: int, total: int, word: str) -> str:
    return f"{_('%(done)s av %(total)s') % {'done': done, 'total': total}} {word}"


def _money(ore: int, percent: Decimal | None) -> str:
    unit, decimals = ("mnkr", 1) if abs(ore) >= UNITS["mnkr"] else ("tkr", 0)
    amount = f"{format_signed(Decimal(ore) / UNITS[unit], decimals)}{NBSP}{unit}"
    return f"{amount} ({format_signed(percent, 1)}{NBSP}%)" if percent is not None else amount


def _percent(mean: Decimal, year: int | None) -> str:
    return _("%(mean)s %% fel %(year)s") % {"mean": format_decimal(mean, 1), "year": year or MISSING}


def _reported(done: int, total: int) -> str:
    return _of(done, total, _("rapporterat"))


def _checked(failed: int, deficient: int, open_: int, done: int, total: int) -> str:
    """What a control cell counts beside its word."""
    parts = [_of(done, total, _("med resultat"))]
    if failed and deficient:
        parts.append(ngettext("%(n)s bristfällig", "%(n)s bristfälliga", deficient) % {"n": deficient})
    if open_:
        parts.append(ngettext("%(n)s öppen brist", "%(n)s öppna brister", open_) % {"n": open_})
    return ", ".join(parts)


def _open(overdue: int, not_done: int, open_: int, total: int) -> str:
    del overdue, not_done
    return _of(open_, total, _("öppna"))


def _plain(word: Callable[[], str]) -> Callable[..., tuple[str, str]]:
    return lambda *_counts: (word(), "")


WORDS: Mapping[str, Callable[..., tuple[str, str]]] = {
    "nothing": _plain(lambda: _("inget underlag")),
    "goals_not_assessed": _plain(lambda: _("bedöms inte")),
    "goals_none": _plain(lambda: _("inga mål")),
    "goals_waiting": lambda total: (_("Inte bedömt"), _of(0, total, _("bedömda"))),
    "goals": lambda good, told_, total: (
        "",
        _of(good, told_, _("uppfyllda"))
        + (f", {_('%(n)s ej bedömda') % {'n': total - told_}}" if total > told_ else ""),
    ),
    "assignments_none": _plain(lambda: _("inga uppdrag")),
    "assignments_waiting": lambda total: (_("Inte rapporterat"), _of(0, total, _("klara"))),
    "assignments_overdue": lambda n, done, total: (
        ngettext("%(n)s försenat", "%(n)s försenade", n) % {"n": n},
        _of(done, total, _("klara")),
    ),
    "assignments_late": lambda n, done, total: (
        ngettext("%(n)s blir inte klart", "%(n)s blir inte klara", n) % {"n": n},
        _of(done, total, _("klara")),
    ),
    "assignments_on_track": lambda done, total: (_("I fas"), _of(done, total, _("klara"))),
    "assignments_done": lambda done, total: (_("Klara"), _of(done, total, _("klara"))),
    "economy_no_model": _plain(lambda: _("ingen ekonomimodell")),
    "economy_no_budget": _plain(lambda: _("ingen budget")),
    "economy_no_forecast": _plain(lambda: _("ingen prognos")),
    "economy_no_outcome": _plain(lambda: _("inget utfall")),
    "surplus": lambda ore, percent: (_("Överskott"), _money(ore, percent)),
    "as_budgeted": lambda ore, percent: (_("Enligt budget"), _money(ore, percent)),
    "small_deficit": lambda ore, percent: (_("Litet underskott"), _money(ore, percent)),
    "deficit": lambda ore, percent: (_("Underskott"), _money(ore, percent)),
    "accuracy_none": _plain(lambda: _("ingen prognos")),
    "accuracy_unjudged": lambda mean, year: (_("Ingen gräns"), _percent(mean, year)),
    "accuracy_near": lambda mean, year: (_("Nära"), _percent(mean, year)),
    "accuracy_off": lambda mean, year: (_("En bit ifrån"), _percent(mean, year)),
    "accuracy_far": lambda mean, year: (_("Långt ifrån"), _percent(mean, year)),
    "controls_none": _plain(lambda: _("inga kontroller")),
    "controls_failed": lambda *n: (
        ngettext("%(n)s underkänd", "%(n)s underkända", n[0]) % {"n": n[0]},
        _checked(*n),
    ),
    "controls_deficient": lambda *n: (
        ngettext("%(n)s bristfällig", "%(n)s bristfälliga", n[1]) % {"n": n[1]},
        _checked(*n),
    ),
    "controls_open": lambda *n: (_("Brist kvar"), _checked(*n)),
    "controls_waiting": lambda *n: (_("Inga resultat"), _checked(*n)),
    "controls_left": lambda *n: (
        ngettext("%(n)s inte gjord", "%(n)s inte gjorda", n[4] - n[3]) % {"n": n[4] - n[3]},
        _checked(*n),
    ),
    "controls_approved": lambda *n: (_("Utan anmärkning"), _checked(*n)),
    "risks_none": _plain(lambda: _("inga risker")),
    "risks_unanswered": lambda n, high, total: (
        _("%(n)s utan åtgärd") % {"n": n},
        _of(high, total, _("höga")),
    ),
    "risks_high": lambda *n: (_("Åtgärdas"), _of(n[1], n[2], _("höga"))),
    "risks_low": lambda *n: (_("Inga höga"), _of(n[1], n[2], _("höga"))),
    "audit_none": _plain(lambda: _("ingen granskning")),
    "audit_overdue": lambda *n: (
        ngettext("%(n)s svar försenat", "%(n)s svar försenade", n[0]) % {"n": n[0]},
        _open(*n),
    ),
    "audit_not_done": lambda *n: (
        ngettext("%(n)s inte åtgärdad", "%(n)s inte åtgärdade", n[1]) % {"n": n[1]},
        _open(*n),
    ),
    "audit_open": lambda *n: (ngettext("%(n)s öppen", "%(n)s öppna", n[2]) % {"n": n[2]}, _open(*n)),
    "audit_closed": lambda *n: (_("Alla avslutade"), _open(*n)),
    "reporting_none": _plain(lambda: _("inget")),
    "reporting_done": lambda done, total: (_("Klart"), _reported(done, total)),
    "reporting_under_way": lambda done, total: (_("Pågår"), _reported(done, total)),
    "reporting_not_begun": lambda done, total: (_("Inte påbörjat"), _reported(done, total)),
    "reporting_late": lambda done, total: (_("Försenat"), _reported(done, total)),
    "reporting_missing": lambda done, total: (_("Blev inte klart"), _reported(done, total)),
}  # fmt: skip
"""The word and the figure of each code, made from the counts that the rule gives with it."""


def values(cell: Judged) -> tuple[Any, ...]:
    """The figures that a workbook may show as figures."""
    return cell.counts
