"""The pages of internal control, side by side: one row of tabs for them all."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages import links
from uppsikt.cycle.selectors import Round
from uppsikt.web.parts import Link


def tabs(current: str, round_: Round | None) -> tuple[Link, ...]:
    """How it stands, then risks and what is done about them, controls and what they found, and what helps the work.

    Args: current: the name of the address of the list that is shown, without its application.
    """
    listed = (
        ("home", _("Läget"), links.home(round_)),
        ("risks", _("Risker"), links.risks(round_)),
        ("mitigations", _("Åtgärder"), links.mitigations(round_)),
        ("controls", _("Kontroller"), words.controls_href(round_)),
        ("groups", _("Kommungemensamma"), words.groups_href(round_)),
        ("deficiencies", _("Brister"), words.deficiencies_href(round_)),
        ("workshops", _("Workshoppar"), reverse("control:workshops")),
        ("libraries", _("Bibliotek"), reverse("control:libraries")),
    )
    return tuple(Link(label, href, key == current) for key, label, href in listed)
