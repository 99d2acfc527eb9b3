"""The rows of a sheet of forecasts as they are shown: figures, proposal in words, field, faults, the other's version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django import forms
from django.utils.translation import gettext as _

from uppsikt.cycle.selectors import Round
from uppsikt.economy.pages.amounts import change, money, words_amount
from uppsikt.economy.rules.forecast import Basis, Proposal
from uppsikt.economy.rules.forecast_sheet import Placed, expected, placed, whole_units, written
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.forecasts import ForecastLine, Sheet
from uppsikt.kernel.numbers import MISSING
from uppsikt.kernel.period import MONTHS
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Text


@dataclass(frozen=True, slots=True)
class Printed:
    """The unit and decimals of the sheet: those of the model's first table of the body's own money."""

    unit: str = "tkr"
    decimals: int = 0

    def money(self, ore: int | None) -> str:
        """The amount without its unit; an en dash for None."""
        return money(ore, self.unit, self.decimals)

    def change(self, ore: int | None) -> str:
        """A difference, with a plus before what is for the better."""
        return change(ore, self.unit, self.decimals)


def printed(model: EconomyModel) -> Printed:
    """How the model prints a body's money."""
    found = next((one for one in model.tables if one.source == "statement" and not one.whole), None)
    return Printed(found.unit, found.decimals) if found else Printed()


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposed forecast. `exact`: as the field takes it; `words`: what it rests on; `sum`: the arithmetic."""

    text: str
    exact: str
    words: str
    sum: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions of a line: what is saved, and what was not."""

    by: str
    at: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to correct. `href` leads to the field."""

    label: Text
    text: Text
    href: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A variance in print, and whether it is for the better in a word for those who listen. `ore`: for the script."""

    text: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the sheet: a line with its field, or a sum of lines.

    `chain`: each earlier round by name with what it said. `leaves`: keys of the lines a sum adds up. `budget_ore`, `expected_ore`: for the script that counts as one types.
    `ask`: why an explanation is asked for; empty when none is. `state`: who saved what stands.
    """

    key: str
    label: str
    level: int
    kind: str
    budget: str
    accumulated: str
    outcome: str
    before: str
    before_to: str
    chain: tuple[tuple[str, str], ...]
    forecast: str
    variance: Verdict
    budget_ore: int
    expected_ore: int
    leaves: str = ""
    negative: bool = False
    set: bool = True
    proposal: ProposalView | None = None
    form: forms.Form | None = None
    explanation: str = ""
    ask: str = ""
    state: str = ""
    just_saved: bool = False
    faults: tuple[Fault, ...] = ()
    clash: Clash | None = None


class Overtaken(Protocol):
    """What stands since somebody else saved first; `amount_ore` None: it was taken away."""

    @property
    def amount_ore(self) -> int | None: ...
    @property
    def explanation(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """The form of each line and what became of it. `stale`: overtaken; `refused`: to be corrected; `saved`: just now."""

    forms: Mapping[str, forms.Form] = field(default_factory=dict)
    stale: Mapping[str, Overtaken] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shaping:
    """What the rows are made with: the sheet, how money is printed, whether one may write, what was sent in."""

    sheet: Sheet
    printed: Printed
    editable: bool
    sent: Sent


def entries(rows: Sequence[ForecastLine], shaping: Shaping) -> tuple[Entry, ...]:
    """The lines in the model's order, each group followed by its sum."""
    by_line = {row.line: row for row in rows}
    found = placed(shaping.sheet.model, frozenset(by_line))
    return tuple(
        _sum(one, [by_line[key] for key in one.leaves], shaping)
        if one.is_sum
        else _line(one, by_line[one.line.key], shaping)
        for one in found
    )


def _line(one: Placed, row: ForecastLine, shaping: Shaping) -> Entry:
    show, sent = shaping.printed, shaping.sent
    form = sent.forms[row.line]
    stale = sent.stale.get(row.line)
    counted = expected(row.amount, row.budget)
    return Entry(
        key=row.line,
        label=one.line.label,
        level=max(one.depth - 1, 0),
        kind="line",
        budget=show.money(row.budget),
        accumulated=show.money(row.accumulated),
        outcome=show.money(row.outcome),
        before=show.money(row.before),
        before_to=show.money(row.before_to),
        chain=_chain(row.chain, shaping),
        forecast=show.money(row.amount),
        variance=verdict(row.amount - (row.budget or 0) if row.amount is not None else None, show),
        budget_ore=row.budget or 0,
        expected_ore=counted,
        negative=row.negative,
        set=row.standing is not None,
        proposal=_proposal(row, shaping),
        form=form if shaping.editable else None,
        explanation=row.standing.explanation if row.standing else "",
        ask=_ask(row),
        state=_state(row),
        just_saved=row.line in sent.saved,
        faults=_faults(one, form) if row.line in sent.refused else (),
        clash=_clash(form, stale, show) if stale else None,
    )


def _sum(one: Placed, rows: Sequence[ForecastLine], shaping: Shaping) -> Entry:
    show = shaping.printed
    chain = tuple(
        sum(expected(row.chain[place], row.budget) for row in rows)
        for place in range(len(shaping.sheet.earlier))
    )
    budget = sum(row.budget or 0 for row in rows)
    counted = sum(expected(row.amount, row.budget) for row in rows)
    return Entry(
        key=one.line.key,
        label=one.line.label,
        level=max(one.depth - 1, 0),
        kind="subtotal" if one.depth else "total",
        budget=show.money(budget),
        accumulated=show.money(_known(row.accumulated for row in rows)),
        outcome=show.money(_known(row.outcome for row in rows)),
        before=show.money(_known(row.before for row in rows)),
        before_to=show.money(_known(row.before_to for row in rows)),
        chain=_chain(chain, shaping),
        forecast=show.money(counted),
        variance=verdict(counted - budget, show),
        budget_ore=budget,
        expected_ore=counted,
        leaves=" ".join(one.leaves),
    )


def _chain(amounts: Sequence[int | None], shaping: Shaping) -> tuple[tuple[str, str], ...]:
    names = map(round_name, shaping.sheet.earlier)
    return tuple(zip(names, map(shaping.printed.money, amounts), strict=True))


def _known(amounts: Iterable[int | None]) -> int | None:
    told = [amount for amount in amounts if amount is not None]
    return sum(told) if told else None


def verdict(ore: int | None, show: Printed) -> Verdict:
    """A variance: a plus is better than budget. One that rounds to nothing is neither."""
    if ore is None:
        return Verdict(MISSING, "", "")
    text = show.change(ore)
    if not any(digit in text for digit in "123456789"):
        return Verdict(text, "", _("som budget"))
    return Verdict(
        text, "good" if ore > 0 else "bad", _("bättre än budget") if ore > 0 else _("sämre än budget")
    )


def _proposal(row: ForecastLine, shaping: Shaping) -> ProposalView | None:
    if row.proposal is None:
        return None
    show = shaping.printed
    return ProposalView(
        text=show.money(row.proposal.amount_ore),
        exact=written(
            whole_units(row.proposal.amount_ore, show.unit, show.decimals), show.unit, negative=row.negative
        ),
        words=_("Bygger på %(basis)s.") % {"basis": row.proposal.basis.label},
        sum=arithmetic(row, row.proposal, shaping.sheet, show),
    )


def arithmetic(row: ForecastLine, proposal: Proposal, sheet: Sheet, show: Printed) -> str:
    """How the proposal is worked out, in the sheet's unit."""
    month, year = sheet.round.cutoff.month, sheet.round.year_id
    values = {
        "outcome": show.money(row.outcome), "whole": show.money(row.before), "upto": show.money(row.before_to),
        "month": MONTHS[month - 1], "months": month, "last": year - 1, "amount": show.money(proposal.amount_ore),
    }  # fmt: skip
    match proposal.basis:
        case Basis.SHAPE:
            return (
                _(
                    "Utfall till och med %(month)s %(outcome)s × hela %(last)s %(whole)s / %(last)s till och med %(month)s %(upto)s = %(amount)s"
                )
                % values
            )
        case Basis.PACE if month == 12:
            return _("Hela året är bokfört: %(amount)s") % values
        case Basis.PACE:
            return _("Utfall till och med %(month)s %(outcome)s × 12 / %(months)s = %(amount)s") % values
        case Basis.EARLIER:
            return _("Den förra prognosen: %(amount)s") % values
        case Basis.BUDGET:
            return _("Årets budget: %(amount)s") % values


def _ask(row: ForecastLine) -> str:
    """Why an explanation is asked for."""
    if row.amount is None or not row.departs:
        return ""
    words = []
    if "budget" in row.departs:
        away = words_amount(row.amount - (row.budget or 0))
        words.append(_("%(amount)s från budgeten") % {"amount": away})
    if "proposal" in row.departs and row.proposal is not None:
        away = words_amount(row.amount - row.proposal.amount_ore)
        words.append(_("%(amount)s från förslaget") % {"amount": away})
    return _("Avviker %(much)s.") % {"much": _(" och ").join(words)}


def _state(row: ForecastLine) -> str:
    if row.standing is None:
        return ""
    return _("Sparat %(when)s av %(who)s") % {"when": moment_text(row.standing.at), "who": row.standing.by}


def _faults(one: Placed, form: forms.Form) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            f"{one.line.label}, {form.fields[name].label}" if name in form.fields else one.line.label,
            str(error),
            f"#{form[name if name in form.fields else 'amount'].auto_id}",
        )
        for name, errors in form.errors.items()
        for error in errors
    )


def _clash(form: forms.Form, stale: Overtaken, show: Printed) -> Clash:
    return Clash(
        by=stale.by or _("Någon annan"),
        at=moment_text(stale.at) if stale.at else "",
        theirs=_said(stale.amount_ore, stale.explanation, show),
        yours=_said(form.cleaned_data["amount"], form.cleaned_data["explanation"], show),
    )


def _said(amount: int | None, explanation: str, show: Printed) -> str:
    told = (
        f"{written(amount, show.unit, negative=False)} {show.unit}"
        if amount is not None
        else _("ingen prognos")
    )
    return f"{told}. {explanation}" if explanation else f"{told}."


def round_name(round_: Round) -> str:
    """An earlier round of the year in a sentence: "april"."""
    return MONTHS[round_.cutoff.month - 1]
