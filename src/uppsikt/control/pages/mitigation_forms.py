"""What stands around the forms of mitigations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.pages.audit_words import recommendation_href
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.pages.mitigation_rows import blocked_words
from uppsikt.control.pages.mitigations import about, kind_words
from uppsikt.control.selectors import Deficiency, Mitigation, Recommendation, Risk
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.period import format_date
from uppsikt.organisation.selectors import Body
from uppsikt.planning.pages.links import with_query
from uppsikt.web.parts import Action, Crumb, Fact, Link, Text

Page = Callable[..., EditPage]


def new_page(form: Any, thing: Risk | Recommendation | Deficiency, of: str) -> Page:
    """The page around a new mitigation."""
    name = thing.text if isinstance(thing, Recommendation) else thing.title
    back = (
        recommendation_href(thing)
        if isinstance(thing, Recommendation)
        else reverse(f"control:{of}", args=[thing.key])
    )
    return around(
        title=_("Lägg till åtgärd"),
        crumbs=(Crumb(kind_words()[of][1]), Crumb(name, back), Crumb(_("Ny åtgärd"))),
        form=form,
        back=back,
        what=_("åtgärden"),
        beside_title=kind_words()[of][0],
        beside=(Fact(_("Gäller"), name),),
    )


def change_page(mitigation: Mitigation, form: Any) -> Page:
    """The page around a mitigation that is changed."""
    remove = Action(
        _("Ta bort åtgärden"),
        reverse("control:mitigation_remove", args=[mitigation.item.key]),
        post=True,
        icon="trash-2",
        danger=True,
    )
    return _of(mitigation, form, _("Ändra åtgärden"), remove=remove)


def report_page(facts: MitigationFacts, round_: Round, form: Any) -> Page:
    """The page around a mitigation's status, with what to go by."""
    item = facts.item
    beside = [Fact(kind_words()[facts.of][0], about(facts))]
    if item.deadline:
        beside.append(Fact(_("Klart senast"), format_date(item.deadline)))
    if facts.blocked:
        beside.append(Fact(_("Väntar"), blocked_words(facts)))
    return _of(
        facts.mitigation,
        form,
        _("Rapportera"),
        lead=f"{facts.mitigation.title}, {round_.name}",
        beside_title=_("Att gå efter"),
        beside=tuple(beside),
        back=links.mitigation(item.key, round_),
    )


def wait_page(mitigation: Mitigation, form: Any, context: Context, body: Body) -> Page:
    """The page around what a mitigation waits for; other bodies' things are a press away."""
    address = reverse("control:dependency_new", args=[mitigation.item.key])
    bodies = tuple(
        Link(row.short or row.name, with_query(address, {"of": row.key}), row.key == body.key)
        for row in context.bodies
    )
    return _of(
        mitigation,
        form,
        _("Väntar på"),
        lead=_("Välj det som måste bli klart innan ”%(title)s” kan påbörjas.") % {"title": mitigation.title},
        choices=bodies if len(bodies) > 1 else (),
    )


def _of(mitigation: Mitigation, form: Any, title: Text, *, back: str = "", **more: Any) -> Page:
    address = back or links.mitigation(mitigation.item.key)
    return around(
        title=title,
        crumbs=(
            Crumb(_("Åtgärder"), links.mitigations()),
            Crumb(mitigation.title, address),
            Crumb(title),
        ),
        form=form,
        back=address,
        what=_("åtgärden"),
        **more,
    )
