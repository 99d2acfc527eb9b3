"""Shares, verdicts and totals of controls, worked out by hand or from a municipality's published report for 2024."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.control.rules import figures
from uppsikt.control.rules.figures import PartInput


@dataclass(frozen=True)
class Limits:
    key: str = "right"
    approved_from: Decimal | None = Decimal(95)
    deficient_from: Decimal | None = Decimal(80)
    above: bool = False


# Nine committees' samples of representation: how many vouchers were checked, and how many of them were faulty.
SAMPLES = [(22, 7), (22, 12), (22, 8), (22, 17), (22, 9), (21, 12), (22, 4), (18, 4), (21, 6)]


def test_the_total_of_samples_is_that_of_the_counts() -> None:
    """192 checked, 79 faulty: 113 of 192 right, 58.85 %. The mean of the nine shares is another number, 59.1 %."""
    total = figures.total(
        [PartInput(checked=checked, faulty=faulty) for checked, faulty in SAMPLES], "sample"
    )
    assert total is not None
    assert (total.checked, total.faulty) == (192, 79)
    assert figures.share(total) == Fraction(11300, 192)
    assert figures.percent_text(figures.share(total)) == "59\u00a0%"


samples = st.lists(
    st.integers(1, 500).flatmap(lambda checked: st.tuples(st.just(checked), st.integers(0, checked))),
    min_size=1,
    max_size=30,
)


@given(samples, st.randoms(use_true_random=False))
def test_a_total_is_the_same_whatever_the_order_and_however_it_is_split(rows, random) -> None:  # type: ignore[no-untyped-def]
    parts = [PartInput(checked=checked, faulty=faulty) for checked, faulty in rows]
    whole = figures.total(parts, "sample")
    random.shuffle(parts)
    assert figures.total(parts, "sample") == whole
    cut = random.randint(0, len(parts))
    halves = [
        one for one in (figures.total(parts[:cut], "sample"), figures.total(parts[cut:], "sample")) if one
    ]
    assert figures.total(halves, "sample") == whole
    assert whole is not None
    shares = [figures.share(part) for part in parts]
    assert min(shares) <= figures.share(whole) <= max(shares)  # type: ignore[type-var, operator]


@given(samples)
def test_one_part_without_counts_leaves_no_total(rows) -> None:  # type: ignore[no-untyped-def]
    parts = [PartInput(checked=checked, faulty=faulty) for checked, faulty in rows]
    assert figures.total([*parts, PartInput(value=Decimal(50))], "sample") is None
    assert figures.total([*parts, PartInput(value=Decimal(50))], "share") is None


@pytest.mark.parametrize(
    ("checked", "faulty", "verdict"),
    [
        (20, 1, "approved"),  # 95 exactly
        (10_000, 504, "deficient"),  # 94.96 prints as 95
        (5, 1, "deficient"),  # 80 exactly
        (10_000, 2004, "failed"),  # 79.96 prints as 80
        (22, 4, "deficient"),  # 81.8
        (18, 4, "failed"),  # 77.8
    ],
)
def test_thresholds_judge_the_unrounded_share(checked: int, faulty: int, verdict: str) -> None:
    assert figures.judge(figures.share(PartInput(checked=checked, faulty=faulty)), Limits()) == verdict


def test_a_share_that_prints_as_the_limit_is_still_below_it() -> None:
    part = PartInput(checked=10_000, faulty=504)
    assert figures.percent_text(figures.share(part)) == "95\u00a0%"
    assert figures.judge(figures.share(part), Limits()) == "deficient"


def test_above_means_over_the_limit_and_not_at_it() -> None:
    over = Limits(approved_from=Decimal(90), deficient_from=None, above=True)
    assert figures.judge(Decimal(90), over) == "deficient"
    assert figures.judge(Decimal("90.01"), over) == "approved"


def test_no_limits_no_verdict() -> None:
    assert figures.judge(Decimal(12), Limits(approved_from=None, deficient_from=None)) is None
    assert figures.judge(None, Limits()) is None


def test_two_steps_are_judged_by_the_worst_of_them() -> None:
    """51 % approved by managers and 91 % right by staff, where both should be over 90."""
    steps = [Limits(key, Decimal(90), None, above=True) for key in ("managers", "staff")]
    assert figures.verdict({"managers": Fraction(51), "staff": Fraction(91)}, steps) == "deficient"
    assert figures.verdict({"managers": Fraction(91), "staff": Fraction(91)}, steps) == "approved"
    assert figures.verdict({"staff": Fraction(91)}, steps) is None, "what is not known may be worse"


def test_counts_are_added_and_what_comes_beside_is_added_apart() -> None:
    """Six administrations' direct procurements: 101, or 228 with the social services' 127 placements."""
    parts = [PartInput(count=n) for n in (55, 8, 11, 12, 7)]
    social = PartInput(count=8, extra_count=127, extra_text="placeringsärenden")
    total = figures.total([*parts, social], "count")
    assert total == PartInput(count=101, extra_count=127, extra_text="placeringsärenden")
    assert figures.count_total_text(total) == "101 (228)"
    assert figures.count_text(social) == "8 + 127 placeringsärenden"


def test_the_share_of_amounts_is_that_of_the_summed_amounts() -> None:
    parts = [PartInput(total_ore=10_00, outside_ore=5_00), PartInput(total_ore=90_00, outside_ore=0)]
    total = figures.total(parts, "amount_share")
    assert total is not None
    assert figures.share(total) == 95


def test_change_is_read_as_precisely_as_the_coarser_figure() -> None:
    """89.44 % from amounts against 89 % as reported says nothing of a change."""
    now, before = PartInput(total_ore=360, outside_ore=38), PartInput(value=Decimal(89))
    assert figures.change(now, before, "amount_share") == "unchanged"
    assert figures.change(PartInput(value=Decimal(45)), PartInput(value=Decimal(50)), "sample") == "worse"
    assert (
        figures.change(PartInput(checked=3, faulty=1), PartInput(checked=2, faulty=1), "sample") == "better"
    )
    assert figures.change(PartInput(count=127), PartInput(count=156), "count") == "fewer"
    assert figures.change(PartInput(), PartInput(count=156), "count") is None


def test_figures_that_do_not_belong_together_are_all_named() -> None:
    found = figures.faults_of(
        PartInput(value=Decimal(101), checked=5, faulty=6, outside_ore=1, extra_count=3)
    )
    assert [field for field, *_ in found] == ["value", "faulty", "outside_ore", "count"]
