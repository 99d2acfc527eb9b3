"""Adopting a report: composed, rendered in every format and frozen, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor, digest
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.publishing.actions import publish
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.assembly import compose
from uppsikt.reports.models import Adoption, Report
from uppsikt.reports.rendering import FORMATS, render_all
from uppsikt.typeset.payload import Adopted


def adopt(*, report: Report, decision: Decision, by: Actor) -> Publication:
    """Freeze the report as it stands now, with its files. Adopting again supersedes, and both are kept.

    Raises: InputError when no decision is given: what is adopted is adopted by someone's decision.
    """
    if not decision.body or decision.date is None:
        raise refuse(
            "decision",
            "Ange vem som beslutade och vilken dag.",
            field="decision_body",
            remedy="Skriv till exempel Kommunstyrelsen och sammanträdets datum.",
        )
    at = clock.now().astimezone(clock.STOCKHOLM).isoformat(timespec="seconds")
    adopted: Adopted = {
        "at": at,
        "by": by.name,
        "decision": str(decision),
        "decision_case": decision.case or None,
        "decision_body": decision.body,
        "decision_date": decision.date.isoformat(),
        "decision_section": decision.section or None,
        "fingerprint": None,
    }
    payload: Mapping[str, Any] = compose(report, adopted=adopted)
    # Rendering takes seconds: done before the transaction, so that no one else's writing has to wait.
    files = render_all(payload, fingerprint=digest(payload))
    return _store(report, payload, files, decision, by=by)


@atomic
def _store(
    report: Report, payload: Mapping[str, Any], files: Mapping[str, bytes], decision: Decision, *, by: Actor
) -> Publication:
    row = publish(
        subject=selectors.subject(report),
        title=report.title,
        body=report.body,
        year=report.year_id,
        round_=report.round,
        payload=payload,
        files={name: files[name] for name in FORMATS if name != "json"},
        file_name=report.key,
        decision=decision,
        by=by,
    )
    Adoption.objects.create(report=report, publication=row)
    return row
