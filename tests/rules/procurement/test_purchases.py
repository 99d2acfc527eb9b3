"""Contract compliance is what agreements held for, öre by öre; figures from the yearly report 2024 and by hand."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.procurement.rules import direct
from uppsikt.procurement.rules.limits import Settled, limits_on, over
from uppsikt.procurement.rules.purchases import (
    PRIVATE,
    Compliance,
    Cover,
    Purchase,
    by_party,
    by_supplier,
    compliance,
    covering,
    over_limit,
    split_months,
    suppliers_paid,
    together,
    uncovered,
)
from uppsikt.procurement.rules.standing import (
    AgreementState,
    SupplierState,
    follow_up_overdue,
    state,
    supplier_state,
)
from uppsikt.procurement.rules.words import LimitKey

MILLION = 100_000_000


def bought(
    supplier: str, ore: int, *, month: int = 3, day: int = 0, body: str = "ks", code: str = "K"
) -> Purchase:
    return Purchase(code, supplier, body, 2024, month, day, ore)


def cover(first: str, last: str | None, *, bodies: frozenset[str] | None = None) -> Cover:
    return Cover(
        "a", "alfa", bodies, dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None
    )


def test_shares_are_weighted_together_and_never_averaged() -> None:
    """Yearly report 2024: 38 of 360 Mkr without agreement is 89.4 % within, 9.5 of 29 is 67.2 %."""
    board = Compliance((360 - 38) * MILLION, 360 * MILLION)
    culture = Compliance(195 * MILLION // 10, 29 * MILLION)
    assert board.share == Fraction(322, 360)
    assert culture.share == Fraction(195, 290)
    assert together([board, culture]).share == Fraction(3415, 3890)
    assert Compliance().share is None
    assert Compliance(0, -5).share is None
    assert Compliance(100, 50).share is None  # a credit note of 50 outside agreements
    assert Compliance(-10, 50).share is None


def test_an_agreement_holds_both_its_days_and_for_its_bodies() -> None:
    held = {"alfa": [cover("2024-01-16", "2024-03-10", bodies=frozenset({"ks"}))]}
    days = [(1, 15, False), (1, 16, True), (3, 10, True), (3, 11, False), (2, 0, True)]
    for month, day, within in days:
        assert (covering(bought("alfa", 1, month=month, day=day), held) is not None) is within
    assert covering(bought("alfa", 1, month=2, body="sn"), held) is None
    assert covering(bought("", 1, month=2), held) is None


def test_months_are_split_only_where_an_agreement_begins_or_ends_within_them() -> None:
    rows = [cover("2024-01-16", "2024-03-31"), cover("2024-05-01", "2024-06-29"), cover("2023-02-02", None)]
    assert split_months(rows, 2024) == (1, 6)
    assert split_months(rows, 2023) == (2,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["alfa", "beta", ""]), st.sampled_from(["ks", "sn"]), st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
            st.integers(-(10**9), 10**9),
        ),
        max_size=30,
    ),
    st.lists(st.tuples(st.dates(dt.date(2023, 6, 1), dt.date(2024, 12, 31)), st.integers(0, 400)), max_size=4),
)  # fmt: skip
def test_months_put_together_give_what_every_day_gives(
    entries: list[tuple[str, str, dt.date, int]], spans: list[tuple[dt.date, int]]
) -> None:
    """The ledger is summed by month where no agreement begins or ends; nothing is lost by that."""
    covers = [
        Cover(str(n), "alfa", None, day, day + dt.timedelta(length)) for n, (day, length) in enumerate(spans)
    ]
    held, split = by_supplier(covers), split_months(covers, 2024)
    daily = [Purchase("K", who, body, 2024, day.month, day.day, ore) for who, body, day, ore in entries]
    summed = [
        Purchase(
            "K", one.supplier, one.body, 2024, one.month, one.day if one.month in split else 0, one.amount_ore
        )
        for one in daily
    ]
    assert compliance(summed, held) == compliance(daily, held)
    whole = together(compliance(daily, held).values())
    assert whole.outside_ore == sum(one.amount_ore for one in uncovered(daily, held))


def test_the_largest_come_first_and_personal_codes_together() -> None:
    rows = [
        bought("alfa", 5), bought("", 7, code="K9"), bought("", 3, code="8507099805"), bought("", 4, code="850709-9805"),
        bought("", 100, code=""), Purchase("K", "alfa", "ks", 2024, 1, 0, 10, investment=True),
    ]  # fmt: skip
    found = by_party(rows)
    assert [(key, spend.total_ore) for key, spend in found.items()] == [
        ("alfa", 15),
        ("code:K9", 7),
        (PRIVATE, 7),
    ]
    assert (found["alfa"].operating_ore, found["alfa"].investment_ore) == (5, 10)


def test_over_the_limit_is_more_than_it_and_only_outside_agreements() -> None:
    held = {"alfa": [cover("2024-01-01", "2024-06-30")]}
    rows = [
        bought("alfa", 500, month=2),
        bought("alfa", 100, month=7),
        bought("beta", 101),
        bought("gamma", 60),
        bought("gamma", 41),
    ]
    assert {key: spend.total_ore for key, spend in over_limit(rows, held, 100).items()} == {
        "beta": 101,
        "gamma": 101,
    }
    assert over_limit(rows, held, None) == {}


def test_what_is_settled_holds_until_the_next() -> None:
    rows = [
        Settled("direct", dt.date(2022, 2, 1), 700_000_00), Settled("direct", dt.date(2024, 1, 1), 1_200_000_00),
        Settled("compliance_good", dt.date(2025, 1, 1), percent=Decimal(90)),
    ]  # fmt: skip
    assert limits_on(rows, dt.date(2023, 12, 31)).amount(LimitKey.DIRECT) == 700_000_00
    assert limits_on(rows, dt.date(2024, 1, 1)).amount(LimitKey.DIRECT) == 1_200_000_00
    assert limits_on(rows, dt.date(2024, 1, 1)).percent(LimitKey.GOOD) is None
    assert not over(5, None)
    assert not over(5, 5)
    assert over(6, 5)


def test_direct_procurements_counted_as_the_yearly_report_counts_them() -> None:
    """2024: 55, 8, 8 + 127 placements, 11, 12 and 7 are 101 (228); four were not by a certified purchaser."""
    made = {"ks": 55, "bun": 8, "sn": 8, "gan": 11, "mbf": 12, "kfn": 7}
    rows = [
        direct.Direct(f"{group}-{n}", group, None, "", True, True)
        for group, count in made.items()
        for n in range(count)
    ]
    rows += [direct.Direct(f"p{n}", "sn", 60_000_00, "Placeringar", n > 3, True) for n in range(127)]
    counts = direct.counted(rows, ["Placeringar"])
    assert [(one.group, one.count, one.apart) for one in counts][2] == ("sn", 8, {"Placeringar": 127})
    total = direct.whole(counts)
    assert (total.count, total.total, total.uncertified, total.undocumented) == (101, 228, 4, 0)


def test_only_those_over_the_limit_are_notified() -> None:
    rows = [
        direct.Direct("a", "ks", 50_000_00),
        direct.Direct("b", "ks", 50_000_01),
        direct.Direct("c", "ks"),
    ]
    assert [row.key for row in direct.notified(rows, 50_000_00)] == ["b", "c"]
    assert len(direct.notified(rows, None)) == 3


def test_how_an_agreement_stands() -> None:
    first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    days = {
        dt.date(2023, 12, 31): "coming",
        first: "valid",
        dt.date(2024, 7, 4): "expiring",
        last: "expiring",
        dt.date(2025, 1, 1): "ended",
    }
    for day, expected in days.items():
        assert state(first, last, day) == expected
    assert state(first, None, dt.date(2090, 1, 1)) is AgreementState.VALID
    due = dt.date(2024, 6, 1)
    assert follow_up_overdue(due, None, dt.date(2024, 6, 2))
    assert not follow_up_overdue(due, None, due)
    assert not follow_up_overdue(due, dt.date(2024, 1, 1), dt.date(2024, 7, 1))
    assert follow_up_overdue(due, dt.date(2022, 1, 1), dt.date(2024, 7, 1))
    assert not follow_up_overdue(None, None, due)


def test_the_worst_of_the_latest_checks_counts() -> None:
    day = dt.date(2024, 12, 31)
    assert supplier_state([], day) is SupplierState.UNCHECKED
    old, new = dt.date(2023, 12, 1), dt.date(2024, 11, 1)
    assert supplier_state([(old, "skatt", "ok")], day) is SupplierState.STALE
    assert supplier_state([(old, "skatt", "refused"), (new, "skatt", "ok")], day) is SupplierState.CHECKED
    assert supplier_state([(new, "skatt", "ok"), (new, "kredit", "remark")], day) is SupplierState.REMARK
    assert supplier_state([(dt.date(2025, 1, 1), "skatt", "refused")], day) is SupplierState.UNCHECKED


def test_every_month_has_its_last_day() -> None:
    for month in range(1, 13):
        last = dt.date(2024, month, calendar.monthrange(2024, month)[1])
        assert split_months([Cover("a", "alfa", None, dt.date(2024, month, 1), last)], 2024) == ()


def test_sole_traders_told_together_are_held_to_the_limit_one_by_one() -> None:
    small = [bought("", 60, code="8507099805"), bought("", 60, code="19121212-1212")]
    assert over_limit(small, {}, 100) == {}
    large = over_limit([*small, bought("", 50, code="850709-9805")], {}, 100)
    assert {key: spend.total_ore for key, spend in large.items()} == {PRIVATE: 110}


def test_sole_traders_told_together_are_none_of_the_largest_suppliers() -> None:
    found = by_party([bought("alfa", 5), bought("", 7, code="8507099805")])
    assert [key for key, _spend in suppliers_paid(found, 5)] == ["alfa"]
