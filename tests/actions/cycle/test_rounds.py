"""Rounds open, close and reopen; nothing is reported in a closed one; models are versions."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.cycle import actions, selectors
from uppsikt.cycle.presets import names, preset
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    actions.save_model(year=2025, document=preset("malomrade-2024"), by=SYSTEM)
    row, _ = actions.save_round(
        key="2025-augusti", year=2025, kind="interim", name="Delår", cutoff=dt.date(2025, 8, 31), by=SYSTEM
    )
    return row


def move(round_: Round, state: RoundState, reason: str = "") -> bool:
    return actions.move_round(round_=round_, state=state, reason=reason, by=SYSTEM)


def test_the_whole_life_of_a_round(round_: Round) -> None:
    assert move(round_, RoundState.OPEN)
    assert selectors.current_round() == round_
    actions.require_open(round_)
    assert move(round_, RoundState.CLOSED)
    with pytest.raises(InputError, match="stängt"):
        actions.require_open(round_)
    with pytest.raises(InputError, match="Skäl saknas"):
        move(round_, RoundState.OPEN)
    assert move(round_, RoundState.OPEN, reason="Ett utfall var fel.")
    kinds = [event.kind for event in history.about("round:2025-augusti")]
    assert kinds == ["round.reopened", "round.closed", "round.opened", "round.saved"]
    assert history.about("round:2025-augusti")[0].data["reason"] == "Ett utfall var fel."


def test_a_planned_round_cannot_be_closed(round_: Round) -> None:
    with pytest.raises(InputError, match="planerat"):
        move(round_, RoundState.CLOSED)


def test_the_same_again_changes_nothing(round_: Round) -> None:
    before = history.recent().count()
    _, changed = actions.save_round(
        key="2025-augusti", year=2025, kind="interim", name="Delår", cutoff=dt.date(2025, 8, 31), by=SYSTEM
    )
    _, model_changed = actions.save_model(year=2025, document=preset("malomrade-2024"), by=SYSTEM)
    assert (changed, model_changed) == (False, False)
    assert history.recent().count() == before


def test_a_round_needs_a_year_with_a_model() -> None:
    with pytest.raises(InputError, match="2031"):
        actions.save_round(
            key="x", year=2031, kind="interim", name="x", cutoff=dt.date(2031, 1, 31), by=SYSTEM
        )


def test_a_faulty_model_is_refused_whole() -> None:
    with pytest.raises(InputError) as refusal:
        actions.save_model(year=2025, document=preset("malomrade-2024") | {"levels": [], "x": 1}, by=SYSTEM)
    assert len(refusal.value.problems) >= 2
    assert selectors.year(2025) is None


@pytest.mark.parametrize("name", names())
def test_a_preset_s_rounds_can_be_laid_out_for_any_year(name: str) -> None:
    actions.save_model(year=2031, document=preset(name), by=SYSTEM)
    for template in selectors.model_for(2031).rounds:
        row, _ = actions.save_round_from_template(template=template, year=2031, by=SYSTEM)
        assert row.cutoff.year == 2031
        assert row.deadline is not None
        assert row.deadline > row.cutoff
        assert "{" not in row.name


def test_opening_after_the_deadline_is_refused(round_: Round) -> None:
    with pytest.raises(Exception, match="Sista dag"):
        actions.save_round(
            key=round_.key,
            year=2025,
            kind="interim",
            name="Delår",
            cutoff=round_.cutoff,
            opens=dt.date(2025, 10, 1),
            deadline=dt.date(2025, 9, 1),
            by=SYSTEM,
        )


def test_a_new_year_follows_the_latest_one(round_: Round) -> None:
    rounds = actions.open_year(year=2026, like=2025, by=SYSTEM)
    assert [row.key for row in rounds] == ["2026-april", "2026-augusti", "2026-bokslut"]
    assert {row.state for row in rounds} == {"planned"}
    assert selectors.model_for(2026) == selectors.model_for(2025)
    name = preset("malomrade-2024")["name"]
    assert selectors.model_names() == {round_.year_id: name, 2026: name}
    with pytest.raises(InputError, match="redan upplagt"):
        actions.open_year(year=2026, like=2025, by=SYSTEM)
    with pytest.raises(InputError, match="ingen styrmodell"):
        actions.open_year(year=2030, like=2029, by=SYSTEM)
