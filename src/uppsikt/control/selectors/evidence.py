"""Reading evidence: the files that prove what is said of a control, a mitigation, a review and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from uppsikt.control.models import (
    AuditQuestion,
    AuditReview,
    Evidence,
    Mitigation,
    Occasion,
    Recommendation,
)
from uppsikt.control.selectors.audit import bodies_of as bodies_of_review
from uppsikt.control.selectors.control_rows import subject as control_subject
from uppsikt.followup import selectors as followup
from uppsikt.history.superseding import not_removed

Target = Occasion | Mitigation | AuditReview | Recommendation | AuditQuestion
TARGETS: Mapping[str, type[Target]] = {
    "occasion": Occasion,
    "mitigation": Mitigation,
    "review": AuditReview,
    "recommendation": Recommendation,
    "question": AuditQuestion,
}
"""What evidence may be attached to, by the name of its column."""
_BODIES: Mapping[type[Target], tuple[str, ...]] = {
    Occasion: ("control__item__body", "control__group", "retest_of"),
    Mitigation: ("item__body",),
    AuditReview: (),
    Recommendation: ("body", "review"),
    AuditQuestion: ("body",),
}
_RELATED = (
    "file", "review", *(f"{name}__{path}" for name, kind in TARGETS.items() for path in _BODIES[kind]),
)  # fmt: skip


def evidence(pk: int) -> Evidence | None:
    """The piece of evidence, removed or not, with what it is attached to."""
    return Evidence.objects.select_related(*_RELATED).filter(pk=pk).first()


def target(kind: str, pk: int) -> Target | None:
    """What evidence may be attached to, by its column's name and id; None when there is none such."""
    model = TARGETS.get(kind)
    if model is None:
        return None
    found: Target | None = model.objects.select_related(*_BODIES[model]).filter(pk=pk).first()
    return found


def evidence_of(found: Target, moment: dt.datetime | None = None) -> list[Evidence]:
    """The evidence attached to one thing, in the order it came, as it stood at `moment`. One query."""
    return list(standing(moment).filter(**{column_of(found): found}))


def evidence_for(
    kind: str, ids: Collection[int], moment: dt.datetime | None = None
) -> Mapping[int, list[Evidence]]:
    """The evidence of many things of one kind, by their id. One query."""
    column = f"{kind}_id"
    grouped: dict[int, list[Evidence]] = defaultdict(list)
    for row in standing(moment).filter(**{f"{column}__in": list(ids)}) if ids else ():
        grouped[getattr(row, column)].append(row)
    return grouped


def evidence_within(
    year: int, bodies: Iterable[str] | None, moment: dt.datetime | None = None
) -> list[Evidence]:
    """All evidence of the controls, mitigations, reviews and questions of a year, of some bodies (None: of all)."""
    rows = standing(moment).filter(
        Q(occasion__control__item__year_id=year)
        | Q(mitigation__item__year_id=year)
        | Q(review__year_id=year)
        | Q(recommendation__review__year_id=year)
        | Q(question__asked_at__year=year)
    )
    if bodies is not None:
        keys = list(bodies)
        rows = rows.filter(
            Q(occasion__control__item__body__key__in=keys)
            | Q(mitigation__item__body__key__in=keys)
            | Q(review__bodies__key__in=keys)
            | Q(review__recommendations__body__key__in=keys)
            | Q(recommendation__body__key__in=keys)
            | Q(question__body__key__in=keys)
        ).distinct()
    return list(rows)


def standing(moment: dt.datetime | None = None) -> QuerySet[Evidence]:
    """Evidence that has not been taken out, as it stood at `moment`."""
    rows = Evidence.objects.select_related(*_RELATED)
    if moment is None:
        return rows.filter(removed_at__isnull=True)
    return rows.filter(not_removed(moment), recorded_at__lte=moment)


def column_of(found: Target) -> str:
    """The name of the column that points at what evidence is attached to."""
    return next(name for name, kind in TARGETS.items() if isinstance(found, kind))


def attached_to(found: Evidence) -> Target:
    """What the evidence is attached to."""
    held: Target = next(each for name in TARGETS if (each := getattr(found, name)) is not None)
    return held


def bodies_of(found: Target) -> tuple[str, ...]:
    """The keys of the bodies that the thing concerns. A review may concern several; empty is the whole municipality."""
    if isinstance(found, Occasion):
        return (found.control.item.body.key,)
    if isinstance(found, Mitigation):
        return (found.item.body.key,)
    if isinstance(found, AuditReview):
        return tuple(sorted(bodies_of_review(found))) or ("",)
    return (found.body.key,)


def subject_of(found: Target) -> str:
    """What the history calls the thing: evidence is told of among what has happened to it."""
    if isinstance(found, Occasion):
        return control_subject(found.control)
    if isinstance(found, Mitigation):
        return followup.subject(found.item)
    kind = {AuditReview: "review", Recommendation: "recommendation", AuditQuestion: "audit_question"}
    return f"{kind[type(found)]}:{found.key}"
