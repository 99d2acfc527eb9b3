"""Forecasts as they are kept: from a version, as finely as before, never overwritten; and what is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import build
from tests.economy_world import ECONOMIST, THOUSAND
from tests.forecast_world import close, forecast_world, set_
from uppsikt.economy.actions.forecast import ANY, Kept, Stale, report_forecast
from uppsikt.economy.models import ForecastAmount
from uppsikt.economy.rules.forecast import Basis
from uppsikt.economy.selectors import forecast_accuracy
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.forecasts import Sheet, explanations_missing, forecast_at, missing_forecasts
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.ledger.reader import Ledger

pytestmark = pytest.mark.django_db
OTHER = Actor("annan", "Anna Annan")


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return forecast_world(settings, tmp_path)


def report(world: SimpleNamespace, thousands: int | None, *, by: Actor = ECONOMIST, **more: Any) -> Any:
    values = {"line": "personnel", "explanation": "", "base": "", "unit": world.units["digital"], **more}
    return report_forecast(
        round_=world.august, body=world.board, by=by,
        amount_ore=None if thousands is None else thousands * THOUSAND, **values,
    )  # fmt: skip


def rows(world: SimpleNamespace, line: str = "personnel") -> Any:
    return ForecastAmount.objects.filter(round=world.august, line=line, unit=world.units["digital"])


def sheet(world: SimpleNamespace, round_: Any = None) -> Sheet:
    return Sheet(world.board, round_ or world.august, economy_models.model_for(2024))


def test_a_forecast_lands_where_the_budget_is_kept(world: SimpleNamespace) -> None:
    assert report(world, -1200) == Kept(changed=True)
    assert list(rows(world).values_list("activity", "amount_ore")) == [("901", -1200 * THOUSAND)]


def test_the_same_again_changes_nothing(world: SimpleNamespace) -> None:
    report(world, -1200, explanation="Vakanser.")
    assert report(world, -1200, explanation=" Vakanser. ") == Kept(changed=False)
    assert rows(world).count() == 1


def test_the_old_row_is_kept(world: SimpleNamespace) -> None:
    report(world, -1200)
    between = clock.now()
    with clock.frozen(between + dt.timedelta(hours=1)):
        report(world, -1250)
    assert [row.amount_ore for row in rows(world).as_of(between)] == [-1200 * THOUSAND]
    assert [row.amount_ore for row in rows(world).current()] == [-1250 * THOUSAND]


def test_april_stands_when_august_is_set(world: SimpleNamespace) -> None:
    report(world, -1300)
    found = {row.line: row for row in sheet(world).lines("digital")}
    assert found["personnel"].chain == (-1240 * THOUSAND,)
    assert found["personnel"].amount == -1300 * THOUSAND
    assert [round_.key for round_ in sheet(world).earlier] == ["2024-april"]
    assert sheet(world, world.april).earlier == ()


def test_somebody_was_first(world: SimpleNamespace) -> None:
    report(world, -1300, by=OTHER, explanation="Höjda löner.")
    found = report(world, -1250)
    assert isinstance(found, Stale)
    assert (found.amount_ore, found.explanation, found.by) == (-1300 * THOUSAND, "Höjda löner.", "Anna Annan")
    assert report(world, -1250, base=found.version) == Kept(changed=True)


def test_one_who_has_seen_it_may_replace_whatever_stands(world: SimpleNamespace) -> None:
    report(world, -1300, by=OTHER)
    assert report(world, -1250, base=ANY) == Kept(changed=True)


def test_ones_own_later_version_is_no_obstacle(world: SimpleNamespace) -> None:
    report(world, -1300)
    assert report(world, -1250) == Kept(changed=True)


def test_what_was_taken_away_meanwhile_is_told(world: SimpleNamespace) -> None:
    report(world, -1300, by=OTHER)
    base = sheet(world).standing["digital", "personnel"].version
    report(world, None, by=OTHER, base=base)
    found = report(world, -1250, base=base)
    assert isinstance(found, Stale)
    assert found.amount_ore is None
    assert forecast_at(base) == (-1300 * THOUSAND, "")
    assert forecast_at("") == (None, "")


def test_a_closed_round_takes_nothing(world: SimpleNamespace) -> None:
    close(world)
    with pytest.raises(InputError, match="stängt"):
        report(world, -1200)
    assert rows(world).count() == 0


def test_an_explanation_belongs_to_a_forecast(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="hör till en prognos"):
        report(world, None, explanation="Vakanser.")


def test_proposals(world: SimpleNamespace) -> None:
    found = {(row.unit, row.line): row.proposal for row in sheet(world).lines()}
    # Last year's shape, where its months have one sign and a quarter was booked by August.
    assert found["digital", "consultants"].basis is Basis.SHAPE
    assert found["digital", "consultants"].amount_ore == -400 * THOUSAND
    # Nothing last year: −300 × 12 / 8.
    assert (found["ekonomi", "personnel"].amount_ore, found["ekonomi", "personnel"].basis) == (
        -450 * THOUSAND,
        Basis.PACE,
    )
    # Nothing booked: the budget.
    assert (found["ekonomi", "goods"].amount_ore, found["ekonomi", "goods"].basis) == (
        -60 * THOUSAND,
        Basis.BUDGET,
    )


def test_one_unit_and_all_units_say_the_same(world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600)
    alone = [row for unit in ("digital", "ekonomi") for row in sheet(world).lines(unit)]
    assert alone == sheet(world).lines()


def test_totals_count_a_waiting_line_as_its_budget(world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600)
    total = sheet(world).total()
    assert (total.budget, total.forecast, total.chain) == (
        -1780 * THOUSAND,
        -2030 * THOUSAND,
        (-1830 * THOUSAND,),
    )
    assert (total.lines, total.unset) == (5, 4)


def test_what_is_missing(world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600)
    missing = [(one.unit, one.line) for one in missing_forecasts(world.board, world.august)]
    assert missing == [
        ("digital", "personnel"), ("ekonomi", "revenue"), ("ekonomi", "personnel"), ("ekonomi", "goods"),
    ]  # fmt: skip
    found = explanations_missing(world.board, world.august)
    assert [(one.unit_name, one.label, one.amount_ore) for one in found] == [
        ("Digitaliseringsavdelningen", "Konsulter", -600 * THOUSAND)
    ]
    set_(world, world.august, "consultants", "digital", -600, "Vakanser.")
    assert explanations_missing(world.board, world.august) == []


def test_nothing_is_missing_at_the_years_end_or_without_a_model(world: SimpleNamespace) -> None:
    assert missing_forecasts(world.board, world.round) == []
    assert explanations_missing(world.board, world.round) == []
    early = build.reporting_round(key="2024-mars", kind="month", cutoff="2024-03-31")
    assert missing_forecasts(world.social, early) == []


def test_few_questions_to_the_ledger(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    cross = Ledger.cross
    monkeypatch.setattr(
        Ledger, "cross", lambda self, axis, scope: asked.append(axis) or cross(self, axis, scope)
    )
    sheet(world).lines("digital")
    assert asked == ["month", "month"]
    asked.clear()
    sheet(world).total()
    assert asked == []
    sheet(world).lines()
    assert len(asked) == 8 + 12  # one for each month, however many the units are


def test_how_forecasts_turned_out(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    # The ledger ends in October; let December have been read in too.
    monkeypatch.setattr(Ledger, "months", lambda *_: frozenset(range(1, 13)))
    found = forecast_accuracy.record(Reading(world.round, world.board, sheet(world).model), "unit")
    assert [round_.key for round_ in found.rounds] == ["2024-april", "2024-bokslut"]
    digital = next(row for row in found.rows if row.key == "digital")
    # April: −1 240 − 400 = −1 640 against −1 200 − 650 = −1 850. Year-end: −1 200 − 600 = −1 800.
    assert [(one.forecast // THOUSAND, one.outcome // THOUSAND) for one in digital.turned if one] == [
        (-1640, -1850),
        (-1800, -1850),
    ]
    # Ekonomi: 180 − 300 − 60 = −180 against 200 − 300 − 50 = −150: 16.7 percent, the worst.
    assert [row.key for row in found.rows] == ["ekonomi", "digital"]
    assert found.rows[0].turned[0] is None


def test_a_year_not_yet_booked_waits(world: SimpleNamespace) -> None:
    found = forecast_accuracy.record(Reading(world.august, world.board, sheet(world).model), "line")
    assert (found.rows, found.waiting) == ((), (2024,))
