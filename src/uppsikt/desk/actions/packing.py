"""Taking out an evidence pack."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from django.db.models import QuerySet

from uppsikt.control.selectors.evidence import evidence_within
from uppsikt.cycle import selectors as cycle
from uppsikt.desk.rules.pack import About, PackWriter, plain_name
from uppsikt.desk.selectors.areas import areas
from uppsikt.desk.selectors.basic_review import basis, review_area
from uppsikt.desk.selectors.room import Bodies, Room, events, room
from uppsikt.files import selectors as files
from uppsikt.files.actions import store_large
from uppsikt.files.rules import Kind
from uppsikt.files.selectors import StoredFile
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.selectors import Event
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body

PACK = Kind("application/zip", ".zip", "underlag", 20_480)
_EVENT = (
    "sequence", "at", "actor_key", "actor_name", "kind", "subject", "label", "body_key", "data", "data_digest",
    "previous_hash", "hash",
)  # fmt: skip
Progress = Callable[[str], None]


def pack(
    *,
    year: int,
    bodies: Bodies,
    moment: dt.datetime,
    scope: str,
    by: Actor,
    basic: Body | None = None,
    progress: Progress = lambda _words: None,
) -> StoredFile:
    """Take out everything of a year's bodies (None: all) as it was at the moment, and keep the pack by its hash.

    Args: scope: whose affairs it is, in words. basic: the body whose basic review comes first in the pack.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "underlag.zip"
        with path.open("wb") as target:
            write_pack(
                target=target, year=year, bodies=bodies, moment=moment, scope=scope, made_by=by.name, basic=basic,
                progress=progress,
            )  # fmt: skip
        name = plain_name(f"underlag-{scope}-{year}-{moment.astimezone(clock.STOCKHOLM):%Y-%m-%d}", ".zip")
        stored = store_large(source=path, name=name, kind=PACK, by=by)
    record_pack(stored=stored, year=year, bodies=bodies, moment=moment, scope=scope, by=by)
    return stored


@atomic
def record_pack(
    *, stored: StoredFile, year: int, bodies: Bodies, moment: dt.datetime, scope: str, by: Actor
) -> None:
    """Tell the history that a pack was taken out, of what and by whom: it opens the pack for those who may read it."""
    record(
        EventKind.EVIDENCE_PACKED,
        by=by,
        subject=f"pack:{stored.digest}",
        label=f"{scope} {year}",
        body_key=next(iter(bodies)) if bodies is not None and len(bodies) == 1 else "",
        data={
            "year": year,
            "bodies": sorted(bodies) if bodies is not None else None,
            "moment": moment.astimezone(dt.UTC).isoformat(),
            "size": stored.size,
        },
    )


def write_pack(
    *,
    target: IO[bytes],
    year: int,
    bodies: Bodies,
    moment: dt.datetime,
    scope: str,
    made_by: str,
    basic: Body | None = None,
    progress: Progress = lambda _words: None,
) -> PackWriter:
    """Write the pack. What is large (events, evidence, publications) goes through a piece at a time."""
    progress("Läser det som stod.")
    found = room(year, bodies, moment)
    day = moment.astimezone(clock.STOCKHOLM).date()
    rounds = cycle.rounds(year).filter(cutoff__lte=day)
    listed = areas(found, rounds)
    if basic is not None:
        listed = (review_area(basis(found, basic)), *listed)
    writer = PackWriter(target, moment)
    for area in listed:
        writer.add_area(area)
    progress("Lägger in historiken.")
    rows = events(bodies, moment)
    writer.add_csv("history/events.csv", "Historik", "Historik", _event_lines(rows))
    writer.add_json(
        "history/events.json", "Historik", "Historik", map(_event, rows.iterator(chunk_size=2_000))
    )
    progress("Lägger in handlingar och bevis.")
    _publications(writer, found)
    _evidence(writer, year, bodies, moment)
    writer.finish(_about(year, moment, scope, made_by), listed)
    return writer


def _about(year: int, moment: dt.datetime, scope: str, made_by: str) -> About:
    owner = organisation.municipality()
    return About(
        title=f"Underlag för granskning: {scope} {year}",
        owner=owner.name if owner else "",
        scope=scope,
        year=year,
        moment=f"{moment.astimezone(clock.STOCKHOLM):%Y-%m-%d %H:%M:%S}",
        created=f"{clock.now().astimezone(clock.STOCKHOLM):%Y-%m-%d %H:%M:%S}",
        made_by=made_by,
    )


def _publications(writer: PackWriter, found: Room) -> None:
    for row in sorted(found.publications, key=lambda one: one.pk):
        for each in row.files.all():
            if each.format == "pdf":
                path = f"publications/{row.pk}-{plain_name(row.title, '.pdf')}"
                writer.add_stored(
                    path, row.title, "Fastställda handlingar", files.path(each.file), each.file.digest
                )


def _evidence(writer: PackWriter, year: int, bodies: Bodies, moment: dt.datetime) -> None:
    for row in sorted(evidence_within(year, bodies, moment), key=lambda one: one.pk):
        ending = PurePosixPath(row.file.name).suffix.lower()
        path = f"evidence/{row.pk}-{plain_name(PurePosixPath(row.name).stem, ending)}"
        writer.add_stored(path, row.name, "Bevis", files.path(row.file), row.file.digest)


def _event(row: Event) -> Mapping[str, object]:
    held = {name: getattr(row, name) for name in _EVENT}
    return held | {"at": row.at.astimezone(dt.UTC).isoformat(timespec="microseconds")}


def _event_lines(rows: QuerySet[Event]) -> Iterator[list[str]]:
    names = [name for name in _EVENT if name != "data"]
    yield names
    for row in rows.iterator(chunk_size=2_000):
        held = _event(row)
        yield [str(held[name]) for name in names]
