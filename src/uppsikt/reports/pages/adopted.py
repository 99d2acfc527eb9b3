"""Adopting a report, what was adopted, and what differs since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.access import edition
from uppsikt.reports.assembly import Assembled, compose
from uppsikt.reports.pages import links
from uppsikt.reports.pages.workspace import GapGroup, gap_groups
from uppsikt.reports.rules.difference import Change, difference
from uppsikt.reports.selectors import Report
from uppsikt.web.diff import DiffRow, side_by_side
from uppsikt.web.parts import Action, Crumb, Fact, Text


@dataclass(frozen=True, slots=True)
class AdoptPage:
    """What is missing, and the decision to adopt by. `open_round`: its round is still open for reporting."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    gaps: tuple[GapGroup, ...]
    open_round: str
    earlier: str
    form: forms.Form
    href: str
    back_href: str


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """Something adopted: the frozen page, its files, who and when, and whether it is unharmed."""

    title: str
    lead: Text
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    fingerprint: str
    holds: bool
    faults: tuple[str, ...]
    files: tuple[Action, ...]
    page_href: str
    superseded_href: str
    difference_href: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that differs: where, and both versions."""

    place: str
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class ChangedChapter:
    """What differs in one chapter."""

    title: str
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Two payloads compared, chapter by chapter."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    before_label: Text
    after_label: Text
    chapters: tuple[ChangedChapter, ...]
    back_href: str


def adopt_page(row: Report, made: Assembled, form: forms.Form) -> AdoptPage:
    """What to know before adopting."""
    name = made.payload["document"]["body"]["name"]
    standing = publishing.latest(selectors.subject(row))
    still_open = row.round is not None and row.round.state == RoundState.OPEN.value
    return AdoptPage(
        title=_("Fastställ %(title)s") % {"title": row.title},
        lead=_(
            "Rapporten fryses så som den är nu, med alla filer. Senare ändringar av underlaget når den inte."
        ),
        crumbs=links.crumbs(row, name, _("Fastställ")),
        gaps=gap_groups(row, made.gaps),
        open_round=row.round.name if row.round and still_open else "",
        earlier=format_date(_day(standing)) if standing else "",
        form=form,
        href=links.to("adopt", row),
        back_href=links.to("workspace", row),
    )


def publication_page(row: Publication) -> PublicationPage:
    """What was adopted, as it was."""
    document = row.payload["document"]
    check = publishing.verify(row)
    later = getattr(row, "superseded_by", None)
    facts = [
        Fact(_("Fastställd"), row.decision.meeting or format_date(_day(row))),
        Fact(_("Beslut"), str(row.decision) or "–"),
        Fact(_("Avser"), row.round.name if row.round else str(row.year_id)),
        Fact(
            _("Fryst"),
            _("%(day)s av %(who)s") % {"day": format_date(_day(row)), "who": row.adopted_by_name},
        ),
    ]
    if row.supersedes is not None:
        facts.append(
            Fact(_("Ersätter"), format_date(_day(row.supersedes)), links.publication(row.supersedes))
        )
    written = selectors.report(row.subject.removeprefix("report:"))
    place = {"body": row.body.key, "edition": edition(written) if written else f"{row.year_id}/plan"}
    return PublicationPage(
        title=row.title,
        lead=document["body"]["name"],
        crumbs=(
            Crumb(_("Rapporter"), reverse("reports:reports")),
            Crumb(document["body"]["name"]),
            Crumb(row.title, reverse("reports:workspace", kwargs=place)),
            Crumb(_("Som fastställt")),
        ),
        facts=tuple(facts),
        fingerprint=row.fingerprint,
        holds=check.holds,
        faults=check.faults,
        files=links.publication_files(row),
        page_href=reverse("reports:publication_page", args=[row.pk]),
        superseded_href=links.publication(later) if later else "",
        difference_href="" if later else reverse("reports:difference", kwargs=place),
    )


def since_adoption_page(row: Report, standing: Publication) -> DifferencePage:
    """What a report composed now would say otherwise than the adopted one."""
    changes = difference(standing.payload, dict(compose(row)))
    name = standing.payload["document"]["body"]["name"]
    return _page(
        row,
        name,
        changes,
        title=_("Vad skiljer sedan rapporten fastställdes"),
        before=_("Som fastställt %(day)s") % {"day": format_date(_day(standing))},
        same=_("Ingenting skiljer. Underlaget säger fortfarande det som fastställdes."),
    )


def earlier_page(row: Report, before: Report) -> DifferencePage:
    """What the report says otherwise than the one before it."""
    then, now = dict(compose(before)), dict(compose(row))
    return _page(
        row,
        now["document"]["body"]["name"],  # type: ignore[index]
        difference(then, now),
        title=_("Jämfört med %(title)s") % {"title": before.title},
        before=before.title,
        same=_("Ingenting skiljer."),
    )


def _page(
    row: Report, name: str, changes: Iterable[Change], *, title: str, before: str, same: str
) -> DifferencePage:
    found = list(changes)
    count = ngettext("%(count)s ändring.", "%(count)s ändringar.", len(found)) % {"count": len(found)}
    chapters: dict[str, tuple[str, list[ChangeRow]]] = {}
    for change in found:
        rows = side_by_side(change.before or "", change.after or "")
        chapters.setdefault(change.chapter, (change.chapter_title, []))[1].append(
            ChangeRow(change.place, rows)
        )
    return DifferencePage(
        title=title,
        lead=count if found else same,
        crumbs=links.crumbs(row, name, title),
        before_label=before,
        after_label=_("Nu"),
        chapters=tuple(ChangedChapter(heading, tuple(rows)) for heading, rows in chapters.values()),
        back_href=links.to("workspace", row),
    )


def _day(row: Publication) -> dt.date:
    return row.adopted_at.astimezone(clock.STOCKHOLM).date()
