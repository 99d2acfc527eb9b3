"""The statutory basic review of a committee (KL 12:1): plain answers from what is known of its year.

The auditors review every year all activity, to the extent that follows from good auditing practice; the basic review
asks whether a committee has governed, followed up and controlled its own. The answers here are derived, each by the
rule in docs/algorithms/basic-review.md, so that the auditor has a ground to begin from. They judge nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

TOLERANCE = Fraction(1, 100)
"""A deficit of at most this share of the budget is answered with partly."""


class Answer(StrEnum):
    """A plain answer. `UNKNOWN`: nothing is known, or the question does not apply."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The answer in words."""
        return {"yes": "Ja", "partly": "Delvis", "no": "Nej", "unknown": "Kan inte avgöras"}[self.value]


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known of a committee's year.

    `variance_ore`: outcome or forecast minus budget, positive is better; None: not known. `plan`: adopted, written or
    empty. `recommendations`: of reviews that are about the year before, how many there are and in how many something
    is left to answer, or to do. `reports`: of the rounds whose last day has passed, how many reports were adopted;
    `reports_in_time` how many by that day.
    """

    goals: int = 0
    assessed: Counted = Counted(0, 0)
    fulfilled: Counted = Counted(0, 0)
    budget_ore: int | None = None
    variance_ore: int | None = None
    plan: str = ""
    risks_assessed: Counted = Counted(0, 0)
    high_risks_handled: Counted = Counted(0, 0)
    controls_done: Counted = Counted(0, 0)
    results_passed: Counted = Counted(0, 0)
    deficiencies_closed: Counted = Counted(0, 0)
    recommendations_answered: Counted = Counted(0, 0)
    recommendations_acted_on: Counted = Counted(0, 0)
    questions_answered: Counted = Counted(0, 0)
    reports: Counted = Counted(0, 0)
    reports_in_time: Counted = Counted(0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One question's answer. `counted`: what it rests on, where it is a count."""

    key: str
    answer: Answer
    counted: Counted | None = None


def of_count(counted: Counted, without: Answer = Answer.UNKNOWN) -> Answer:
    """All is yes, none is no, between is partly. Args: without: the answer where there is nothing to count."""
    if counted.whole == 0:
        return without
    if counted.part >= counted.whole:
        return Answer.YES
    return Answer.PARTLY if counted.part else Answer.NO


def of_economy(budget_ore: int | None, variance_ore: int | None) -> Answer:
    """Whether the budget was kept: at least zero is yes, a deficit of at most `TOLERANCE` of the budget is partly."""
    if budget_ore is None or variance_ore is None:
        return Answer.UNKNOWN
    if variance_ore >= 0:
        return Answer.YES
    return Answer.PARTLY if -variance_ore <= TOLERANCE * abs(budget_ore) else Answer.NO


def of_plan(plan: str) -> Answer:
    """Whether the plan of internal control is adopted; one that is written but not adopted is partly."""
    return {"adopted": Answer.YES, "written": Answer.PARTLY}.get(plan, Answer.NO)


def of_reports(reports: Counted, in_time: Counted) -> Answer:
    """Whether reports were adopted in time: all in time is yes, some adopted at all is partly, none is no."""
    if reports.whole == 0:
        return Answer.UNKNOWN
    if in_time.part >= in_time.whole:
        return Answer.YES
    return Answer.PARTLY if reports.part else Answer.NO


def findings(basis: Basis) -> tuple[Finding, ...]:
    """The questions with their answers, in the order of the review."""

    def counted(key: str, count: Counted, without: Answer = Answer.UNKNOWN) -> Finding:
        return Finding(key, of_count(count, without), count)

    return (
        Finding("goals", Answer.YES if basis.goals else Answer.NO, Counted(basis.goals, basis.goals)),
        counted("assessed", basis.assessed),
        counted("fulfilled", basis.fulfilled),
        Finding("economy", of_economy(basis.budget_ore, basis.variance_ore)),
        Finding("plan", of_plan(basis.plan)),
        counted("risks_assessed", basis.risks_assessed, Answer.NO),
        counted("high_risks_handled", basis.high_risks_handled, Answer.YES),
        counted("controls_done", basis.controls_done, Answer.NO),
        counted("results_passed", basis.results_passed),
        counted("deficiencies_closed", basis.deficiencies_closed, Answer.YES),
        counted("recommendations_answered", basis.recommendations_answered),
        counted("recommendations_acted_on", basis.recommendations_acted_on),
        counted("questions_answered", basis.questions_answered),
        Finding("reports", of_reports(basis.reports, basis.reports_in_time), basis.reports_in_time),
    )
