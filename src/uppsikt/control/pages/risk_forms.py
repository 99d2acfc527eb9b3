"""What stands around the forms of risks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.pages.symbols import value_symbol
from uppsikt.control.selectors import Risk
from uppsikt.control.selectors.carrying import ToCarry
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.context import Context
from uppsikt.organisation.selectors import Body
from uppsikt.web.parts import Action, Crumb, Fact, Symbol, Text

Page = Callable[..., EditPage]


def new_page(form: Any, context: Context) -> Page:
    """The page around a new risk."""
    return around(
        title=_("Lägg till risk %(year)s") % {"year": context.year},
        lead=_("Beskriv risken först. På nästa sida bedömer du hur trolig och allvarlig den är."),
        crumbs=(Crumb(_("Risker"), links.risks(context.round)), Crumb(_("Ny risk"))),
        form=form,
        back=links.risks(context.round),
        what=_("risken"),
        submit=_("Spara och bedöm"),
    )


def risk_form_page(
    risk: Risk,
    form: Any,
    title: Text,
    *,
    lead: Text = "",
    beside_title: Text = "",
    beside: tuple[Fact, ...] = (),
    remove: Action | None = None,
) -> Page:
    """The page around a form of a risk that stands."""
    back = links.risk(risk.key)
    return around(
        title=title,
        lead=lead,
        crumbs=(Crumb(_("Risker"), links.risks()), Crumb(risk.title, back), Crumb(title)),
        form=form,
        back=back,
        what=_("risken"),
        beside_title=beside_title,
        beside=beside,
        remove=remove,
    )


def change_page(risk: Risk, form: Any) -> Page:
    """The page around what is said of a risk, with the way to take it out."""
    address = reverse("control:risk_remove", args=[risk.key])
    remove = Action(_("Ta bort risken"), address, post=True, icon="trash-2", danger=True)
    return risk_form_page(risk, form, _("Ändra risken"), remove=remove)


def assess_page(facts: RiskFacts, form: Any) -> Page:
    """The page around an assessment, with what the risk is and what the values lead to."""
    policy = facts.policy
    bands = [
        Fact(
            _("%(value)s eller mer") % {"value": band.from_value},
            symbol=Symbol(band.symbol, band.label, band.colour),
        )
        for band in sorted(policy.bands, key=lambda one: -one.from_value)
    ]
    if policy.report_from is not None:
        bands.append(Fact(_("Rapporteras uppåt från"), str(policy.report_from)))
    lead = facts.risk.title
    if not policy.likelihood:
        lead = _("Styrmodellen för %(year)s har ingen riskskala än. Be administratören lägga in den.") % {
            "year": facts.risk.year_id
        }
    return risk_form_page(
        facts.risk,
        form,
        _("Bedöm risken"),
        lead=lead,
        beside_title=_("Riskvärdet är sannolikhet gånger konsekvens"),
        beside=tuple(bands),
    )


def treat_page(facts: RiskFacts, form: Any) -> Page:
    """The page around a decision, with the value it is about and what answers the risk."""
    done = [
        *(row.title for row in facts.mitigations),
        *(row.name or (row.group.name if row.group else "") for row in facts.controls),
    ]
    return risk_form_page(
        facts.risk,
        form,
        _("Besluta om risken"),
        lead=facts.risk.title,
        beside_title=_("Att gå efter"),
        beside=(
            Fact(_("Före åtgärd"), symbol=value_symbol(facts.policy, facts.value_before)),
            Fact(_("Efter åtgärd"), symbol=value_symbol(facts.policy, facts.value_after)),
            Fact(_("Åtgärder och kontroller"), "; ".join(done) or _("Inga än")),
        ),
    )


def carry_page(body: Body, year: int, left: ToCarry, form: Any) -> Page:
    """What would come along from the year before."""
    risks, mitigations = len(left.risks), len(left.mitigations)
    words = {
        "risks": ngettext("%(n)s risk", "%(n)s risker", risks) % {"n": risks},
        "mitigations": ngettext("%(n)s åtgärd", "%(n)s åtgärder", mitigations) % {"n": mitigations},
        "year": year - 1,
    }
    lead = (
        _("%(risks)s från %(year)s hämtas med bedömning och beslut, och %(mitigations)s som inte är klara. Det som redan finns rörs inte.") % words
        if risks or mitigations
        else _("Det finns inget mer att hämta från %(year)s.") % words
    )  # fmt: skip
    names = [facts.risk.title for facts in left.risks]
    tasks = [row.title for row in left.mitigations]
    return around(
        title=_("Hämta risker från %(year)s") % {"year": year - 1},
        lead=lead,
        crumbs=(Crumb(_("Risker"), links.risks(body=body.key)), Crumb(_("Hämta"))),
        form=form,
        back=links.risks(body=body.key),
        submit=_("Hämta"),
        beside_title=_("Det här kommer med"),
        beside=tuple(
            Fact(label, text)
            for label, text in (
                *((_("Risk"), name) for name in names),
                *((_("Åtgärd"), name) for name in tasks),
            )
        ),
    )
