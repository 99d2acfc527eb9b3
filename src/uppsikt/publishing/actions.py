"""Freezing what is adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.cycle.selectors import Round
from uppsikt.files.actions import store_file
from uppsikt.files.rules import DOCX, HTML, JSON, PDF, XLSX
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor, canonical_json, digest
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.organisation.selectors import Body
from uppsikt.publishing.models import Publication, PublicationFile

KINDS = (PDF, DOCX, HTML, XLSX, JSON)


@atomic
def publish(
    *,
    subject: str,
    title: str,
    body: Body,
    year: int,
    round_: Round | None,
    payload: Mapping[str, Any],
    files: Mapping[str, bytes],
    file_name: str,
    decision: Decision,
    by: Actor,
    kind: EventKind = EventKind.REPORT_ADOPTED,
) -> Publication:
    """Freeze a payload with its files. What stood adopted of the same subject is superseded, not changed.

    Args:
        subject: stable key with its kind, as "report:2024-bokslut-ks".
        files: the rendered files by format ("pdf" …); the payload itself is stored too, as "json".
        file_name: what the files are called, without ending.
    """
    fingerprint = digest(payload)
    earlier = Publication.objects.filter(subject=subject, superseded_by__isnull=True).first()
    row = Publication(
        subject=subject,
        title=title,
        body=body,
        year_id=year,
        round=round_,
        payload=payload,
        schema=str(payload.get("schema", "")),
        fingerprint=fingerprint,
        adopted_at=clock.now(),
        adopted_by_key=by.key,
        adopted_by_name=by.name,
        decision_case=decision.case,
        decision_body=decision.body,
        decision_date=decision.date,
        decision_section=decision.section,
        supersedes=earlier,
    )
    row.full_clean()
    row.save(force_insert=True)
    digests = {}
    for name, content in {**files, "json": canonical_json(payload).encode()}.items():
        stored = store_file(
            content=content, name=f"{file_name}.{name}", by=by, allowed=KINDS, body_key=body.key
        )
        PublicationFile.objects.create(publication=row, format=name, file=stored)
        digests[name] = stored.digest
    record(
        kind,
        by=by,
        subject=subject,
        label=title,
        body_key=body.key,
        data={
            "publication": row.pk,
            "fingerprint": fingerprint,
            "files": digests,
            "decision": str(decision),
            "supersedes": earlier.pk if earlier else None,
        },
    )
    return row
