"""What stands in a page of the economy before there is anything to show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.links import address
from uppsikt.web.parts import Action, Empty


def nothing_chosen(chosen: Chosen) -> Empty | None:
    """What to say when no round has begun, or no body has been chosen by who may not read them all."""
    if chosen.round is None:
        return Empty(
            _("Ingen uppföljning har börjat"),
            _(
                "Här står ekonomin som den såg ut vid uppföljningens brytdag. Öppna ett tillfälle för att börja."
            ),
            Action(_("År och tillfällen"), address("cycle:year_list")),
            icon="chart-no-axes-column",
        )
    if chosen.nobody:
        return Empty(
            _("Välj en nämnd"),
            _("Du läser några av nämnderna. Välj en av dem till vänster, så står dess ekonomi här."),
            icon="chart-no-axes-column",
        )
    return None


def no_model(year: int) -> Empty:
    """What to say when no economy model has been read in."""
    return Empty(
        _("Ingen ekonomimodell för %(year)s") % {"year": year},
        _("Här kommer resultaträkning, verksamheter och nettokostnader att stå. Läs in en ekonomimodell: den säger hur kontona blir rader och vilka tabeller kommunen har."),
        Action(_("Läs in data"), address("exchange:import")),
        icon="chart-no-axes-column",
    )  # fmt: skip


def no_tables() -> Empty:
    """What to say when the model has no table for the kind of round that is chosen."""
    return Empty(
        _("Inga tabeller hör till tillfället"),
        _("Ekonomimodellen säger vilka tabeller som hör till årsbokslut, delår och månad. Välj ett annat tillfälle, eller lägg till tabeller i modellen."),
        icon="chart-no-axes-column",
    )  # fmt: skip
