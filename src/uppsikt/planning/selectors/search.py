"""Finding goals, indicators and assignments by their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from uppsikt.planning.models import Assignment, Goal, IndicatorUse

MOST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `kind` is goal, indicator or assignment; `text` is where the words stood, if not in the name.

    `key` is what the address takes; `use` the indicator's place in a plan.
    """

    kind: str
    key: str
    name: str
    year: int
    body: str
    text: str = ""
    use: str = ""


def search(words: str, bodies: Collection[str] | None) -> list[Hit]:
    """Everything of the readable bodies that holds the words, in names or texts. Three queries.

    Letters are compared without regard to case; å, ä and ö are letters of their own.
    Args: bodies: keys; None takes every body.
    """
    return [*_goals(words, bodies), *_indicators(words, bodies), *_assignments(words, bodies)]


def spellings(words: str) -> set[str]:
    """The words as they may be written: SQLite knows the case of a–z only, so å, ä and ö are asked for both ways."""
    return {words, words.lower(), words.upper(), words.capitalize()}


def holding(fields: Iterable[str], words: str) -> Q:
    """Rows where one of the fields holds the words."""
    return reduce(or_, (Q(**{f"{field}__icontains": each}) for field in fields for each in spellings(words)))


def _own(bodies: Collection[str] | None, field: str) -> Q:
    return Q() if bodies is None else Q(**{f"{field}__in": list(bodies)})


def _goals(words: str, bodies: Collection[str] | None) -> Iterable[Hit]:
    rows = Goal.objects.filter(
        holding(("name", "number", "description"), words), _own(bodies, "body__key"), removed_at__isnull=True
    ).select_related("body")
    for row in rows.order_by("-year_id", "position")[:MOST]:
        yield Hit("goal", row.key, str(row), row.year_id, row.body.key, row.description)


def _indicators(words: str, bodies: Collection[str] | None) -> Iterable[Hit]:
    fields = ("label", "indicator__name", "indicator__definition", "indicator__source")
    rows = IndicatorUse.objects.filter(
        holding(fields, words), _own(bodies, "body__key"), removed_at__isnull=True
    ).select_related("indicator", "body")
    seen: set[int] = set()
    for row in rows.order_by("-year_id", "position")[:MOST]:
        if row.indicator_id not in seen:  # a series stands in many years' plans; the latest is enough
            seen.add(row.indicator_id)
            name = row.label or row.indicator.name
            text = row.indicator.definition or row.indicator.source
            yield Hit("indicator", row.indicator.key, name, row.year_id, row.body.key, text, row.key)


def _assignments(words: str, bodies: Collection[str] | None) -> Iterable[Hit]:
    rows = Assignment.objects.filter(
        holding(("title", "text", "background", "number", "decision_case"), words),
        _own(bodies, "item__body__key"),
        item__removed_at__isnull=True,
    ).select_related("item", "item__body")
    for row in rows.order_by("-item__year_id", "item__position")[:MOST]:
        yield Hit("assignment", row.item.key, row.title, row.item.year_id, row.item.body.key, row.text)
