"""Storing files."""

from __future__ import annotations

import hashlib
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
from uppsikt.kernel.problems import InputError, Problem, Where


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
    return _registered(key, name, kind, len(content), by, body_key)


def store_large(*, source: Path, name: str, kind: Kind, by: Actor) -> StoredFile:
    """Keep a file that may be larger than memory. What it holds is checked by whoever reads it.

    Raises: InputError when it is empty or larger than its kind may be.
    """
    size = source.stat().st_size
    where = Where(file=safe_name(name), field="file")
    if not size:
        raise InputError(Problem("empty", where, "Filen är tom.", "Välj en annan fil."))
    if size > kind.limit_mib * 1024 * 1024:
        limit = f"En {kind.label} får vara högst {kind.limit_mib} MB."
        raise InputError(Problem("size", where, limit, "Dela upp den och försök igen."))
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        running = hashlib.sha256()
        with os.fdopen(handle, "wb") as file, source.open("rb") as given:
            while block := given.read(1024 * 1024):
                running.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        target = folder / place(running.hexdigest())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return _registered_alone(key=running.hexdigest(), name=name, kind=kind, size=size, by=by)


@atomic
def _registered_alone(*, key: str, name: str, kind: Kind, size: int, by: Actor) -> StoredFile:
    return _registered(key, name, kind, size, by, "")


def _registered(key: str, name: str, kind: Kind, size: int, by: Actor, body_key: str) -> StoredFile:
    """The file's row, made when the content is new."""
    row, created = StoredFile.objects.get_or_create(
        digest=key,
        defaults={
            "name": safe_name(name),
            "media_type": kind.media_type,
            "size": size,
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
