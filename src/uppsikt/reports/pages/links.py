"""The addresses of a report."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.publishing.selectors import Publication
from uppsikt.reports.access import edition
from uppsikt.reports.rendering import FORMATS, LABELS
from uppsikt.reports.selectors import Report
from uppsikt.web.parts import Action, Crumb


def to(name: str, row: Report, **more: str) -> str:
    """One of the report's addresses by name."""
    return reverse(f"reports:{name}", kwargs={"body": row.body.key, "edition": edition(row), **more})


def crumbs(row: Report, body_name: str, *last: str) -> tuple[Crumb, ...]:
    """Where one is: reports, the body, the report, and what is looked at in it."""
    return (
        Crumb(_("Rapporter"), reverse("reports:reports")),
        Crumb(body_name),
        Crumb(row.title, to("workspace", row)),
        *(Crumb(text) for text in last),
    )


def downloads(row: Report) -> tuple[Action, ...]:
    """The report as it stands now, in every format."""
    return tuple(Action(LABELS[name], to("draft_file", row, format=name)) for name in FORMATS)


def publication(row: Publication) -> str:
    """Where something adopted is shown."""
    return reverse("reports:publication", args=[row.pk])


def publication_files(row: Publication) -> tuple[Action, ...]:
    """The files that were adopted."""
    held = {each.format for each in row.files.all()}
    return tuple(
        Action(LABELS[name], reverse("reports:publication_file", args=[row.pk, name]))
        for name in FORMATS
        if name in held
    )
