"""What the basic review of a committee rests on, and its answers as an area for the page and the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.rules.audit import RecommendationState
from uppsikt.control.selectors.audit import RecommendationFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.desk.rules.areas import Area, Mark, Record
from uppsikt.desk.rules.basic_review import Answer, Basis, Counted, Finding, findings
from uppsikt.desk.selectors.room import Room, room
from uppsikt.economy.selectors.oversight import EconomyStanding, economy_standings
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import count_of, format_decimal, round_half_away
from uppsikt.organisation.selectors import Body
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors as reports

PLAN = "control_plan"
MARKS: dict[Answer, tuple[str, str]] = {
    Answer.YES: ("check", "good"),
    Answer.PARTLY: ("circle-2", "warn"),
    Answer.NO: ("cross", "bad"),
    Answer.UNKNOWN: ("dash", "neutral"),
}
_CLOSED = (RecommendationState.DECLINED, RecommendationState.DONE, RecommendationState.FOLLOWED)
_MILLION = Decimal(100_000_000)


def basic_review(body: Body, year: int, moment: dt.datetime | None = None) -> Basis:
    """What is known of a committee's year at the moment (None: now). A constant number of queries."""
    return basis(room(year, frozenset({body.key}), moment), body)


def basis(found: Room, body: Body) -> Basis:
    """The counts that the answers rest on. Args: found: the room of this body alone."""
    assessed = [view for view in found.goals if view.level.assessed]
    given = [view for view in assessed if view.step is not None]
    risks, controls = found.risks, found.controls
    high = [one for one in risks if one.must_act]
    results = [one.judgement for one in controls if one.latest is not None and one.judgement]
    scale = found.model.control_results if found.model else None
    passed = [key for key in results if scale and (step := scale.step(key)) and step.done]
    recommendations = _last_years(found)
    economy = _economy(found, body)
    past, adopted, timely = _reports(found, body)
    return Basis(
        goals=len(found.goals),
        assessed=Counted(len(given), len(assessed)),
        fulfilled=Counted(
            sum(bool(view.step and view.step.counts_as_fulfilled) for view in given), len(given)
        ),
        budget_ore=economy.budget if economy else None,
        variance_ore=economy.variance if economy else None,
        plan=_plan(found, body),
        risks_assessed=Counted(sum(one.value is not None for one in risks), len(risks)),
        high_risks_handled=Counted(sum(not one.nothing_done for one in high), len(high)),
        controls_done=Counted(sum(one.latest is not None for one in controls), len(controls)),
        results_passed=Counted(len(passed), len(results)),
        deficiencies_closed=Counted(sum(not one.open for one in found.deficiencies), len(found.deficiencies)),
        recommendations_answered=Counted(
            sum(one.answer is not None for one in recommendations), len(recommendations)
        ),
        recommendations_acted_on=Counted(
            sum(one.state in _CLOSED for one in recommendations), len(recommendations)
        ),
        questions_answered=Counted(
            sum(one.answer is not None for one in found.questions), len(found.questions)
        ),
        reports=Counted(adopted, past),
        reports_in_time=Counted(timely, past),
    )


def review_area(known: Basis) -> Area:
    """The answers, each with what it rests on."""
    return Area(
        "basic-review",
        _("Grundläggande granskning"),
        (("question", _("Fråga")), ("answer", _("Svar")), ("ground", _("Grund"))),
        tuple(
            Record(f"basic:{one.key}", (QUESTIONS[one.key](), answer_mark(one.answer), ground(one, known)))
            for one in findings(known)
        ),
    )


def answer_mark(answer: Answer) -> Mark:
    """An answer with its symbol."""
    shape, colour = MARKS[answer]
    return Mark(answer.label, shape, colour)


def ground(one: Finding, known: Basis) -> str:
    """What an answer rests on, in words."""
    if one.key == "economy":
        if known.variance_ore is None or known.budget_ore is None:
            return _("Budget eller utfall saknas, eller hör till ett annat ögonblick än det som visas.")
        words = {"variance": _millions(known.variance_ore), "budget": _millions(known.budget_ore)}
        return _("Avvikelse %(variance)s mnkr mot budget %(budget)s mnkr") % words
    if one.key == "plan":
        return {"adopted": _("Fastställd"), "written": _("Påbörjad men inte fastställd")}.get(
            known.plan, _("Ingen plan finns")
        )
    if one.key == "goals":
        return ngettext("%(count)s mål", "%(count)s mål", known.goals) % {"count": known.goals}
    if one.key == "reports":
        told = {"timely": known.reports_in_time.part, "late": known.reports.part, "all": known.reports.whole}
        return _("%(timely)s i tid och %(late)s över huvud taget, av %(all)s") % told
    assert one.counted is not None
    return count_of(one.counted.part, one.counted.whole) if one.counted.whole else _("Inget finns")


QUESTIONS: dict[str, Callable[[], str]] = {
    "goals": lambda: _("Har nämnden mål för året?"),
    "assessed": lambda: _("Är målen bedömda?"),
    "fulfilled": lambda: _("Är de bedömda målen uppfyllda?"),
    "economy": lambda: _("Höll nämnden sin budget?"),
    "plan": lambda: _("Är planen för intern kontroll fastställd?"),
    "risks_assessed": lambda: _("Är riskerna analyserade?"),
    "high_risks_handled": lambda: _("Görs något åt de risker som måste hanteras?"),
    "controls_done": lambda: _("Är kontrollerna gjorda?"),
    "results_passed": lambda: _("Var kontrollernas resultat godkända?"),
    "deficiencies_closed": lambda: _("Är de brister som hittats åtgärdade?"),
    "recommendations_answered": lambda: _("Är förra årets rekommendationer besvarade?"),
    "recommendations_acted_on": lambda: _("Har nämnden gjort det förra årets rekommendationer bad om?"),
    "questions_answered": lambda: _("Är revisorernas frågor besvarade?"),
    "reports": lambda: _("Är årets rapporter fastställda i tid?"),
}


def _last_years(found: Room) -> list[RecommendationFacts]:
    return [
        one
        for review in found.reviews
        if review.review.year_id == found.year - 1
        for one in review.recommendations
    ]


def _economy(found: Room, body: Body) -> EconomyStanding | None:
    """The body's economy; None for an earlier moment, since budgets and forecasts are read as they stand now."""
    if found.round is None or found.moment is not None:
        return None
    standings = economy_standings(found.round, {body.pk: body.key}, [body.pk])
    return standings.rows.get(body.pk) if standings else None


def _plan(found: Room, body: Body) -> str:
    row = reports.plan_report(body, found.year, PLAN)
    if row is None:
        return ""
    subject = reports.subject(row)
    return "adopted" if any(one.subject == subject for one in found.publications) else "written"


def _reports(found: Room, body: Body) -> tuple[int, int, int]:
    """Rounds whose last day has passed, how many of them have an adopted report, and how many by that day."""
    past: Sequence[Round] = [
        row for row in cycle.rounds(found.year) if row.deadline is not None and row.deadline < found.day
    ]
    if not past:
        return 0, 0, 0
    rows = publishing.publications().filter(body=body, round__in=past)
    if found.moment is not None:
        rows = rows.filter(adopted_at__lte=found.moment)
    first: dict[int, dt.date] = {}
    for row in rows:
        if row.round_id is not None:
            first[row.round_id] = min(first.get(row.round_id, dt.date.max), _decided(row))
    timely = sum(first.get(row.pk, dt.date.max) <= row.deadline for row in past if row.deadline)
    return len(past), len(first), timely


def _decided(row: Publication) -> dt.date:
    return row.decision_date or row.adopted_at.astimezone(clock.STOCKHOLM).date()


def _millions(ore: int) -> str:
    return format_decimal(round_half_away(Decimal(ore) / _MILLION, 1), 1)
