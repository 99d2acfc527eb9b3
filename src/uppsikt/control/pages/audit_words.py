"""How audit is printed: states, clocks, and the addresses of its pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.rules.audit import Clock, QuestionState, RecommendationState
from uppsikt.control.rules.words import FollowUpVerdict, Stance
from uppsikt.control.selectors.audit import ActionFacts, Recommendation
from uppsikt.kernel.period import format_date
from uppsikt.planning.pages import figures
from uppsikt.web.parts import Link, Symbol

LONG_TEXT = 140

_STATES: dict[RecommendationState, tuple[str, str]] = {
    RecommendationState.OVERDUE: ("cross", "bad"),
    RecommendationState.UNANSWERED: ("circle-0", "warn"),
    RecommendationState.NOT_FOLLOWED: ("cross", "bad"),
    RecommendationState.PARTLY_FOLLOWED: ("circle-2", "warn"),
    RecommendationState.UNDER_WAY: ("circle-3", "fair"),
    RecommendationState.ANSWERED: ("circle-1", "fair"),
    RecommendationState.DECLINED: ("dash", "neutral"),
    RecommendationState.DONE: ("circle-4", "good"),
    RecommendationState.FOLLOWED: ("check", "good"),
}
_QUESTIONS: dict[QuestionState, tuple[str, str]] = {
    QuestionState.OVERDUE: ("cross", "bad"),
    QuestionState.UNANSWERED: ("circle-0", "warn"),
    QuestionState.ANSWERED: ("circle-3", "fair"),
    QuestionState.CLOSED: ("check", "good"),
}
_VERDICTS: dict[FollowUpVerdict, tuple[str, str]] = {
    FollowUpVerdict.DONE: ("check", "good"),
    FollowUpVerdict.PARTLY: ("circle-2", "warn"),
    FollowUpVerdict.NOT_DONE: ("cross", "bad"),
}
_STANCES: dict[Stance, tuple[str, str]] = {
    Stance.ACCEPTED: ("check", "good"),
    Stance.PARTLY: ("circle-2", "fair"),
    Stance.REJECTED: ("cross", "neutral"),
}


def state_symbol(state: RecommendationState) -> Symbol:
    """A recommendation's state."""
    shape, colour = _STATES[state]
    return Symbol(shape, state.label, colour)


def question_symbol(state: QuestionState) -> Symbol:
    """A question's state."""
    shape, colour = _QUESTIONS[state]
    return Symbol(shape, state.label, colour)


def verdict_symbol(verdict: str) -> Symbol:
    """What the auditor found."""
    found = FollowUpVerdict(verdict)
    shape, colour = _VERDICTS[found]
    return Symbol(shape, found.label, colour)


def stance_symbol(stance: Stance | None) -> Symbol | None:
    """What the body answered."""
    if stance is None:
        return None
    shape, colour = _STANCES[stance]
    return Symbol(shape, stance.label, colour)


def action_symbol(action: ActionFacts) -> Symbol:
    """An action's latest status."""
    return figures.status_symbol(action.step)


def clock_words(clock: Clock) -> str:
    """How the clock stands: "om 10 dagar", "3 dagar försenat". Empty where it has stopped in time or there is none."""
    if clock.due is None:
        return ""
    if clock.late:
        return ngettext("%(count)s dag försenat", "%(count)s dagar försenat", clock.late) % {
            "count": clock.late
        }
    if clock.left:
        return ngettext("%(count)s dag kvar", "%(count)s dagar kvar", clock.left) % {"count": clock.left}
    return ""


def due_words(clock: Clock, *, stopped: bool) -> str:
    """The day with how long there is: "30 juni 2025, 12 dagar kvar"; "i dag" on the day itself."""
    if clock.due is None:
        return ""
    said = clock_words(clock) or ("" if stopped else _("i dag"))
    return ", ".join(filter(None, (format_date(clock.due), said)))


def named(row: Recommendation) -> str:
    """A recommendation in a line: its number and the beginning of its text."""
    return " ".join(filter(None, (row.number, short(row.text))))


def short(text: str) -> str:
    """The beginning of a long text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONG_TEXT else f"{flat[:LONG_TEXT].rsplit(' ', 1)[0]} …"


def review_href(key: str, recommendation: str = "") -> str:
    """A review, at one of its recommendations."""
    address = reverse("control:review", args=[key])
    return f"{address}#rek-{recommendation}" if recommendation else address


def recommendation_href(row: Recommendation) -> str:
    """Where a recommendation is read."""
    return review_href(row.review.key, row.key)


def tabs(current: str) -> tuple[Link, ...]:
    """Reviews, their recommendations and the auditors' questions."""
    return tuple(
        Link(label, reverse(view), current == view)
        for label, view in (
            (_("Granskningar"), "control:reviews"),
            (_("Rekommendationer"), "control:recommendations"),
            (_("Frågor från revisorn"), "control:questions"),
        )
    )
