"""What is left of internal control and audit, for those who do it: actions, controls and answers."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.accounts.selectors import User
from uppsikt.control.pages import links
from uppsikt.control.selectors import control_rows
from uppsikt.control.selectors.waiting import (
    unanswered_recommendations,
    unmade_occasions,
    untold_mitigations,
)
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.desk.pages.money import Errand
from uppsikt.organisation.rules import Grants, Permission

SHOWN = 5


def control_errands(user: User, held: Grants, context: Context, today: dt.date) -> tuple[Errand, ...]:
    """What waits for the person in the chosen round's year. At most three queries."""
    round_, found = context.round, []
    if round_ is not None and round_.state == RoundState.OPEN.value and held.anywhere(Permission.REPORT):
        mine = list(untold_mitigations(user, round_).select_related("item")[: SHOWN + 1])
        found += [
            Errand(_("Status saknas: %(what)s") % {"what": row.title}, links.mitigation(row.item.key, round_))
            for row in mine[:SHOWN]
        ]
        if len(mine) > SHOWN:
            found.append(Errand(_("Fler åtgärder utan status"), links.mitigations(round_)))
    if round_ is not None and held.anywhere(Permission.REPORT):
        late = list(unmade_occasions(user, round_.year_id, today)[: SHOWN + 1])
        found += [
            Errand(
                _("Kontroll att göra: %(what)s") % {"what": control_rows.name_of(one.control)},
                reverse("control:occasion", args=[one.pk]),
            )
            for one in late[:SHOWN]
        ]
        if len(late) > SHOWN:
            found.append(Errand(_("Fler kontroller att göra"), reverse("control:controls")))
    if held.anywhere(Permission.CONTROL) and (
        count := unanswered_recommendations(held.bodies(Permission.CONTROL)).count()
    ):
        said = ngettext("En rekommendation är obesvarad", "%(count)s rekommendationer är obesvarade", count)
        found.append(Errand(said % {"count": count}, reverse("control:recommendations")))
    return tuple(found)
