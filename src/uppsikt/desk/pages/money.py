"""What is left of the economy in an open round, for those who explain variances, set forecasts or choose ledgers."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.pages import links
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors.forecasts import explanations_missing, missing_forecasts
from uppsikt.economy.selectors.variances import missing_comments
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.web.parts import Text


@dataclass(frozen=True, slots=True)
class Errand:
    """Something of the economy that waits, and where it is done."""

    text: Text
    href: str


def errands(held: Grants, context: Context) -> tuple[Errand, ...]:
    """What waits in the chosen body and round; nothing when the round is not open, or nothing is one's to do."""
    if context.round is None or context.body is None or context.round.state != RoundState.OPEN.value:
        return ()
    body = organisation.body(context.body.key)
    if body is None:
        return ()
    round_, found = context.round, []
    place = links.place(round_, body)
    if held.allows(Permission.WRITE, body=body.key) and (lacking := missing_comments(body, round_)):
        said = ngettext(
            "En avvikelse saknar förklaring", "%(count)s avvikelser saknar förklaring", len(lacking)
        )
        found.append(
            Errand(said % {"count": len(lacking)}, links.with_query(reverse("economy:variances"), place))
        )
    if held.allows(Permission.FORECAST, body=body.key):
        href = links.with_query(reverse("economy:forecast"), place)
        if unset := missing_forecasts(body, round_):
            said = ngettext("En rad saknar prognos", "%(count)s rader saknar prognos", len(unset))
            found.append(Errand(said % {"count": len(unset)}, href))
        if bare := explanations_missing(body, round_):
            said = ngettext(
                "En prognos saknar förklaring", "%(count)s prognoser saknar förklaring", len(bare)
            )
            found.append(Errand(said % {"count": len(bare)}, href))
    chooses = held.allows(Permission.LOAD) or held.allows(Permission.RUN_ROUND)
    if chooses and (newer := ledgers.newer(round_)):
        href = links.with_query(reverse("economy:ledger_change"), place)
        found.append(Errand(_("Nyare huvudbok finns: %(name)s") % {"name": newer.name}, href))
    return tuple(found)
