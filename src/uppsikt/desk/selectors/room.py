"""The auditor's room: everything of some bodies as it was at a moment, read through the moment and nothing later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from uppsikt.accounts import selectors as accounts
from uppsikt.control.selectors.audit import ReviewFacts, review_facts
from uppsikt.control.selectors.audit_questions import QuestionFacts, question_facts
from uppsikt.control.selectors.controls import ControlFacts, control_facts
from uppsikt.control.selectors.deficiencies import DeficiencyFacts, deficiency_facts
from uppsikt.control.selectors.mitigations import MitigationFacts, mitigation_facts
from uppsikt.control.selectors.risks import RiskFacts, risk_facts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.history.changes import plain
from uppsikt.history.events import EventKind
from uppsikt.history.rules import REMOVED, Fields, Was
from uppsikt.history.selectors import Event
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import AssignmentView, GoalView
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication

Bodies = Collection[str] | None

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "goal": ("name", "number", "description"),
    "assignment": ("title", "text"),
    "risk": ("process", "title", "cause", "consequence", "background"),
    "mitigation": ("title", "description"),
    "control": ("name", "process", "purpose", "method", "frequency"),
    "deficiency": ("title", "description", "found_on"),
}
"""What is read back of each kind of thing that is written over."""


@dataclass(frozen=True, slots=True)
class Room:
    """What stood at the moment. `moment` None: now. `was`: the fields of what is written over, by subject."""

    year: int
    moment: dt.datetime | None
    day: dt.date
    round: Round | None
    model: SteeringModel | None
    names: Mapping[str, str]
    people: Mapping[str, str]
    goals: tuple[GoalView, ...] = ()
    assignments: tuple[AssignmentView, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    mitigations: tuple[MitigationFacts, ...] = ()
    controls: tuple[ControlFacts, ...] = ()
    deficiencies: tuple[DeficiencyFacts, ...] = ()
    reviews: tuple[ReviewFacts, ...] = ()
    questions: tuple[QuestionFacts, ...] = ()
    publications: tuple[Publication, ...] = ()
    was: Mapping[str, Was] = field(default_factory=dict)

    def then(self, subject: str) -> Fields:
        """The thing's fields as they were."""
        return self.was[subject].fields

    def person(self, subject: str) -> str:
        """Who answered for the thing then, by name."""
        key = self.then(subject).get("responsible")
        return self.people.get(str(key), str(key)) if key else ""

    def body(self, key: str) -> str:
        """What the body was called then."""
        return self.names.get(key, key)


def room(year: int, bodies: Bodies, moment: dt.datetime | None = None) -> Room:
    """Read everything of a year's bodies (None: every body) as it was. Queries do not grow with what there is.

    Rows that supersede each other are read as of the moment; the rest is read back from the history's differences.
    """
    day = (moment or clock.now()).astimezone(clock.STOCKHOLM).date()
    round_ = round_at(year, day)
    try:
        model = cycle.model_for(year, moment)
    except LookupError:
        model = None
    found = _everything(year, bodies, moment, round_, model)
    people = list(accounts.users().values_list("pk", "key", "name"))
    keys = {pk: key for pk, key, _name in people}
    now = {subject: fields for kind in found for subject, fields in _now(kind, found[kind], keys)}
    was = (
        {subject: Was(fields) for subject, fields in now.items()}
        if moment is None
        else history.as_it_was(moment, now)
    )
    kept = {
        kind: tuple(row for row in rows if was[_subject(kind, row)].stood) for kind, rows in found.items()
    }
    return Room(
        year=year,
        moment=moment,
        day=day,
        round=round_,
        model=model,
        names=organisation.body_names(day),
        people={key: name for _pk, key, name in people},
        goals=kept["goal"],
        assignments=kept["assignment"],
        risks=kept["risk"],
        mitigations=kept["mitigation"],
        controls=kept["control"],
        deficiencies=kept["deficiency"],
        reviews=tuple(review_facts(None, bodies, moment)),
        questions=tuple(question_facts(bodies, moment)),
        publications=tuple(adopted(year, bodies, moment)),
        was=was,
    )


def round_at(year: int, day: dt.date) -> Round | None:
    """The round that a year's follow-up had come to: the latest whose cut-off had passed."""
    return cycle.rounds(year).filter(cutoff__lte=day).order_by("-cutoff").first()


def adopted(year: int, bodies: Bodies, moment: dt.datetime | None = None) -> models.QuerySet[Publication]:
    """What had been adopted of the year by the moment, those since replaced too; the latest first."""
    rows = publishing.publications().filter(year_id=year).prefetch_related("files__file")
    if bodies is not None:
        rows = rows.filter(body__key__in=list(bodies))
    return rows if moment is None else rows.filter(adopted_at__lte=moment)


def events(bodies: Bodies, moment: dt.datetime | None = None) -> models.QuerySet[Event]:
    """What had happened by the moment in the bodies' affairs (None: everyone's), the first first."""
    rows = history.recent().order_by("sequence")
    if bodies is not None:
        rows = rows.filter(body_key__in=list(bodies))
    return rows if moment is None else rows.filter(at__lte=moment)


def packs(mandate: Bodies) -> list[Event]:
    """The packs taken out that the mandate reaches all of, the latest first."""
    rows = history.recent(kind=EventKind.EVIDENCE_PACKED.value)
    return [
        row
        for row in rows
        if mandate is None or (row.data.get("bodies") is not None and set(row.data["bodies"]) <= set(mandate))
    ]


def _everything(
    year: int, bodies: Bodies, moment: dt.datetime | None, round_: Round | None, model: SteeringModel | None
) -> dict[str, list[Any]]:
    """The rows of each kind that is written over, also those that had not begun or were taken out then."""
    if model is None:
        return {kind: [] for kind in _FIELDS}
    one = organisation.body(next(iter(bodies))) if bodies is not None and len(bodies) == 1 else None
    view = planning.snapshot(year=year, round_=round_, body=one, moment=moment)
    return {
        "goal": [row for row in view.goals if bodies is None or row.goal.body.key in bodies],
        "assignment": [
            row for row in view.assignments if bodies is None or row.assignment.item.body.key in bodies
        ],
        "risk": risk_facts(year, bodies, moment),
        "mitigation": mitigation_facts(year, bodies, round_, moment),
        "control": control_facts(year, bodies, round_, moment),
        "deficiency": deficiency_facts(year, bodies, moment),
    }


def _row(kind: str, found: Any) -> Any:
    """The row that a view or a set of facts is about."""
    return getattr(found, kind)


def _subject(kind: str, found: Any) -> str:
    row = _row(kind, found)
    return f"{kind}:{row.item.key if hasattr(row, 'item') else row.key}"


def _now(kind: str, rows: Iterable[Any], people: Mapping[int, str]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Each thing's fields as the history writes them, with whether it is removed."""
    for found in rows:
        row = _row(kind, found)
        held = row.item if hasattr(row, "item") else row
        fields = {name: plain(getattr(row, name)) for name in _FIELDS[kind]}
        if hasattr(held, "deadline"):
            fields["deadline"] = plain(held.deadline)
        if hasattr(held, "responsible_id"):
            fields["responsible"] = people.get(held.responsible_id)
        yield _subject(kind, found), fields | {REMOVED: held.removed_at is not None}


__all__ = ["Bodies", "Room", "adopted", "events", "packs", "room", "round_at"]
