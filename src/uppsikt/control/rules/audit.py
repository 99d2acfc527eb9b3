"""Where an auditor's recommendation or question stands, and which recommendations come back under new names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from uppsikt.control.rules.words import FollowUpVerdict, Stance

ALIKE = Fraction(2, 5)
"""From this share of common parts two wordings are offered as the same recommendation."""
PART = 3
"""Letters in a part of a word that is compared."""


class RecommendationState(StrEnum):
    """How far a recommendation has come: what waits for the body first, then what is closed."""

    OVERDUE = "overdue"
    UNANSWERED = "unanswered"
    NOT_FOLLOWED = "followed_not_done"
    PARTLY_FOLLOWED = "followed_partly"
    UNDER_WAY = "under_way"
    ANSWERED = "answered"
    DECLINED = "declined"
    DONE = "done"
    FOLLOWED = "followed_done"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "overdue": "Svar försenat",
            "unanswered": "Obesvarad",
            "followed_not_done": "Inte åtgärdad enligt revisorn",
            "followed_partly": "Delvis åtgärdad enligt revisorn",
            "under_way": "Åtgärd pågår",
            "answered": "Besvarad, ingen åtgärd",
            "declined": "Avvisad",
            "done": "Åtgärder klara",
            "followed_done": "Åtgärdad enligt revisorn",
        }[self.value]

    @property
    def open(self) -> bool:
        """Whether something remains to be done by the body."""
        return self not in (self.DECLINED, self.DONE, self.FOLLOWED)

    @property
    def rank(self) -> int:
        """Worst first: 0 is what one should look at before everything else."""
        return list(RecommendationState).index(self)


class QuestionState(StrEnum):
    """How far an auditor's question has come."""

    OVERDUE = "overdue"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "overdue": "Svar försenat",
            "unanswered": "Obesvarad",
            "answered": "Besvarad",
            "closed": "Avslutad",
        }[self.value]

    @property
    def waits(self) -> bool:
        """Whether the body has yet to answer."""
        return self in (self.OVERDUE, self.UNANSWERED)

    @property
    def rank(self) -> int:
        """Worst first."""
        return list(QuestionState).index(self)


@dataclass(frozen=True, slots=True)
class Clock:
    """A day that something is due, in days from today: `left` and `late` are never both above zero.

    `late` of an answer that came after its day says by how much. The due day itself is in time.
    """

    due: dt.date | None
    left: int = 0
    late: int = 0

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.late > 0


def clock_of(due: dt.date | None, today: dt.date, answered_on: dt.date | None = None) -> Clock:
    """The clock of an answer. Args: answered_on: stops it, on that day."""
    if due is None:
        return Clock(None)
    days = (due - (answered_on or today)).days
    return Clock(due, left=0 if answered_on else max(0, days), late=max(0, -days))


def recommendation_state(
    *,
    answer_due: dt.date | None,
    today: dt.date,
    stance: str | None,
    actions_done: Sequence[bool],
    verdict: str = "",
) -> RecommendationState:
    """How far a recommendation has come.

    The auditor's latest verdict decides where there is one. Before that an answer that is due and missing comes
    first, whatever is done meanwhile; one that nobody has set a day for counts as answered by its actions.

    Args: stance: of the answer, empty when it takes none; None when there is no answer. actions_done: one for each
        action that stands. verdict: the auditor's latest.
    """
    if verdict:
        return {
            FollowUpVerdict.DONE.value: RecommendationState.FOLLOWED,
            FollowUpVerdict.PARTLY.value: RecommendationState.PARTLY_FOLLOWED,
            FollowUpVerdict.NOT_DONE.value: RecommendationState.NOT_FOLLOWED,
        }[verdict]
    if stance is None and (answer_due is not None or not actions_done):
        late = answer_due is not None and answer_due < today
        return RecommendationState.OVERDUE if late else RecommendationState.UNANSWERED
    if actions_done:
        return RecommendationState.DONE if all(actions_done) else RecommendationState.UNDER_WAY
    return RecommendationState.DECLINED if stance == Stance.REJECTED.value else RecommendationState.ANSWERED


def question_state(
    *, due: dt.date | None, today: dt.date, answered: bool, closed: bool = False
) -> QuestionState:
    """How far an auditor's question has come. Only the auditor closes it; a closed one may be unanswered."""
    if closed:
        return QuestionState.CLOSED
    if answered:
        return QuestionState.ANSWERED
    return QuestionState.OVERDUE if due is not None and due < today else QuestionState.UNANSWERED


@dataclass(frozen=True, slots=True)
class Wording:
    """A recommendation as it is compared with others. `on`: the day of its review, `order` breaks ties."""

    key: str
    text: str
    theme: str = ""
    on: dt.date | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An earlier recommendation that this one may be, and why: the same theme, alike wording, or both."""

    key: str
    share: Fraction
    same_theme: bool

    @property
    def percent(self) -> int:
        """How alike the wordings are, in whole percent, rounded down."""
        return int(100 * self.share)


def likeness(one: str, other: str) -> Fraction:
    """How alike two wordings are: the share of their three-letter parts that both hold, 0 to 1.

    Each word is cut into all its runs of three letters (a shorter word is one part); case, figures and punctuation
    do not count. The share is common parts through all parts (Jaccard), so that order and inflection matter little.
    """
    parts, others = _parts(one), _parts(other)
    every = parts | others
    return Fraction(len(parts & others), len(every)) if every else Fraction(0)


def suggestions(recommendation: Wording, earlier: Iterable[Wording]) -> list[Suggestion]:
    """Earlier recommendations to the same body that may have come back as this one, the likeliest first.

    Offered where the theme is the same or the wordings are at least `ALIKE`; never linked without a person.
    """
    theme = _plain(recommendation.theme)
    found = []
    for one in earlier:
        if one.key == recommendation.key or not _before(one, recommendation):
            continue
        share = likeness(recommendation.text, one.text)
        same = bool(theme) and _plain(one.theme) == theme
        if same or share >= ALIKE:
            found.append(Suggestion(one.key, share, same))
    return sorted(found, key=lambda row: (-row.share, not row.same_theme, row.key))


def returns_of(key: str, links: Mapping[str, str]) -> tuple[str, ...]:
    """What a recommendation returns from, nearest first, to the first time it was given.

    Args: links: for each that returns, the key of the earlier one.
    """
    found: list[str] = []
    current = links.get(key, "")
    while current and current not in found and current != key:
        found.append(current)
        current = links.get(current, "")
    return tuple(found)


def makes_circle(key: str, earlier: str, links: Mapping[str, str]) -> bool:
    """Whether linking `key` back to `earlier` would make a recommendation return from itself."""
    return earlier == key or key in returns_of(earlier, links)


def _before(one: Wording, other: Wording) -> bool:
    if one.on and other.on:
        return one.on < other.on
    return one.year < other.year


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _parts(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[at : at + PART] for word in words for at in range(max(1, len(word) - PART + 1))}
