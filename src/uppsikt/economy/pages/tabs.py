"""The row of tabs that all pages of the economy share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from uppsikt.economy.pages.links import address
from uppsikt.web.parts import Link, Text

TABS: tuple[tuple[str, Text], ...] = (
    ("economy:tables", _("Tabeller")),
    ("economy:variances", _("Avvikelser")),
    ("economy:forecast", _("Prognos")),
    ("economy:budget", _("Budget")),
    ("economy:registers", _("Register")),
    ("economy:ledger", _("Huvudbok")),
)


def tabs(current: str) -> tuple[Link, ...]:
    """The tabs whose pages there are. `current` is the name of the page one stands on, such as "economy:budget"."""
    return tuple(
        Link(label, href, current=name == current) for name, label in TABS if (href := address(name))
    )
