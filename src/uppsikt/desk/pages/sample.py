"""Drawing a sample in the auditor's room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.control.pages.editing import EditPage, around
from uppsikt.desk.pages.room import Asked, href
from uppsikt.desk.selectors.lists import VOUCHERS
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Crumb, Fact


def choices() -> list[tuple[str, str]]:
    """What can be drawn from: the areas, and the body's rows in the ledger."""
    return [
        ("", _("Den lista jag laddar upp")),
        ("mitigations", _("Åtgärder")),
        ("controls", _("Kontroller")),
        ("results", _("Kontrollresultat")),
        ("risks", _("Risker")),
        ("assignments", _("Uppdrag")),
        ("recommendations", _("Rekommendationer")),
        (VOUCHERS, _("Verifikationer i huvudboken")),
    ]


def draw_page(ask: Asked, form: Any, name: str) -> Callable[..., EditPage]:
    """The page around the form."""
    when = format_date(ask.day) if ask.moment and ask.day else _("i dag")
    return around(
        title=_("Dra stickprov"),
        lead=_("Samma lista, antal och frö ger samma rader varje gång, så att andra kan dra om stickprovet."),
        crumbs=(Crumb(_("Revisorns rum"), href(**ask.query())), Crumb(_("Dra stickprov"))),
        form=form,
        back=href(**ask.query()),
        submit=_("Dra"),
        beside_title=_("Listan byggs av"),
        beside=(
            Fact(_("Organ"), name),
            Fact(_("År"), str(ask.year)),
            Fact(_("Så som det var"), when),
        ),
    )
