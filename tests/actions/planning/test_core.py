"""What the core promises: rounds keep their figures, hidden figures leak nowhere, models keep used keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests import build
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import actions as organisation
from uppsikt.planning import api, selectors
from uppsikt.planning.actions import assignments, goals, indicators, plans
from uppsikt.planning.actions.steering import change_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    return build.small_world()


def snapshot(world: SimpleNamespace, **more: Any) -> selectors.Snapshot:
    return selectors.snapshot(**({"year": 2024, "round_": world.rounds.year_end, "body": world.board} | more))


def figure(world: SimpleNamespace, round_: Any) -> Decimal | None:
    found = snapshot(world, round_=round_).indicators[0].figure("2024")
    return found.value if found else None


# ---------------------------------------------------------------- rounds


def test_a_correction_in_an_earlier_round_leaves_the_later_ones_figure(world: SimpleNamespace) -> None:
    interim, year_end = world.rounds.interim, world.rounds.year_end
    cycle.move_round(round_=interim, state=RoundState.OPEN, reason="Fel siffra.", by=SYSTEM)
    build.outcome(of=world.indicator, value="50", at=world.board, round_=interim)
    assert [figure(world, each) for each in (interim, year_end, None)] == [
        Decimal(50),
        Decimal(55),
        Decimal(55),
    ]
    build.outcome(of=world.indicator, value="55", at=world.board, round_=interim)
    assert figure(world, interim) == 55


def test_nothing_is_reported_in_another_years_round(world: SimpleNamespace) -> None:
    build.year(number=2025)
    other = build.reporting_round(key="2025-mars", of=2025, kind="interim", cutoff="2025-03-31")
    acts: list[Callable[[], object]] = [
        lambda: assignments.report_status(
            assignment=world.assignment, round_=other, status="done", comment="", by=SYSTEM, importing=True
        ),
        lambda: goals.assess(
            goal=world.goal, round_=other, body=world.board, step="high", rationale="", by=SYSTEM
        ),
        lambda: indicators.report_indicator(
            use=world.use, round_=other, reported="", reason="", analysis="x", by=SYSTEM
        ),
    ]
    for act in acts:
        with pytest.raises(InputError, match="hör till 2025"):
            act()


def test_a_round_closed_since_the_page_was_shown_takes_nothing(world: SimpleNamespace) -> None:
    seen = world.rounds.year_end
    cycle.move_round(round_=build.reporting_round(), state=RoundState.CLOSED, by=SYSTEM)
    assert seen.state == "open"
    with pytest.raises(InputError, match="stängt"):
        build.outcome(of=world.indicator, value="1", at=world.board, round_=seen)


# ---------------------------------------------------------------- reading back


def test_what_was_taken_out_later_stood_in_the_plan_then(world: SimpleNamespace) -> None:
    later = clock.now() + dt.timedelta(days=30)
    with clock.frozen(later):
        assignments.remove_assignment(assignment=world.assignment, by=SYSTEM)
        indicators.remove_use(use=world.use, by=SYSTEM)
        goals.remove_goal(goal=world.goal, by=SYSTEM)
    now, then = snapshot(world), snapshot(world, moment=later - dt.timedelta(days=1))
    assert (len(now.committee_goals), len(now.indicators), len(now.assignments)) == (0, 0, 0)
    assert (len(then.committee_goals), len(then.indicators), len(then.assignments)) == (1, 1, 1)


def test_it_was_judged_by_the_model_of_the_time(world: SimpleNamespace) -> None:
    later = clock.now() + dt.timedelta(days=30)
    document = build.preset("malomrade-2024")
    with clock.frozen(later):
        cycle.save_model(year=2024, document=document | {"name": "Ny"}, by=SYSTEM)
    moments = (None, later - dt.timedelta(days=1), clock.now() - dt.timedelta(days=99))
    names = [snapshot(world, moment=moment).model.name for moment in moments]
    assert names == ["Ny", document["name"], document["name"]]


# ---------------------------------------------------------------- few people


@pytest.fixture
def few(world: SimpleNamespace) -> SimpleNamespace:
    """The year's total is about nine people; the limit is ten."""
    world.secret = "77.31"
    series = build.indicator(key="sjuk", direction="down", small_group_limit=10)
    world.few = build.use(under=world.goal, of=series)
    build.target(of=world.few, value="70")
    build.outcome(of=series, period="2023", value="70", at=world.board, group_size=30)
    build.outcome(of=series, value=world.secret, at=world.board, group_size=9, round_=world.rounds.year_end)
    return world


def test_a_hidden_figure_is_nowhere(few: SimpleNamespace) -> None:
    view = snapshot(few)
    told = next(row for row in view.indicators if row.use == few.few)
    assert (told.judgement.code, told.judgement.distance, told.trend) == ("hidden", None, None)
    everything = [
        str(selectors.status(view)),
        str([api._goal(goal, {}).model_dump() for goal in view.goals]),
        str(told.series),
        str(selectors.registered(told.indicator, None)),
        told.judgement.reason,
    ]
    assert [text for text in everything if few.secret in text or few.secret.replace(".", ",") in text] == []


def test_telling_a_figure_again_without_its_group_does_not_show_it(few: SimpleNamespace) -> None:
    build.outcome(of=few.few.indicator, value="78", at=few.board, round_=few.rounds.year_end)
    told = next(row for row in snapshot(few).indicators if row.use == few.few)
    found = told.figure("2024")
    assert found is not None
    assert (found.hidden, found.value) == (True, None)


def test_a_units_figure_is_not_what_remains_of_its_bodys(few: SimpleNamespace) -> None:
    series = build.indicator(key="frisk", small_group_limit=10)
    units = {"": (50, "5"), "hr": (8, "1.5"), "it": (20, "2"), "lokal": (22, "3")}
    for key, (size, value) in units.items():
        unit = (
            organisation.place_unit(
                key=key, name=key, body=few.board, parent=None, valid_from=build.LONG_AGO, by=SYSTEM
            )[0].unit
            if key
            else None
        )
        build.outcome(of=series, value=value, at=few.board, unit=unit, group_size=size)
    hidden = {row.holder.unit for row in selectors.registered(series, None) if row.hidden}
    assert hidden == {"hr", "it"}


def test_a_breakdown_has_one_name(world: SimpleNamespace) -> None:
    for breakdown in ("gender=women,age=-29", " age=-29 , gender=women"):
        build.outcome(of=world.indicator, value="5", breakdown=breakdown, at=world.board)
    found = selectors.observations().filter(indicator=world.indicator).exclude(breakdown="")
    assert [row.breakdown for row in found] == ["age=-29,gender=women"]
    for wrong in ("women", "gender=", "gender=women,gender=men", "gender=women,,"):
        with pytest.raises(InputError, match="ingen uppdelning"):
            build.outcome(of=world.indicator, value="5", breakdown=wrong, at=world.board)


def test_a_report_keeps_what_is_not_told_again(world: SimpleNamespace) -> None:
    def report(**more: Any) -> Any:
        return indicators.report_indicator(
            use=world.use, round_=world.rounds.year_end, reported="", reason="", by=SYSTEM, **more
        )[0]

    report(analysis="Först", trend="worse", unjustified="gender")
    after = report(analysis="Sedan")
    assert (after.analysis, after.trend, after.unjustified) == ("Sedan", "worse", "gender")


# ---------------------------------------------------------------- organisation in time


def test_a_successors_figures_follow_its_predecessors(world: SimpleNamespace) -> None:
    """The board's task goes over to a new committee: its own figures first, then the board's."""
    new = build.body(key="nya")
    organisation.succeed_body(
        predecessor=world.board, successor=new, date=dt.date(2024, 1, 1), kind="split", by=SYSTEM
    )
    goal = build.goal(key="2024-nya", at=new)
    use = build.use(under=goal, of=world.indicator, key="2024-nya-oro")
    build.outcome(of=world.indicator, period="2024", value="30", at=new)
    view = selectors.indicator_view(use)
    values = {code: each.value for (_breakdown, code), each in view.figures.items()}
    assert values == {"2022": 44, "2023": 52, "2024": 30}
    assert selectors.indicator_view(world.use).figures["", "2024"].value == 55


# ---------------------------------------------------------------- rolling a year


def rolled(world: SimpleNamespace) -> plans.Rolled:
    build.year(number=2025)
    return plans.roll_year(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)


def test_what_was_taken_out_of_the_new_plan_stays_out(world: SimpleNamespace) -> None:
    rolled(world)
    goal = selectors.goals(2025).get(key="2025-trygghet")
    indicators.remove_use(use=selectors.uses(2025).get(), by=SYSTEM)
    assignments.remove_assignment(assignment=selectors.assignments(2025).get(), by=SYSTEM)
    goals.remove_goal(goal=goal, by=SYSTEM)
    build.use(under=world.goal, of=build.indicator(key="ny"))
    assert rolled(world) == plans.Rolled(0, 0, 0)


def test_what_was_carried_over_by_hand_does_not_come_twice(world: SimpleNamespace) -> None:
    build.year(number=2025)
    goal = build.goal(key="handgjort", of=2025, at=world.board, carried_over_from=world.goal)
    build.use(under=goal, of=world.indicator, key="handgjord")
    build.assignment(key="eget", of=2025, at=world.board, carried_over_from=world.assignment)
    assert rolled(world) == plans.Rolled(2, 0, 0, above=2)


def test_a_hand_made_goal_under_the_next_key_is_left_alone(world: SimpleNamespace) -> None:
    build.year(number=2025)
    build.goal(key="2025-trygghet", of=2025, at=world.board, name="Vårt nya")
    rolled(world)
    assert selectors.goals(2025).get(key="2025-trygghet").name == "Vårt nya"


def test_another_committees_indicator_under_a_shared_goal_is_theirs_to_carry(world: SimpleNamespace) -> None:
    other = build.body(key="nsn")
    indicators.save_use(
        key="2024-nsn-oro", year=2024, body=other, goal=world.above, indicator=world.indicator, by=SYSTEM
    )
    assert rolled(world).indicators == 1


def test_a_passed_deadline_is_set_anew(world: SimpleNamespace) -> None:
    rolled(world)
    assert selectors.assignments(2025).get().item.deadline is None


def test_an_adopted_plan_keeps_its_decision_and_takes_nothing(world: SimpleNamespace) -> None:
    build.year(number=2025)
    adopted = build.plan(of=2025, at=world.board, adopted=True)
    with pytest.raises(InputError, match="fastställd"):
        rolled(world)
    adopted.refresh_from_db()
    assert adopted.decision_section == "41"


# ---------------------------------------------------------------- the steering model


def test_a_key_in_use_cannot_be_dropped(world: SimpleNamespace) -> None:
    goals.assess(
        goal=world.goal, round_=world.rounds.year_end, body=world.board, step="high", rationale="", by=SYSTEM
    )
    assignments.report_status(
        assignment=world.assignment, round_=world.rounds.year_end, status="done", comment="", by=SYSTEM
    )
    before = history.recent().count()
    with pytest.raises(InputError) as refusal:
        change_model(year=2024, document=build.preset("atagande-2020"), by=SYSTEM)
    told = [problem.where.field for problem in refusal.value.problems]
    assert told == ["levels", "levels", "assessment.scale"]
    assert "Fullmäktiges mål 0" in str(refusal.value)
    assert history.recent().count() == before


def test_a_model_that_keeps_what_is_used_is_a_new_version(world: SimpleNamespace) -> None:
    document = build.preset("malomrade-2024")
    kinds = [kind for kind in document["targets"]["kinds"] if kind != "lt"]
    changed = document | {"targets": document["targets"] | {"kinds": kinds}}
    assert change_model(year=2024, document=changed, by=SYSTEM)[1]
    assert not change_model(year=2024, document=changed, by=SYSTEM)[1]
    kinds.remove("le")
    with pytest.raises(InputError, match="Oro för brott"):
        change_model(year=2024, document=changed, by=SYSTEM)


# ---------------------------------------------------------------- size


def test_reading_takes_the_same_queries_whatever_the_size(
    world: SimpleNamespace, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def grow(numbers: range) -> None:
        for number in numbers:
            goal = build.goal(key=f"2024-mal-{number}", at=world.board, parent=world.above)
            series = build.indicator(key=f"matt-{number}")
            build.target(of=build.use(under=goal, of=series))
            build.outcome(of=series, at=world.board, value="1", round_=world.rounds.year_end)
            build.assignment(key=f"2024-uppdrag-{number}", at=world.board, goal=goal)

    def read() -> None:
        view = snapshot(world)
        api_rows = [api._goal(goal, {}) for goal in view.goals]
        assert api_rows
        assert selectors.status(view)["goals"]["total"]

    grow(range(5))
    few = count_queries(read)
    grow(range(5, 50))
    assert count_queries(read) == few
