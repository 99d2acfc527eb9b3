"""What was bought, as a round sees it, comes to the figures that the small world's docstring says."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.procurement_world import BUYER, KRONA, PERSON, procurement_world
from uppsikt.procurement.actions import agreements
from uppsikt.procurement.selectors.spend import buying

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return procurement_world(settings, tmp_path)


def kronor(found: Any) -> dict[str, tuple[int, int]]:
    return {key: (one.operating_ore // KRONA, one.investment_ore // KRONA) for key, one in found.items()}


def test_what_each_was_paid_operating_and_investment_apart(world: SimpleNamespace) -> None:
    found = buying(world.year_end)
    assert kronor(found.parties) == {
        "beta": (0, 900_000),
        "staten": (500_000, 0),
        "alfa": (200_000, 0),
        "code:K3": (30_000, 0),
        "private": (20_000, 0),
    }
    assert found.unassigned_ore == 5_000 * KRONA
    assert [found.name(party) for party in found.parties][3:] == [
        "Gamma AB", "Enskild näringsidkare (innehåller personuppgifter)",
    ]  # fmt: skip
    assert not any(PERSON in text for party in found.parties for text in (party, *found.codes_of(party)))


def test_a_line_under_another_is_read_once(world: SimpleNamespace) -> None:
    assert buying(world.year_end).lines == [("bought", False), ("out", True)]


def test_compliance_is_what_agreements_held_for_on_the_day(world: SimpleNamespace) -> None:
    found = buying(world.year_end)
    shares = {body: one.share for body, one in found.compliance().items()}
    assert shares == {"ks": Fraction(60_000, 1_090_000), "sn": Fraction(0)}
    assert {body: one.share for body, one in found.compliance(2023).items()} == {"ks": Fraction(1)}
    assert kronor(found.over_limit) == {"beta": (0, 900_000), "alfa": (140_000, 0)}


def test_a_period_or_a_body_alone(world: SimpleNamespace) -> None:
    spring = buying(world.year_end, first=3, last=4)
    assert kronor(spring.parties) == {"alfa": (100_000, 0)}
    assert kronor(buying(world.year_end, bodies=["sn"]).parties) == {
        "alfa": (40_000, 0),
        "private": (20_000, 0),
    }
    assert buying(world.august, last=12).last == 8
    assert buying(world.august).unassigned_ore == 5_000 * KRONA


def test_a_new_agreement_changes_what_is_within(world: SimpleNamespace) -> None:
    agreements.save_agreement(
        key="beta", title="Byggare", supplier=world.beta, valid_from=dt.date(2024, 2, 1), by=BUYER
    )
    assert buying(world.year_end).compliance()["ks"].share == Fraction(960_000, 1_090_000)
    assert "beta" not in buying(world.year_end).over_limit


def test_queries_do_not_follow_the_registers(world: SimpleNamespace, count_queries: Any) -> None:
    def ask() -> None:
        found = buying(world.year_end)
        assert found.parties
        assert found.compliance(2023)

    ask()
    few = count_queries(ask)
    for number in range(20):
        agreements.save_agreement(
            key=f"more-{number}", title=f"Avtal {number}", supplier=world.beta, valid_from=dt.date(2020, 1, 1),
            valid_to=dt.date(2020, 12, 31), bodies=[world.sn], by=BUYER,
        )  # fmt: skip
    assert count_queries(ask) <= few
