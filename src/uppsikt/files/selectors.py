"""Reading stored files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from uppsikt.files.models import StoredFile
from uppsikt.files.rules import digest, is_digest, place

__all__ = ["DamagedFile", "StoredFile", "by_digest", "by_digests", "content", "path"]


class DamagedFile(RuntimeError):
    """A stored file is gone from the disk, or its content is no longer what was stored."""


def by_digest(wanted: str) -> StoredFile | None:
    """The file with this content, None when it has not been stored."""
    return StoredFile.objects.filter(digest=wanted).first() if is_digest(wanted) else None


def by_digests(wanted: Collection[str]) -> dict[str, StoredFile]:
    """The files with these contents, by digest. One query."""
    return {row.digest: row for row in StoredFile.objects.filter(digest__in=wanted)}


def path(stored: StoredFile) -> Path:
    """Where the file lies on this machine."""
    return Path(settings.MEDIA_ROOT) / place(stored.digest)


def content(stored: StoredFile) -> bytes:
    """The file's bytes, checked against its digest.

    Raises: DamagedFile when they are gone or changed.
    """
    try:
        found = path(stored).read_bytes()
    except OSError as error:
        raise DamagedFile(f"{stored.name}: {error}") from error
    if digest(found) != stored.digest:
        raise DamagedFile(f"{stored.name}: the content does not match its digest {stored.digest}")
    return found
