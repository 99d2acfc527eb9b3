"""Storing files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from uppsikt.files.models import StoredFile
from uppsikt.files.rules import PICTURES, Kind, digest, faults, kind_of, place, safe_name
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError


@atomic
def store_file(
    *, content: bytes, name: str, by: Actor, allowed: Collection[Kind] = PICTURES, body_key: str = ""
) -> StoredFile:
    """Keep a file. The same content again gives the file that is there already, under its first name.

    Raises: InputError when it is empty, of a kind not allowed here (told by its content), or too large.
    """
    if problems := faults(content, name, allowed):
        raise InputError(*problems)
    key = digest(content)
    _put(key, content)
    kind = kind_of(content)
    assert kind is not None  # a file of unknown kind has faults
    row, created = StoredFile.objects.get_or_create(
        digest=key,
        defaults={
            "name": safe_name(name),
            "media_type": kind.media_type,
            "size": len(content),
            "recorded_at": clock.now(),
            "recorded_by_key": by.key,
            "recorded_by_name": by.name,
        },
    )
    if not created:
        return row
    record(
        EventKind.FILE_STORED,
        by=by,
        subject=f"file:{key}",
        label=row.name,
        body_key=body_key,
        data={"digest": key, "media_type": row.media_type, "size": row.size},
    )
    return row


def _put(key: str, content: bytes) -> None:
    """Write the content to its place, whole or not at all; a damaged file there is put right."""
    target = Path(settings.MEDIA_ROOT) / place(key)
    if target.exists() and digest(target.read_bytes()) == key:
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
