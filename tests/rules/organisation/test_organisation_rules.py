"""Names, places and roles as they hold in time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.organisation.rules import (
    GRANTS,
    ROLE_TEXTS,
    Dated,
    Grant,
    Grants,
    Permission,
    Role,
    descendants,
    lineage,
    on,
    overlaps,
)

NAMES = [
    Dated("Skolnämnden", dt.date(2015, 1, 1), dt.date(2023, 1, 1)),
    Dated("Utbildningsnämnden", dt.date(2023, 1, 1)),
]


@pytest.mark.parametrize(
    ("day", "name"),
    [("2014-01-01", "Skolnämnden"), ("2022-12-31", "Skolnämnden"), ("2023-01-01", "Utbildningsnämnden")],
)
def test_a_renamed_body_is_called_what_it_was_called_then(day: str, name: str) -> None:
    assert on(NAMES, dt.date.fromisoformat(day)) == name


def test_after_the_end_the_last_name_is_used() -> None:
    ended = [Dated("Fritidsnämnden", dt.date(2010, 1, 1), dt.date(2012, 1, 1))]
    assert on(ended, dt.date(2020, 1, 1)) == "Fritidsnämnden"
    assert on([], dt.date(2020, 1, 1)) is None


def test_two_names_at_a_time_are_found() -> None:
    assert overlaps(NAMES) == []
    assert overlaps([*NAMES, Dated("Barnnämnden", dt.date(2024, 1, 1))]) != []


def test_a_comparison_follows_splits_and_mergers() -> None:
    pairs = [("bun", "fsn"), ("bun", "gsn"), ("old", "bun")]
    assert lineage("fsn", pairs) == ["fsn", "bun", "old"]
    assert lineage("ks", pairs) == ["ks"]


def test_a_circle_of_successions_ends() -> None:
    assert lineage("a", [("a", "b"), ("b", "a")]) == ["a", "b"]


def test_a_unit_holds_all_that_is_under_it() -> None:
    parents = {"hr": "ks", "lon": "hr", "ks": None, "ekonomi": "ks"}
    assert descendants("hr", parents) == {"hr", "lon"}
    assert descendants("ks", parents) == set(parents)


def test_every_role_is_described_and_grants_reading() -> None:
    assert set(ROLE_TEXTS) == set(GRANTS) == set(Role)
    assert all(Permission.READ in granted for granted in GRANTS.values())


def test_a_role_in_a_body_stops_at_the_body() -> None:
    held = Grants("anna", (Grant(Role.CONTROLLER, "ks"),))
    assert held.allows(Permission.PLAN, body="ks")
    assert not held.allows(Permission.PLAN, body="gn")
    assert not held.allows(Permission.READ, body="gn")
    assert held.bodies(Permission.READ) == {"ks"}


def test_a_role_in_a_unit_reports_for_the_unit_and_reads_the_body() -> None:
    held = Grants("bo", (Grant(Role.REPORTER, "ks", frozenset({"hr", "lon"})),))
    assert held.allows(Permission.REPORT, body="ks", unit="lon")
    assert not held.allows(Permission.REPORT, body="ks", unit="ekonomi")
    assert not held.allows(Permission.REPORT, body="ks")
    assert held.allows(Permission.REPORT, body="ks", unit="ekonomi", responsible="bo")
    assert held.allows(Permission.READ, body="ks", unit="ekonomi")


@given(st.sampled_from(Role), st.sampled_from(Permission))
def test_a_role_for_the_whole_municipality_reaches_everywhere_but_does_no_more(
    role: Role, permission: Permission
) -> None:
    whole = Grants("c", (Grant(role),))
    local = Grants("c", (Grant(role, "ks"),))
    assert (
        whole.allows(permission, body="gn") == whole.allows(permission) == local.allows(permission, body="ks")
    )


@given(st.sampled_from(Permission))
def test_nobody_may_do_nothing(permission: Permission) -> None:
    assert not Grants("").allows(permission)
    assert not Grants("").anywhere(permission)
