"""Evidence as it is listed on the page of what it proves, and the form that attaches more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.rules.occasions import label
from uppsikt.control.selectors import (
    AuditReview,
    Evidence,
    Mitigation,
    Occasion,
    Recommendation,
)
from uppsikt.control.selectors import evidence as selectors
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.control.selectors.evidence import Target
from uppsikt.files.rules import kind_label
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import NBSP, format_decimal, round_half_away
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Crumb, Fact, Text

KILO = 1000
HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file: what it is called and shows, where it is fetched, how large, its hash, who attached it and when."""

    name: str
    href: str
    note: str
    about: Text
    digest: str
    short: str
    by: str
    at: str
    remove: Action | None


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The list on another page: `{% include "control/_evidence.html" with part=page.evidence %}`."""

    key: str
    rows: tuple[EvidenceRow, ...]
    add: Action | None


def evidence_part(target: Target, rows: Iterable[Evidence], *, may_change: bool) -> EvidencePart:
    """The evidence of one thing, read by `selectors.evidence.evidence_of` or `evidence_for`. No queries."""
    of = selectors.column_of(target)
    address = reverse("control:evidence_new", args=[of, target.pk])
    return EvidencePart(
        key=f"{of}-{target.pk}",
        rows=tuple(_row(row, may_change=may_change) for row in rows),
        add=Action(_("Bifoga fil"), address, icon="paperclip") if may_change else None,
    )


def evidence_edit_page(target: Target, form: Any) -> Callable[..., EditPage]:
    """The page around a file that is attached."""
    what, name, back = told(target)
    return around(
        title=_("Bifoga fil"),
        lead=_("Filen sparas oförändrad, med sin kontrollsumma."),
        crumbs=(Crumb(what), Crumb(name, back), Crumb(_("Ny fil"))),
        form=form,
        back=back,
        submit=_("Bifoga"),
        beside_title=what,
        beside=(Fact(_("Gäller"), name),),
    )


def told(target: Target) -> tuple[Text, str, str]:
    """What kind of thing evidence is attached to, what it is called and its page."""
    if isinstance(target, Occasion):
        name = f"{name_of(target.control)}, {label(target.period, target.period_text)}"
        return _("Kontrolltillfälle"), name, reverse("control:occasion", args=[target.pk])
    if isinstance(target, Mitigation):
        return _("Åtgärd"), target.title, reverse("control:mitigation", args=[target.item.key])
    if isinstance(target, AuditReview):
        return _("Granskning"), target.title, reverse("control:review", args=[target.key])
    if isinstance(target, Recommendation):
        return _("Rekommendation"), target.text, reverse("control:review", args=[target.review.key])
    return _("Revisionsfråga"), target.subject, reverse("control:question", args=[target.key])


def size_text(size: int) -> str:
    """A file's size in print, in the thousands that file managers count in: "812 byte", "48 kB", "1,2 MB"."""
    if size < KILO:
        return f"{size}{NBSP}byte"
    if size < KILO * KILO:
        return f"{format_decimal(round_half_away(Decimal(size) / KILO, 0))}{NBSP}kB"
    return f"{format_decimal(Decimal(size) / KILO / KILO, 1)}{NBSP}MB"


def _row(row: Evidence, *, may_change: bool) -> EvidenceRow:
    address = reverse("control:evidence_remove", args=[row.pk])
    return EvidenceRow(
        name=row.name,
        href=reverse("control:evidence_file", args=[row.pk]),
        note=row.note,
        about=f"{kind_label(row.file.media_type)}, {size_text(row.file.size)}",
        digest=row.file.digest,
        short=row.file.digest[:HASH_SHOWN],
        by=row.recorded_by_name,
        at=format_date(row.recorded_at.astimezone(STOCKHOLM).date()),
        remove=Action(_("Ta bort"), address, post=True, icon="trash-2") if may_change else None,
    )
