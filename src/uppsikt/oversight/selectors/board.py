"""Every body's standing in a round, judged: read once, then only what has changed since is read again.

All bodies must be judged to know which are worst. A process keeps what it judged last, with the number of the history's last
event; the next reading asks the history which bodies anything has happened to since, and reads those. What happens to no body
in particular (a steering model, a round, the ledger) makes everything be read anew. Nothing is stored.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.core.cache import cache as shared

from uppsikt.control.selectors import oversight as control
from uppsikt.control.selectors.answered import answered_by
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind, RoundState, seen_on
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import Threshold
from uppsikt.economy.selectors import oversight as economy
from uppsikt.followup.rules import Progress
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.oversight.rules import board
from uppsikt.oversight.rules.board import Standing, Subject, standing
from uppsikt.planning.selectors import oversight as planning

WHOLE = frozenset(
    {
        EventKind.BODY_SAVED.value, EventKind.BODY_SUCCEEDED.value, EventKind.UNIT_SAVED.value,
        EventKind.GROUP_CONTROL_SAVED.value, EventKind.GROUP_CONTROL_REMOVED.value,
        EventKind.REVIEW_SAVED.value, EventKind.REVIEW_REMOVED.value,
    }
)  # fmt: skip
"""What may change any other body's standing than the one it is said of."""

ANSWERS = frozenset({EventKind.CONTROL_SAVED.value, EventKind.CONTROL_REMOVED.value})
"""What may answer another body's risk, as everything said of a mitigation may."""

APART = frozenset(
    {
        EventKind.USER_SAVED.value, EventKind.USER_ERASED.value, EventKind.TOKEN_CREATED.value, EventKind.TOKEN_REVOKED.value,
        EventKind.ROLE_GIVEN.value, EventKind.ROLE_ENDED.value, EventKind.EVIDENCE_ADDED.value, EventKind.EVIDENCE_REMOVED.value,
        EventKind.EVIDENCE_PACKED.value, EventKind.AUDIT_QUESTION_ASKED.value, EventKind.AUDIT_QUESTION_ANSWERED.value,
        EventKind.AUDIT_QUESTION_CLOSED.value, EventKind.SUPPLIER_SAVED.value, EventKind.SUPPLIER_REMOVED.value,
        EventKind.SUPPLIER_CHECKED.value, EventKind.AGREEMENT_SAVED.value, EventKind.AGREEMENT_REMOVED.value,
        EventKind.AGREEMENT_FOLLOWED_UP.value, EventKind.PROCUREMENT_SAVED.value, EventKind.PROCUREMENT_REMOVED.value,
        EventKind.PURCHASE_HANDLED.value, EventKind.PURCHASE_LIMIT_SAVED.value, EventKind.REPORT_SAVED.value,
        EventKind.REPORT_TEXT_SAVED.value, EventKind.REPORT_ADOPTED.value,
    }
)  # fmt: skip
"""What no cell is made of, so that nothing needs to be read again."""

KEPT = 8
MOST_CHANGED = 400
_STAMP = "oversight:stamp"
_Key = tuple[int, dt.date, str]
"""A round, the day it is looked at from, and whether all bodies are held or some."""
WHOLE_ROUND, SOME_BODIES = "whole", "some"
_held: dict[_Key, _Held] = {}


@dataclass(frozen=True, slots=True)
class _Held:
    """What was judged, and as of which event (its number and hash; `stamp` tells one emptied cache from another)."""

    stamp: str
    sequence: int
    hash: str
    rows: dict[int, Standing]


@dataclass(frozen=True, slots=True)
class _Happened:
    """An event. `of_body`, `of_risk`, `of_recommendation`: what it was changed from and to, where it was."""

    hash: str
    body: str
    kind: str
    subject: str
    of_body: Any
    of_risk: Any
    of_recommendation: Any

    @property
    def answers(self) -> bool:
        """Whether it may answer a risk or a recommendation of another body."""
        return self.kind in ANSWERS or self.subject.startswith("mitigation:")

    @property
    def is_everywhere(self) -> bool:
        """Whether any body's standing may be another. What a mitigation or a control answered before is not looked for."""
        answered = any(_moved(field)[:1] for field in (self.of_risk, self.of_recommendation))
        return not self.body or self.kind in WHOLE or (self.answers and answered)


_FIELDS = ("hash", "body_key", "kind", "subject", "data__body", "data__risk", "data__recommendation")


def _moved(change: Any) -> list[str]:
    """What a field was changed from, if anything, and to; nothing where the event tells of no such change."""
    return [key for key in change if key] if isinstance(change, list) and change[0] else []


def standings(round_: Round, day: dt.date) -> Mapping[int, Standing]:
    """How every body stands, by the body's id. A constant number of queries.

    Args: day: that the round is looked at from (`cycle.rules.rounds.seen_on`).
    """
    now, held, changed = _fresh((round_.pk, day, WHOLE_ROUND))
    rows = read(round_, day) if changed is None else held
    if changed:
        rows = {**held, **read(round_, day, changed)}
    return _keep((round_.pk, day, WHOLE_ROUND), _Held(*now, rows))


def before(
    round_: Round, bodies: Collection[int], today: dt.date
) -> tuple[Round | None, Mapping[int, Standing]]:
    """The last round before this one and how the bodies stood in it. A constant number of queries."""
    earlier = cycle.earlier_rounds(round_).exclude(state=RoundState.PLANNED.value).first()
    if earlier is None:
        return None, {}
    day = seen_on(earlier.state, earlier.cutoff, today)
    now, held, changed = _fresh((earlier.pk, day, SOME_BODIES))
    rows = {} if changed is None else {pk: row for pk, row in held.items() if pk not in changed}
    missing = [pk for pk in bodies if pk not in rows]
    if missing:
        rows |= read(earlier, day, missing)
    return earlier, _keep((earlier.pk, day, SOME_BODIES), _Held(*now, rows))


def _fresh(key: _Key) -> tuple[tuple[str, int, str], dict[int, Standing], set[int] | None]:
    """What is held: (the moment it is now, the rows, the bodies to be read again); None: everything is."""
    last = history.recent().values_list("sequence", "hash").first() or (0, "")
    now = (_stamp(), *last)
    held = _held.get(key)
    if held is None or held.stamp != now[0]:
        return now, {}, None
    if (held.sequence, held.hash) == last:
        return now, held.rows, set()
    return now, held.rows, _changed_since(held.sequence, held.hash)


def _keep(key: _Key, held: _Held) -> Mapping[int, Standing]:
    _held.pop(key, None)
    while len(_held) >= KEPT:
        _held.pop(next(iter(_held)), None)
    _held[key] = held
    return held.rows


def _stamp() -> str:
    """Forgotten with the cache, so that what is held is never another database's."""
    return str(shared.get_or_set(_STAMP, lambda: uuid.uuid4().hex, None))


def _changed_since(sequence: int, digest: str) -> set[int] | None:
    """The bodies that something has happened to, and their heirs; None when everything must be read anew.

    Args: sequence, digest: of the last event that is known, which must still be there: else it is another history.
    """
    rows = history.recent().filter(sequence__gte=sequence).order_by("sequence")
    told = [_Happened(*row) for row in rows.values_list(*_FIELDS)[: MOST_CHANGED + 2]]
    if sequence:
        if not told or told[0].hash != digest:
            return None
        told = told[1:]
    if len(told) > MOST_CHANGED:
        return None
    told = [one for one in told if one.kind not in APART]
    if any(one.is_everywhere for one in told):
        return None
    keys = {key for one in told for key in (one.body, *_moved(one.of_body)) if key}
    found = set(organisation.bodies().filter(key__in=keys).values_list("pk", flat=True))
    if answers := {one.subject.partition(":")[2] for one in told if one.answers}:
        found |= answered_by(answers)
    heirs = {heir for heir, line in organisation.ancestry().items() if found.intersection(line)}
    return found | heirs


def read(round_: Round, day: dt.date, bodies: Collection[int] | None = None) -> dict[int, Standing]:
    """How some bodies stand (None: all), as it is, nothing remembered. Empty without a steering model."""
    try:
        model = cycle.model_for(round_.year_id)
    except LookupError:
        return {}
    keys = dict(organisation.bodies().order_by().values_list("pk", "key"))
    wanted = keys if bodies is None else [pk for pk in bodies if pk in keys]
    facts = _Facts(
        goals=planning.goal_counts(round_, model, bodies),
        assignments=planning.assignment_counts(round_, model, day, bodies),
        reporting=planning.reporting_counts(round_, model, bodies),
        economy=economy.economy_standings(round_, keys, bodies),
        controls=control.control_counts(round_, model, bodies),
        risks=control.risk_counts(round_, model.control, bodies),
        audit=control.audit_counts(round_, day, bodies),
    )
    judge = _Judge(round_, model, facts, clock.today())
    return {pk: judge.standing(pk) for pk in wanted}


@dataclass(frozen=True, slots=True)
class _Facts:
    goals: Mapping[int, planning.GoalCounts]
    assignments: Mapping[int, planning.AssignmentCounts]
    reporting: Mapping[int, Progress]
    economy: economy.EconomyStandings | None
    controls: Mapping[int, control.ControlCounts]
    risks: Mapping[int, control.RiskCounts]
    audit: Mapping[int, control.AuditCounts]


NO_GOALS = planning.GoalCounts(0)
NO_ASSIGNMENTS = planning.AssignmentCounts(0)
NO_ECONOMY = economy.EconomyStanding()
NO_CONTROLS = control.ControlCounts()
NO_RISKS = control.RiskCounts()
NO_AUDIT = control.AuditCounts()
NO_REPORTING = Progress(0, 0)
NO_THRESHOLD = Threshold()


class _Judge:
    """Judges one body after another by the round's rules. Bodies with the same counts share the judged cell."""

    def __init__(self, round_: Round, model: SteeringModel, facts: _Facts, today: dt.date) -> None:
        self.facts = facts
        self.year_end = round_.kind == RoundKind.YEAR_END.value
        is_open = round_.state == RoundState.OPEN.value
        late = round_.deadline is not None and round_.deadline < today
        self.money = facts.economy.rows if facts.economy else {}
        self.threshold = facts.economy.threshold if facts.economy else NO_THRESHOLD
        self.goals = cache(partial(board.goals, model.fulfilment))
        self.assignments = cache(partial(board.assignments, model.status_scale(round_.kind)))
        self.controls = cache(partial(board.controls, year_end=self.year_end))
        self.risks = cache(board.risks)
        self.audit = cache(board.audit)
        self.reporting = cache(partial(board.reporting, is_open=is_open, late=late))

    def standing(self, body: int) -> Standing:
        """The body's cells in the order of `Subject`."""
        facts = self.facts
        goals = facts.goals.get(body, NO_GOALS)
        tasks = facts.assignments.get(body, NO_ASSIGNMENTS)
        money = self.money.get(body, NO_ECONOMY)
        checks = facts.controls.get(body, NO_CONTROLS)
        risks = facts.risks.get(body, NO_RISKS)
        audit = facts.audit.get(body, NO_AUDIT)
        told = facts.reporting.get(body, NO_REPORTING)
        errors: list[Decimal | None] = [one.percent for one in money.kept]
        return standing((
            self.goals(goals.goals, goals.steps),
            self.assignments(tasks.assignments, tasks.steps, tasks.overdue),
            board.result(
                money.budget, money.variance, self.threshold, whole=facts.economy is not None, year_end=self.year_end
            ),
            board.forecasts(errors, money.kept_year, self.threshold),
            self.controls(
                total=checks.controls, done=checks.done, deficient=checks.deficient, failed=checks.failed,
                open_deficiencies=checks.open,
            ),
            self.risks(total=risks.risks, high=risks.high, unanswered=risks.unanswered),
            self.audit(
                total=audit.recommendations, open_=audit.open, overdue=audit.overdue, not_done=audit.not_done
            ),
            self.reporting(told.reported, told.total),
        ))  # fmt: skip


SUBJECTS: tuple[Subject, ...] = tuple(Subject)
