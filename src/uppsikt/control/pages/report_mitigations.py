"""All of a body's mitigations in a round on one page, to be reported at one sitting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.mitigation_rows import badges, blocked_words
from uppsikt.control.pages.mitigations import about, kind_words
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.web.parts import Badge, Crumb, Text


class AllForm(Protocol):
    """A form over several mitigations."""

    facts: list[MitigationFacts]

    @property
    def errors(self) -> Any:
        """What is wrong, by field."""

    def fields_of(self, pk: int) -> list[BoundField]:
        """The fields of one mitigation."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One mitigation with its fields, and what to know when one writes. `clash`: what somebody else wrote meanwhile."""

    key: str
    title: str
    href: str
    about: Text
    facts: Text
    badges: tuple[Badge, ...]
    blocked: Text
    fields: tuple[BoundField, ...]
    clash: Text


@dataclass(frozen=True, slots=True)
class ReportMitigationsPage:
    """The whole sheet. `clash`: somebody else saved meanwhile, and nothing was written."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: AllForm
    rows: tuple[ReportRow, ...]
    back: str
    clash: bool


def report_mitigations_page(
    body: Body, round_: Round, form: AllForm, today: dt.date, *, clash: bool = False
) -> ReportMitigationsPage:
    """The sheet for a body and round. No queries but the body's name."""
    left = sum(row.entry is None or not row.entry.status for row in form.facts)
    back = links.mitigations(round_, body=body.key)
    return ReportMitigationsPage(
        title=_("Rapportera åtgärder, %(round)s") % {"round": round_.name},
        lead=ngettext("%(n)s åtgärd är kvar att rapportera.", "%(n)s åtgärder är kvar att rapportera.", left) % {"n": left}
        if left
        else _("Alla åtgärder är rapporterade."),
        crumbs=(
            Crumb(organisation.body_name(body, round_.cutoff), back),
            Crumb(_("Åtgärder"), back),
            Crumb(_("Rapportera")),
        ),
        form=form,
        rows=tuple(_row(row, form, round_, today, clash=clash) for row in form.facts),
        back=back,
        clash=clash,
    )  # fmt: skip


def _row(row: MitigationFacts, form: AllForm, round_: Round, today: dt.date, *, clash: bool) -> ReportRow:
    item, entry = row.item, row.entry
    facts = [
        item.responsible.name if item.responsible else "",
        _("klart senast %(day)s") % {"day": format_date(item.deadline)} if item.deadline else "",
    ]
    fields = tuple(form.fields_of(row.mitigation.pk))
    theirs = (entry.status, entry.comment) if entry else ("", "")
    differs = clash and entry is not None and tuple(str(field.value() or "") for field in fields) != theirs
    return ReportRow(
        key=item.key,
        title=row.mitigation.title,
        href=links.mitigation(item.key, round_),
        about=f"{kind_words()[row.of][0]}: {about(row)}",
        facts=", ".join(filter(None, facts)),
        badges=tuple(badges(row, today)),
        blocked=blocked_words(row) if row.blocked else "",
        fields=fields,
        clash=_("%(name)s har sparat: %(status)s. %(comment)s")
        % {
            "name": entry.recorded_by_name,
            "status": row.step.label if row.step else _("ingen status"),
            "comment": entry.comment,
        }
        if differs and entry
        else "",
    )
