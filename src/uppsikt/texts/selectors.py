"""Reading texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection

from django.db.models import Q, QuerySet

from uppsikt.texts.models import Draft, Text, TextVersion
from uppsikt.texts.rules import Node

__all__ = [
    "Draft",
    "Text",
    "TextVersion",
    "containing",
    "contents",
    "current",
    "current_of",
    "draft",
    "drafts_for",
    "drafts_of",
    "slots",
    "version",
    "versions",
    "written",
]


def current(slot: str, moment: dt.datetime | None = None) -> TextVersion | None:
    """The version that stands (or stood at `moment`), None where nothing has been written."""
    return _standing(moment).filter(text__slot=slot).select_related("text").first()


def current_of(wanted: Collection[str], moment: dt.datetime | None = None) -> dict[str, TextVersion]:
    """The version that stands in each of many places, by slot; unwritten ones are left out. One query."""
    found = _standing(moment).filter(text__slot__in=wanted).select_related("text")
    return {row.text.slot: row for row in found}


def contents(wanted: Collection[str], moment: dt.datetime | None = None) -> dict[str, list[Node]]:
    """What stands written in each of many places, by slot; unwritten ones are left out. One query."""
    found = _standing(moment).filter(text__slot__in=wanted).values_list("text__slot", "content")
    return dict(found)


def slots(kind: str = "") -> QuerySet[Text]:
    """All places that have been written in; of one kind ("goal" for those whose slot begins "goal:")."""
    return Text.objects.filter(slot__startswith=f"{kind}:") if kind else Text.objects.all()


def written() -> QuerySet[TextVersion]:
    """What stands written now and says something, for counting within a query."""
    return TextVersion.objects.all().current().exclude(content=[])


def versions(slot: str) -> QuerySet[TextVersion]:
    """Everything that has stood in a place, latest first."""
    return TextVersion.objects.filter(text__slot=slot).select_related("text").order_by("-number")


def version(slot: str, number: int) -> TextVersion | None:
    """One version by its number."""
    return versions(slot).filter(number=number).first()


def draft(slot: str, user_key: str) -> Draft | None:
    """What the person is writing there and has not saved."""
    return Draft.objects.filter(slot=slot, user_key=user_key).first()


def drafts_for(wanted: Collection[str], user_key: str) -> dict[str, Draft]:
    """The person's drafts in many places, by slot. One query."""
    return {row.slot: row for row in Draft.objects.filter(slot__in=wanted, user_key=user_key)}


def drafts_of(user_key: str) -> QuerySet[Draft]:
    """All the person has begun and not saved, latest first."""
    return Draft.objects.filter(user_key=user_key)


def _standing(moment: dt.datetime | None) -> QuerySet[TextVersion]:
    return TextVersion.objects.all().as_of(moment)


def containing(words: Collection[str], limit: int = 100) -> QuerySet[TextVersion]:
    """Texts that stand and hold one of the words as it is spelled, latest first."""
    wanted = Q()
    for each in words:
        # SQLite keeps JSON as text with å written \\u00e5; PostgreSQL does not.
        wanted |= Q(content__icontains=each) | Q(content__icontains=json.dumps(each)[1:-1])
    return _standing(None).filter(wanted).select_related("text").order_by("-recorded_at")[:limit]
