"""Rows that are never overwritten: a new row takes over, the old one stays to be read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.history.rules import Actor
from uppsikt.kernel import clock


class SupersedingQuerySet(models.QuerySet["SupersedingRow"]):
    """Reading of superseding rows: as now, or as known at a moment."""

    def current(self) -> Self:
        """The rows that stand now."""
        return self.filter(superseded_at__isnull=True)

    def as_of(self, moment: dt.datetime | None) -> Self:
        """The rows that stood at `moment` (aware); None means now."""
        if moment is None:
            return self.current()
        standing = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=moment)
        return self.filter(standing, recorded_at__lte=moment)


class SupersedingRow(models.Model):
    """Base of values, targets, assessments, statuses and texts.

    A subclass adds a unique constraint over its own key with `condition=CURRENT`,
    so that at most one row stands at a time.
    """

    recorded_at = models.DateTimeField(_("registrerad"))
    recorded_by_key = models.CharField(_("registrerad av (nyckel)"), max_length=100)
    recorded_by_name = models.CharField(_("registrerad av"), max_length=200)
    superseded_at = models.DateTimeField(_("ersatt"), null=True, blank=True)

    rows = SupersedingQuerySet.as_manager()
    objects = rows

    class Meta:
        abstract = True


CURRENT = models.Q(superseded_at__isnull=True)


def not_removed(moment: dt.datetime | None, path: str = "") -> models.Q:
    """What had not been taken out at the moment (None: now). Args: path: to what has `removed_at`, with its "__"."""
    standing = models.Q(**{f"{path}removed_at__isnull": True})
    return standing if moment is None else standing | models.Q(**{f"{path}removed_at__gt": moment})


Row = TypeVar("Row", bound=SupersedingRow)


def supersede(old: SupersedingRow | None, new: Row, *, by: Actor) -> Row:
    """Store `new` in the place of `old`, both kept. Call inside a transaction, after comparing the two."""
    moment = clock.now()
    if old is not None:
        # A frozen or coarse clock must not give an empty interval.
        moment = max(moment, old.recorded_at + dt.timedelta(microseconds=1))
        old.superseded_at = moment
        old.save(update_fields=["superseded_at"])
    new.recorded_at = moment
    new.recorded_by_key, new.recorded_by_name = by.key, by.name
    # The database holds the constraints, and the action has told the user; asking first would double the queries.
    new.clean_fields(exclude=_links(new))
    new.clean()
    new.save(force_insert=True)
    return new


def withdraw(row: SupersedingRow) -> None:
    """Nothing stands in the row's place any more; it is kept to be read back. Call inside a transaction."""
    row.superseded_at = max(clock.now(), row.recorded_at + dt.timedelta(microseconds=1))
    row.save(update_fields=["superseded_at"])


def supersede_many(pairs: Sequence[tuple[Row | None, Row]], *, by: Actor) -> None:
    """As `supersede` for many rows of one table at once: (old or None, new). What they point at must be stored."""
    now = clock.now()
    held: list[Row] = []
    for old, new in pairs:
        new.recorded_at = now
        if old is not None:
            new.recorded_at = max(now, old.recorded_at + dt.timedelta(microseconds=1))
            old.superseded_at = new.recorded_at
            held.append(old)
        new.recorded_by_key, new.recorded_by_name = by.key, by.name
        new.clean_fields(exclude=_links(new))
        new.clean()
    if pairs:
        manager = type(pairs[0][1]).rows
        manager.bulk_update(held, ["superseded_at"], batch_size=200)
        manager.bulk_create([new for _old, new in pairs], batch_size=200)


def _links(row: SupersedingRow) -> set[str]:
    """The foreign keys: the database itself holds that what they point at is there."""
    return {field.name for field in row._meta.fields if field.is_relation}
