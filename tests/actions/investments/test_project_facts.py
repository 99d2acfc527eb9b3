"""What a round sees of the small register comes to the figures its docstring says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.investments_world import THOUSAND, give, investments_world, project
from uppsikt.economy.rules.tables import Ask, as_json
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments.selectors.facts import ProjectFacts, project_facts
from uppsikt.investments.selectors.tables import answers, compose_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return investments_world(settings, tmp_path)


def seen(round_: Any, **more: Any) -> dict[str, ProjectFacts]:
    facts = project_facts(None, round_, model=model_for(round_.year_id), **more)
    return {row.project.key: row for row in facts}


def tkr(ore: int | None) -> int | None:
    return None if ore is None else ore // THOUSAND


def test_figures_at_the_year_end(world: SimpleNamespace) -> None:
    found = seen(world.year_end)
    shown = {
        key: (tkr(row.budget()), tkr(row.outcome()), tkr(row.forecast()), tkr(row.forecast_previous()), tkr(row.spent()))
        for key, row in found.items()
    }  # fmt: skip
    assert shown == {
        "fiber": (-5_500, -3_461, None, -5_000, 3_461),
        "cameras": (-10_100, -7_094, None, -9_000, 7_094),
        "townhall": (-40_000, -30_000, None, None, 150_900),
        "north": (-30_000, -30_000, None, None, 30_000),
        "centre": (-50_000, -40_000, None, None, 40_000),
    }
    assert tkr(found["north"].outcome("sales_net")) == 42_000
    assert tkr(found["north"].budget("sales_net")) == 55_000
    assert (found["north"].phase, found["north"].schedule) == ("planning", "late")


def test_an_earlier_round_sees_only_what_was_booked_and_said_by_then(world: SimpleNamespace) -> None:
    found = seen(world.august)
    assert tkr(found["cameras"].outcome()) == -7_000  # the second code's invoice came in October
    assert tkr(found["centre"].outcome()) == -100_000  # and so did the income
    assert tkr(found["centre"].outcome(through="year")) == -40_000
    assert tkr(found["townhall"].outcome(years=-1, through="year")) == -20_900
    assert tkr(found["cameras"].forecast()) == -9_000


def test_a_project_of_other_years_belongs_to_the_register_only(world: SimpleNamespace) -> None:
    assert "old" not in seen(world.year_end)
    assert "old" in seen(world.year_end, whole=True)


def test_the_number_of_queries_does_not_follow_the_projects(
    world: SimpleNamespace, count_queries: Any
) -> None:
    seen(world.year_end)
    few = count_queries(lambda: seen(world.year_end))
    for number in range(40):
        row = project(f"more-{number}", world.board, "committee", f"Projekt {number}")
        give(row, "budget", "expense", 2024, -number)
    assert count_queries(lambda: seen(world.year_end)) == few
    assert len(seen(world.year_end)) == 45


def printed(table: Any) -> list[tuple[str, list[str | None]]]:
    told = as_json(table)
    return [(row["label"], [row["values"][key] for key in told["columns"]]) for row in told["rows"]]


def test_a_committees_investments(world: SimpleNamespace) -> None:
    table = compose_table(world.board, world.year_end, "namnd")
    assert table.spec.title == "Investeringar 2024"
    assert printed(table) == [
        ("Fiber", ["-5500", "-3461", "-2039"]),
        ("Trygghetskameror", ["-10100", "-7094", "-3006"]),
        ("Summa", ["-15600", "-10555", "-5045"]),
    ]


def test_premises_with_the_plan_of_coming_years_as_outlays(world: SimpleNamespace) -> None:
    table = compose_table(world.board, world.year_end, "lokal")
    assert [column.key for column in table.columns] == ["totalbudget", "upparbetat", "plan_2024", "plan_2026"]
    assert printed(table) == [("Kommunhuset", ["1192000", "150900", "312312", "334620"])]


def test_development_by_phase_and_area_with_income_apart_and_net(world: SimpleNamespace) -> None:
    table = compose_table(world.board, world.year_end, "exploatering")
    assert printed(table) == [
        ("Genomförandeprojekt", ["-100000", "60000", "-40000", "-50000", "10000", "0"]),
        ("Planeringsprojekt", ["-40000", "10000", "-30000", "-30000", "0", "42000"]),
        ("Varav per område", [None] * 6),
        ("Mellersta", ["-100000", "60000", "-40000", "-50000", "10000", "0"]),
        ("Västra", ["-40000", "10000", "-30000", "-30000", "0", "42000"]),
        ("Summa", ["-140000", "70000", "-70000", "-80000", "10000", "42000"]),
    ]


def test_another_bodys_table_has_its_own_projects(world: SimpleNamespace) -> None:
    assert printed(compose_table(world.other, world.year_end, "namnd")) == [("Summa", [None, None, None])]
    with pytest.raises(LookupError):
        compose_table(world.board, world.year_end, "resultat")


def test_every_bodys_projects_together(world: SimpleNamespace) -> None:
    school = project("school", world.other, "premises", "Gymnasiet")
    give(school, "budget", "expense", 2024, -7_000)
    table = compose_table(world.board, world.year_end, "namnder")
    assert printed(table) == [
        ("Gymnasienämnden", ["-7000", "0"]),
        ("Kommunstyrelsen", ["-135600", "-110555"]),
        ("Summa", ["-142600", "-110555"]),
    ]


def test_all_axes_of_a_square_must_hold(world: SimpleNamespace) -> None:
    facts = list(seen(world.year_end).values())

    def asked(measure: str, **scope: str) -> int | None:
        ask = Ask(measure, 0, "cutoff", tuple(sorted(scope.items())))
        return tkr(answers([ask], facts)[ask])

    assert asked("budget", group="IT") == -5_500
    assert asked("outcome", kind="development", area="west") == -30_000
    assert asked("outcome", kind="development", area="west", phase="building") is None
    assert asked("decided_total", kind="development") == 300_000
    assert asked("registered", kind="development") is None


def test_without_a_ledger_nothing_is_booked(world: SimpleNamespace) -> None:
    found = seen(world.year_end, outcomes=lambda _round: None)
    assert found["fiber"].outcome() is None
    assert tkr(found["townhall"].spent()) == 100_000
