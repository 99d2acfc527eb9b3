"""The variances of a body in a round that must be explained."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.statement import place_crumbs
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.pages.variance_parts import VarianceView, variance_view
from uppsikt.economy.rules.model import Threshold
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.variances import commented, variances
from uppsikt.kernel.numbers import NBSP, format_decimal
from uppsikt.web.parts import Crumb, Empty, Link, Progress, Text


@dataclass(frozen=True, slots=True)
class VariancesPage:
    """The page. `rule`: over what a variance must be explained. `may_write`: whether one may explain."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None
    rule: Text = ""
    progress: Progress | None = None
    rows: tuple[VarianceView, ...] = ()
    may_write: bool = False


def variances_page(chosen: Chosen, *, may_write: bool) -> VariancesPage:
    """The body's variances in the round, those without an explanation first."""
    title, crumbs = _("Avvikelser"), (*place_crumbs(chosen), Crumb(_("Avvikelser")))
    empty = nothing_chosen(chosen)
    if chosen.round is None or empty:
        return VariancesPage(title, "", crumbs, tabs("economy:variances"), empty)
    try:
        model = economy_models.model_for(chosen.round.year_id)
    except LookupError:
        return VariancesPage(title, "", crumbs, tabs("economy:variances"), no_model(chosen.round.year_id))
    reading = Reading(chosen.round, chosen.body, model)
    found = sorted(variances(reading), key=lambda one: one.explained)
    places = follow.place_names(reading.year) if found else {}
    done = sum(one.explained for one in found)
    return VariancesPage(
        title=title,
        lead=_lead(len(found), len(found) - done),
        crumbs=crumbs,
        tabs=tabs("economy:variances"),
        empty=None if found else _none(reading),
        rule=rule_words(model.threshold),
        progress=Progress(_("Förklarade"), done, len(found)) if found else None,
        rows=tuple(
            variance_view(one.table, one.row, reading, one.content, chosen.body, places, brief=True)
            for one in found
        ),
        may_write=may_write and chosen.round.state == RoundState.OPEN.value,
    )


def _lead(count: int, missing: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "En post avviker så mycket att den ska förklaras.",
        "%(count)s poster avviker så mycket att de ska förklaras.",
        count,
    ) % {"count": count}
    if not missing:
        return words + " " + _("Allt är förklarat.")
    left = ngettext("En förklaring saknas.", "%(count)s förklaringar saknas.", missing) % {"count": missing}
    return f"{words} {left}"


def rule_words(limit: Threshold) -> str:
    """The threshold in words: "Förklaras vid minst 5 000 000 kr och 2 procent av budget"."""
    parts = []
    if limit.amount:
        parts.append(f"{limit.amount:,}".replace(",", NBSP) + f"{NBSP}kr")
    if limit.percent:
        parts.append(_("%(percent)s procent av budget") % {"percent": format_decimal(limit.percent)})
    if not parts:
        return _("Ingen gräns är satt i ekonomimodellen.")
    joined = (_(" eller ") if limit.either else _(" och ")).join(parts)
    return _("Förklaras från %(limit)s. Gränsen står i ekonomimodellen.") % {"limit": joined}


def _none(reading: Reading) -> Empty:
    if reading.ledger is None and not reading.forecast:
        return Empty(
            _("Inget att jämföra än"),
            _("Här står de poster som avviker mer än gränsen, med förslag till orsaker ur huvudboken. De visas när en huvudbok är vald för tillfället."),
            icon="chart-no-axes-column",
        )  # fmt: skip
    if not commented(reading, whole=reading.body is None):
        return Empty(
            _("Välj en nämnd") if reading.body is None else _("Inga tabeller förklaras vid tillfället"),
            _("Avvikelser förklaras nämnd för nämnd, i de tabeller som ekonomimodellen säger."),
            icon="chart-no-axes-column",
        )
    return Empty(
        _("Ingen avvikelse över gränsen"),
        rule_words(reading.model.threshold),
        icon="circle-check",
    )
