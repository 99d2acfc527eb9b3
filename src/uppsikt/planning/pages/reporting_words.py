"""Deadlines in words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.kernel.period import format_date

LONG_PAST = 60


def days_left(deadline: dt.date | None, today: dt.date) -> str:
    """How long there is: "om 10 dagar", "i dag", "3 dagar försenat". Empty without a deadline."""
    if deadline is None:
        return ""
    days = (deadline - today).days
    if days == 0:
        return _("i dag")
    if days == 1:
        return _("i morgon")
    if days > 1:
        return _("om %(count)s dagar") % {"count": days}
    if -days > LONG_PAST:
        return _("sista dagen har passerat")
    return ngettext("%(count)s dag försenat", "%(count)s dagar försenat", -days) % {"count": -days}


def deadline_words(deadline: dt.date | None, today: dt.date) -> str:
    """The last day with how long there is: "20 september 2025 (om 10 dagar)"."""
    if deadline is None:
        return _("ingen sista dag är satt")
    return f"{format_date(deadline)} ({days_left(deadline, today)})"
