"""The desk's long work, as jobs."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from uppsikt.desk.actions import packing
from uppsikt.history.rules import Actor
from uppsikt.jobs.actions import report
from uppsikt.jobs.task import job
from uppsikt.organisation import selectors as organisation


@job
def take_out_pack(
    key: str,
    *,
    year: int,
    bodies: list[str] | None,
    moment: str,
    scope: str,
    basic: str,
    by_key: str,
    by_name: str,
) -> str:
    """Take out an evidence pack. Safe to run again: the same data give the same, but for when it says it was made."""
    packing.pack(
        year=year,
        bodies=frozenset(bodies) if bodies is not None else None,
        moment=dt.datetime.fromisoformat(moment),
        scope=scope,
        basic=organisation.body(basic) if basic else None,
        by=Actor(by_key, by_name),
        progress=lambda words: report(key, words=words),
    )
    return _("Underlaget ligger bland de uttagna och kan hämtas.")
