"""What a table says in a sentence: the surplus or deficit, and how many rows want an explanation."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.economy.pages.amounts import words_amount
from uppsikt.economy.rules.follow import FORECASTS, OUTCOMES
from uppsikt.economy.rules.plots import compared, total_row
from uppsikt.economy.rules.tables import Table
from uppsikt.economy.selectors.variances import Variance
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.period import MONTHS


def headline(table: Table, variances: Collection[Variance] | None) -> str:
    """The table in one or two sentences; empty for a table that compares nothing.

    Args: variances: those over the threshold; None where nothing is explained.
    """
    told = _variance(table) or _growth(table)
    if variances is None:
        return told
    return f"{told} {_over(variances)}".strip()


def _variance(table: Table) -> str:
    found, total = compared(table), total_row(table)
    if found is None or total is None:
        return ""
    column, this, base = found
    exact, budget = total.cell(column.key).exact, total.cell(base.key).exact
    if exact is None or budget is None:
        return ""
    if exact == 0:
        return _("I linje med budget.")
    values = {
        "amount": words_amount(int(exact)), "share": _share(exact, budget),
        "span": _(" till och med %(month)s") % {"month": MONTHS[table.month - 1]} if base.measure == "budget_accumulated" else "",
    }  # fmt: skip
    if this.measure in FORECASTS:
        words = (
            _("Prognosen är %(amount)s bättre än budget%(share)s.")
            if exact > 0
            else _("Prognosen är %(amount)s sämre än budget%(share)s.")
        )
    else:
        words = (
            _("Överskott %(amount)s mot budget%(span)s%(share)s.")
            if exact > 0
            else _("Underskott %(amount)s mot budget%(span)s%(share)s.")
        )
    return words % values  # fmt: skip


def _share(exact: Decimal | int, base: Decimal | int) -> str:
    if not base:
        return ""
    percent = format_decimal(abs(Decimal(exact)) * 100 / abs(Decimal(base)), 1)
    return _(" (%(percent)s procent)") % {"percent": percent}


def _over(variances: Collection[Variance]) -> str:
    count = len(variances)
    if not count:
        return _("Ingen post ligger över gränsen för kommentar.")
    words = ngettext(
        "En post ligger över gränsen för kommentar.",
        "%(count)s poster ligger över gränsen för kommentar.",
        count,
    ) % {"count": count}
    missing = sum(not found.explained for found in variances)
    if not missing:
        return words + " " + ngettext("Den är förklarad.", "Alla är förklarade.", count)
    if missing == count:
        return words
    return words + " " + ngettext(
        "En saknar förklaring.", "%(count)s saknar förklaring.", missing
    ) % {"count": missing}  # fmt: skip


def _growth(table: Table) -> str:
    """How the total of a table of years has moved from the year before."""
    total = total_row(table)
    outcomes = {column.years: column for column in table.columns if column.measure in OUTCOMES}
    if total is None or not {0, -1} <= set(outcomes):
        return ""
    this, last = (total.cell(outcomes[years].key).exact for years in (0, -1))
    if this is None or not last:
        return ""
    percent = (Decimal(this) - Decimal(last)) * 100 / Decimal(last)
    values = {"amount": words_amount(int(this)), "percent": format_decimal(abs(percent), 1)}
    if this < 0:
        words = (
            _("Nettokostnad %(amount)s, %(percent)s procent mer än året före.")
            if percent > 0
            else _("Nettokostnad %(amount)s, %(percent)s procent mindre än året före.")
        )
    else:
        words = (
            _("%(amount)s, %(percent)s procent mer än året före.")
            if percent > 0
            else _("%(amount)s, %(percent)s procent mindre än året före.")
        )
    return words % values  # fmt: skip
