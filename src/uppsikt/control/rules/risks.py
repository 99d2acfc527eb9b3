"""Risk values, the matrix they stand in, and how far apart those who assess them are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.cycle.rules.control_policy import ControlPolicy, RiskBand


def risk_value(likelihood: int, consequence: int) -> int:
    """How grave a risk is: likelihood times consequence."""
    return likelihood * consequence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a risk stands in the matrix. Both count from 1."""

    likelihood: int
    consequence: int

    @property
    def value(self) -> int:
        """The risk value."""
        return risk_value(self.likelihood, self.consequence)


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the matrix with how many risks stand in it. `band` None: it lies under them all."""

    place: Place
    band: RiskBand | None
    count: int
    must_report: bool


def matrix(policy: ControlPolicy, places: Iterable[Place]) -> list[list[Square]]:
    """The matrix as it is drawn: the most likely first, the gravest consequence last in each row."""
    counts = Counter(places)
    rows = []
    for likely in sorted(policy.likelihood, key=lambda step: -step.value):
        row = []
        for grave in sorted(policy.consequence, key=lambda step: step.value):
            place = Place(likely.value, grave.value)
            value = place.value
            row.append(Square(place, policy.band(value), counts[place], policy.must_report(value)))
        rows.append(row)
    return rows


def outside(policy: ControlPolicy, places: Iterable[Place]) -> int:
    """How many stand on a step that the scale does not have: it was another when they were assessed."""
    likely, grave = policy.labels("likelihood"), policy.labels("consequence")
    return sum(place.likelihood not in likely or place.consequence not in grave for place in places)


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's view of a risk. `person` is a key."""

    person: str
    place: Place


@dataclass(frozen=True, slots=True)
class Spread:
    """How several persons see one axis of a risk. `proposal` is the step the median points to.

    `counts`: how many chose each step. `apart`: keys of those who chose something more than a step from the proposal.
    """

    lowest: int
    highest: int
    median: Decimal
    proposal: int
    counts: tuple[tuple[int, int], ...]
    apart: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether all chose the same step or the one beside it."""
        return self.highest - self.lowest <= 1


def spread(views: Sequence[tuple[str, int]]) -> Spread | None:
    """How far apart the views are, as (person, step); None when there is none.

    With an even number the median may fall between two steps; the higher is proposed, since a risk that is held
    too low is found out later than one held too high.
    """
    if not views:
        return None
    steps = sorted(step for _person, step in views)
    upper, lower = steps[len(steps) // 2], steps[(len(steps) - 1) // 2]
    middle = Decimal(upper + lower) / 2
    proposal = (upper + lower + 1) // 2
    return Spread(
        lowest=steps[0],
        highest=steps[-1],
        median=middle,
        proposal=proposal,
        counts=tuple(sorted(Counter(steps).items())),
        apart=tuple(sorted(person for person, step in views if abs(step - proposal) > 1)),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a workshop says of a risk: the spread of each axis."""

    likelihood: Spread
    consequence: Spread
    voters: int

    @property
    def proposal(self) -> Place:
        """The assessment that the medians propose."""
        return Place(self.likelihood.proposal, self.consequence.proposal)

    @property
    def agreed(self) -> bool:
        """Whether nobody is far from the others."""
        return self.likelihood.agreed and self.consequence.agreed

    @property
    def apart(self) -> tuple[str, ...]:
        """Keys of those who see it otherwise, on either axis."""
        return tuple(sorted({*self.likelihood.apart, *self.consequence.apart}))


def verdict(votes: Sequence[Vote]) -> Verdict | None:
    """What the votes on a risk say together; None when nobody has voted."""
    likelihood = spread([(vote.person, vote.place.likelihood) for vote in votes])
    consequence = spread([(vote.person, vote.place.consequence) for vote in votes])
    if likelihood is None or consequence is None:
        return None
    return Verdict(likelihood, consequence, len(votes))
