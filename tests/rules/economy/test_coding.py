"""What stands under what: accounts under lines by their first digits, everything else by parent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.economy.rules.coding import UnitPlace, Value, coding, line_of
from uppsikt.economy.rules.grain import Grain, Nodes, matching
from uppsikt.economy.rules.model import EconomyModel, Line
from uppsikt.economy.selectors.follow import leads_on

LINES = (
    Line("result", "Resultat"),
    Line("costs", "Kostnader", "result"),
    Line("goods", "Varor", "costs", ("4", "6")),
    Line("grants", "Bidrag", "costs", ("45",)),
    Line("legal", "Lagens rad", lines=("costs",)),
)
MODEL = EconomyModel("m", lines=LINES)
VALUES = (
    Value("account", "4010"), Value("account", "4510"), Value("account", "1930"),
    Value("cost_centre", "100", parent="grp"), Value("cost_centre", "grp", unit="it"), Value("cost_centre", "900"),
    Value("cost_centre", "700", body="sn"),
    Value("activity", "101", parent="100"), Value("activity", "100", "Politisk"),
)  # fmt: skip
UNITS = (UnitPlace("it", "stab", "ks"), UnitPlace("stab", "", "ks"))
HELD = coding(2024, MODEL, VALUES, UNITS)


def test_the_longest_prefix_wins() -> None:
    assert HELD.under("line", "goods") == {"goods", "4010"}
    assert HELD.under("line", "grants") == {"grants", "4510"}


def test_a_line_holds_everything_below_it_and_a_line_of_another_tree_what_it_is_made_of() -> None:
    assert HELD.under("line", "result") >= {"costs", "goods", "grants", "4010", "4510"}
    assert HELD.under("line", "legal") >= {"costs", "goods", "4010"}
    assert "1930" not in HELD.under("line", "result")


def test_accounts_that_no_line_holds_are_named() -> None:
    assert HELD.unmapped == ("1930",)


def test_a_cost_centre_stands_under_its_unit_and_body() -> None:
    for node in ("unit:it", "unit:stab", "body:ks", "grp"):
        assert "100" in HELD.under("place", node)
    assert "700" in HELD.under("place", "body:sn")
    assert "900" not in HELD.under("place", "body:ks")


def test_the_star_holds_what_is_coded_and_what_is_not() -> None:
    members = set(HELD.members())
    assert {("place", "*", "900"), ("place", "*", ""), ("activity", "*", "")} <= members


def test_a_hierarchy_is_never_by_the_look_of_a_key() -> None:
    """101 is a child of 100 because it says so; 10 is no parent of either."""
    held = coding(2024, MODEL, (*VALUES, Value("activity", "10")), UNITS)
    assert held.under("activity", "10") == {"10"}
    assert held.under("activity", "100") == {"100", "101"}


def test_a_circle_does_not_hang() -> None:
    held = coding(2024, MODEL, (Value("activity", "a", parent="b"), Value("activity", "b", parent="a")), ())
    assert held.under("activity", "a") == {"a", "b"}


def test_amounts_are_found_under_the_nodes_asked_for() -> None:
    grains = [Grain("goods", "unit:it", "101", -5), Grain("grants", "unit:stab", "", -7)]
    assert matching(grains, Nodes(line="costs", place="body:ks"), HELD) == grains
    assert matching(grains, Nodes(activity="100"), HELD) == grains[:1]
    assert matching(grains, Nodes(place="unit:it"), HELD) == grains[:1]
    assert matching(grains, Nodes(project="P1"), HELD) == []


@given(st.lists(st.text("0123456789", min_size=1, max_size=6), max_size=20))
def test_every_account_is_on_one_line_of_a_tree_at_most(accounts: list[str]) -> None:
    held = coding(2024, MODEL, [Value("account", key) for key in set(accounts)], ())
    for account in accounts:
        on = [key for key in ("goods", "grants") if account in held.under("line", key)]
        assert len(on) <= 1
        assert on == ([line_of(account, LINES)] if line_of(account, LINES) else [])


def test_a_counterparty_is_never_called_by_a_persons_number() -> None:
    values = (Value("counterparty", "8507099805"), Value("counterparty", "K1", "Anna 850709-9805"))
    held = coding(2024, MODEL, (*VALUES, *values), UNITS)
    assert held.name("counterparty", "8507099805") == "innehåller personuppgifter"
    assert "9805" not in held.name("counterparty", "K1")
    assert held.name("activity", "8507099805") == "8507099805"
    assert not leads_on("counterparty", "8507099805")
    assert leads_on("counterparty", "K1")
