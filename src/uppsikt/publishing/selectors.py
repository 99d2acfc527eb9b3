"""Reading what has been adopted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.files import selectors as files
from uppsikt.files.selectors import StoredFile
from uppsikt.history.rules import digest
from uppsikt.publishing.models import Publication, PublicationFile

__all__ = [
    "Publication",
    "PublicationFile",
    "Verification",
    "content",
    "latest",
    "latest_of",
    "publication",
    "publications",
    "stored",
    "verify",
]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether an adopted thing is still what was adopted. `faults` says, in words, what is not."""

    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was."""
        return not self.faults


def publications() -> QuerySet[Publication]:
    """Everything adopted, latest first, without the payloads."""
    return Publication.objects.select_related("body", "round").defer("payload")


def publication(pk: int) -> Publication | None:
    """One publication with all its files."""
    return (
        Publication.objects.select_related("body", "round", "supersedes", "superseded_by")
        .prefetch_related("files__file")
        .filter(pk=pk)
        .first()
    )


def latest(subject: str) -> Publication | None:
    """What stands adopted of a subject, None when nothing has been."""
    return (
        Publication.objects.select_related("body", "round")
        .prefetch_related("files__file")
        .filter(subject=subject, superseded_by__isnull=True)
        .first()
    )


def latest_of(subjects: Collection[str]) -> dict[str, Publication]:
    """What stands adopted of each of many subjects, without payloads. One query."""
    rows = publications().filter(subject__in=subjects, superseded_by__isnull=True)
    return {row.subject: row for row in rows}


def stored(row: Publication, format_: str) -> StoredFile | None:
    """The file of a publication in one format."""
    return next((each.file for each in row.files.all() if each.format == format_), None)


def content(row: Publication, format_: str) -> bytes | None:
    """The bytes of a publication's file, checked against their hash.

    Raises: DamagedFile when they are gone or changed.
    """
    found = stored(row, format_)
    return files.content(found) if found else None


def verify(row: Publication) -> Verification:
    """Hold the payload against its fingerprint and every file against its hash."""
    faults = []
    if digest(row.payload) != row.fingerprint:
        faults.append("Innehållet stämmer inte med kontrollsumman.")
    for each in row.files.all():
        try:
            files.content(each.file)
        except files.DamagedFile:
            faults.append(f"Filen {each.file.name} är borta eller ändrad.")
        if each.format == "json" and each.file.digest != row.fingerprint:
            faults.append("JSON-filen är inte det fastställda innehållet.")
    return Verification(tuple(faults))
