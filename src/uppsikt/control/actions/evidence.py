"""Attaching evidence to what it proves."""

from __future__ import annotations

from uppsikt.control.models import Evidence
from uppsikt.control.selectors import evidence as selectors
from uppsikt.control.selectors.evidence import Target
from uppsikt.files.actions import store_file
from uppsikt.files.rules import EVIDENCE, Sent, name_for
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse


@atomic
def add_evidence(*, file: Sent, name: str = "", note: str = "", target: Target, by: Actor) -> Evidence:
    """Attach a file to a control's occasion, a mitigation, a review, a recommendation or an auditor's question.

    Args: name: what it is called in the list; the file's own name when empty.
    Raises: InputError when the file is empty, of a kind that proves nothing here, or too large, and when the same
        content is attached already.
    """
    body_key = selectors.bodies_of(target)[0]
    stored = store_file(content=file.content, name=file.name, by=by, allowed=EVIDENCE, body_key=body_key)
    if any(row.file_id == stored.pk for row in selectors.evidence_of(target)):
        raise refuse(
            "twice", "Filen är redan bifogad här.", field="file", remedy="Välj en annan, eller låt den vara."
        )
    row = Evidence(
        file=stored,
        name=(" ".join(name.split()) or name_for(stored.media_type, file.name))[:200],
        note=note.strip(),
        recorded_at=clock.now(),
        recorded_by_key=by.key,
        recorded_by_name=by.name,
        **{selectors.column_of(target): target},
    )
    row.full_clean()
    row.save()
    _record(EventKind.EVIDENCE_ADDED, row, target, by)
    return row


@atomic
def remove_evidence(*, evidence: Evidence, by: Actor) -> bool:
    """Take a piece of evidence out of what it is attached to. The file itself is kept."""
    if evidence.removed_at is not None:
        return False
    evidence.removed_at = clock.now()
    evidence.save(update_fields=["removed_at"])
    _record(EventKind.EVIDENCE_REMOVED, evidence, selectors.attached_to(evidence), by)
    return True


@atomic
def restore_evidence(*, evidence: Evidence, by: Actor) -> bool:
    """Put removed evidence back."""
    if evidence.removed_at is None:
        return False
    evidence.removed_at = None
    evidence.save(update_fields=["removed_at"])
    _record(EventKind.EVIDENCE_ADDED, evidence, selectors.attached_to(evidence), by)
    return True


def _record(kind: EventKind, evidence: Evidence, target: Target, by: Actor) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject_of(target),
        label=evidence.name,
        body_key=selectors.bodies_of(target)[0],
        data={"file": evidence.file.digest, "name": evidence.name, "note": evidence.note},
    )
