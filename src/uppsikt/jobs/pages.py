"""The page of a job, and the job as a component on other packages' pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.jobs.rules import JobState
from uppsikt.jobs.selectors import Job
from uppsikt.web.parts import Crumb, Progress, Text
from uppsikt.web.parts import Job as JobPart


@dataclass(frozen=True, slots=True)
class JobPage:
    """One job: how far it has come, and when it is finished what came of it."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    job: JobPart


def job_page(row: Job) -> JobPage:
    """The page of one job."""
    return JobPage(title=row.title, lead="", crumbs=(Crumb(_("Jobb")), Crumb(row.title)), job=job_part(row))


def job_part(row: Job) -> JobPart:
    """The job for `web/components/job.html`, on any page."""
    state = JobState(row.state)
    return JobPart(
        key=row.key,
        state=state.value,
        words=_words(row, state),
        progress=Progress(_("Klart"), row.done, row.total) if row.total else None,
        href=reverse("jobs:job", kwargs={"key": row.key}),
        result_href=row.href,
    )


def _words(row: Job, state: JobState) -> str:
    if state is JobState.WAITING:
        return _("Väntar på sin tur.")
    if state is JobState.RUNNING:
        return row.words or _("Arbetar.")
    opening = _("Klart.") if state is JobState.DONE else _("Misslyckades.")
    return f"{opening} {row.message}".rstrip()
