"""Risk values, the matrix and the spread of votes, by hand."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.control.rules.listing import Listed, keeps
from uppsikt.control.rules.risks import Place, Vote, matrix, outside, spread, verdict
from uppsikt.cycle.rules.control_policy import ControlPolicy, RiskBand, RiskStep

STEPS = tuple(RiskStep(value, f"steg {value}") for value in range(1, 5))
POLICY = ControlPolicy(
    likelihood=STEPS,
    consequence=STEPS,
    bands=(
        RiskBand("low", "Låg", 1, "circle-1", "good"),
        RiskBand("high", "Hög", 8, "circle-3", "bad", act=True),
    ),
    report_from=8,
)


def test_the_matrix_has_the_most_likely_first_and_counts_every_square() -> None:
    rows = matrix(POLICY, [Place(4, 2), Place(4, 2), Place(1, 1)])
    assert [[square.place.value for square in row] for row in rows] == [
        [4, 8, 12, 16],
        [3, 6, 9, 12],
        [2, 4, 6, 8],
        [1, 2, 3, 4],
    ]
    assert rows[0][1].count == 2
    assert rows[3][0].count == 1
    assert rows[0][1].must_report
    assert not rows[1][1].must_report
    assert rows[0][1].band is not None
    assert rows[0][1].band.key == "high"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4))))
def test_every_assessed_risk_stands_in_one_square(places: list[tuple[int, int]]) -> None:
    rows = matrix(POLICY, [Place(*each) for each in places])
    assert sum(square.count for row in rows for square in row) == len(places)


def test_a_policy_of_unequal_axes_is_drawn_as_it_is() -> None:
    rows = matrix(ControlPolicy(likelihood=STEPS[:2], consequence=STEPS), [])
    assert (len(rows), len(rows[0])) == (2, 4)


def test_the_median_of_an_odd_number_is_the_middle_one() -> None:
    """1, 2, 4: the middle is 2; the one at 4 is two steps away."""
    found = spread([("anna", 1), ("bo", 2), ("cia", 4)])
    assert found is not None
    assert (found.lowest, found.highest, found.median, found.proposal) == (1, 4, Decimal(2), 2)
    assert found.apart == ("cia",)
    assert not found.agreed


def test_what_was_assessed_on_another_scale_is_counted_and_not_lost() -> None:
    assert outside(POLICY, [Place(1, 1), Place(9, 1), Place(1, 9)]) == 2


def test_between_two_steps_the_higher_is_proposed() -> None:
    """2 and 3: the median is 2.5."""
    found = spread([("anna", 2), ("bo", 3)])
    assert found is not None
    assert (found.median, found.proposal, found.agreed, found.apart) == (Decimal("2.5"), 3, True, ())


def test_nobody_has_no_spread() -> None:
    assert spread([]) is None
    assert verdict([]) is None


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_proposal_lies_among_the_votes_reach(steps: list[int]) -> None:
    found = spread([(str(place), step) for place, step in enumerate(steps)])
    assert found is not None
    assert found.lowest <= found.proposal <= found.highest
    assert sum(count for _step, count in found.counts) == len(steps)


def test_a_verdict_names_who_sees_either_axis_otherwise() -> None:
    found = verdict([Vote("anna", Place(1, 4)), Vote("bo", Place(1, 4)), Vote("cia", Place(4, 1))])
    assert found is not None
    assert (found.proposal, found.voters, found.apart) == (Place(1, 4), 3, ("cia",))


def test_reporting_goes_by_value_or_by_band() -> None:
    assert POLICY.must_report(8)
    assert not POLICY.must_report(7)
    by_band = ControlPolicy(bands=(RiskBand("high", "Hög", 9, "circle-3", "bad", report=True),))
    assert by_band.must_report(9)
    assert not by_band.must_report(8)


ROW = Listed("Risk att fel lön betalas ut", "Lön", 12, Place(3, 4), "high", "", True, True, True)


def test_a_list_without_filters_keeps_all() -> None:
    assert keeps(ROW, {})
    assert keeps(ROW, {"only": "nonsense", "q": ""})


def test_filters_are_held_together() -> None:
    assert keeps(ROW, {"l": "3", "c": "4", "only": "undecided", "q": "LÖN"})
    assert not keeps(ROW, {"l": "3", "c": "3"})
    assert not keeps(ROW, {"only": "unassessed"})
