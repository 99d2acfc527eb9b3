"""From a deficiency, by way of actions, to the retest that closes it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from tests import build
from tests.samples_world import CLERK, control_world, deficiency
from uppsikt.control.actions import controls, deficiencies, mitigations, results
from uppsikt.control.rules.deficiencies import DeficiencyState
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import Deficiency, Mitigation
from uppsikt.control.selectors import deficiencies as reading
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.deficiencies import DeficiencyFacts
from uppsikt.control.selectors.oversight import control_counts
from uppsikt.cycle import selectors as cycle
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError

pytestmark = [pytest.mark.django_db, pytest.mark.at("2025-09-10T10:00")]
JUNE, AUGUST = dt.date(2025, 6, 30), dt.date(2025, 8, 31)


@pytest.fixture
def world() -> SimpleNamespace:
    return control_world()


def action(of: Deficiency, *, key: str = "rutin", deadline: dt.date | None = None) -> Mitigation:
    row, _ = mitigations.save_mitigation(
        key=key, year=of.occasion.control.item.year_id, body=of.occasion.control.item.body, title="Ny rutin",
        deficiency=of, deadline=deadline, by=CLERK,
    )  # fmt: skip
    return row


def done(row: Mitigation) -> None:
    interim = build.reporting_round(key="2025-augusti", of=2025, kind="interim", cutoff="2025-08-31")
    scale = cycle.model_for(2025).status_scale("interim")
    status = next(step.key for step in scale.steps if step.done)
    mitigations.report_status(mitigation=row, round_=interim, status=status, comment="", by=CLERK)


def retest(of: Deficiency, day: str, judgement: str = "", **part: Any) -> None:
    occasion, _ = deficiencies.plan_retest(deficiency=of, period=day, by=CLERK)
    if judgement or part:
        results.report_result(
            occasion=occasion, judgement=judgement, performed_on=dt.date.fromisoformat(day),
            parts={"ratt": PartInput(**part)} if part else None, by=CLERK,
        )  # fmt: skip


def facts(of: Deficiency) -> DeficiencyFacts:
    return next(one for one in reading.deficiency_facts(2025, None) if one.deficiency == of)


def test_it_stays_open_until_a_retest_passes(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    assert facts(found).state is DeficiencyState.NO_ACTION
    planned = action(found)
    assert facts(found).state is DeficiencyState.ACTING
    done(planned)
    assert facts(found).state is DeficiencyState.WAITING
    assert facts(found).open
    retest(found, "2025-07-01", "failed")
    assert facts(found).state is DeficiencyState.RETEST_FAILED
    assert facts(found).failed_retests == 1
    retest(found, "2025-09-01", "approved")
    closed = facts(found)
    assert closed.state is DeficiencyState.CLOSED
    assert closed.closed_on == dt.date(2025, 9, 1)
    assert not closed.open


def test_the_limits_judge_a_retest_that_nobody_has(world: SimpleNamespace) -> None:
    """96 of 100 right is over 95 %: the retest passes. 90 of 100 had not."""
    found = deficiency(world.occasion)
    retest(found, "2025-07-01", checked=100, faulty=10)
    assert facts(found).state is DeficiencyState.RETEST_FAILED
    retest(found, "2025-08-01", checked=100, faulty=4)
    assert facts(found).state is DeficiencyState.CLOSED


def test_a_result_in_free_words_closes_nothing(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    occasion, _ = deficiencies.plan_retest(deficiency=found, period="2025-07-01", by=CLERK)
    results.report_result(occasion=occasion, judgement_text="Ser bra ut", by=CLERK)
    assert facts(found).open


def test_late_by_its_action_or_by_a_retest_that_was_not_made(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    late = action(found, deadline=AUGUST)
    assert facts(found).overdue
    done(late)
    assert not facts(found).overdue
    retest(found, "2025-09-09")
    assert facts(found).overdue


def test_a_closed_one_is_never_late(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    action(found, deadline=AUGUST)
    retest(found, "2025-09-09", "approved")
    assert not facts(found).overdue


def test_the_worst_comes_first(world: SimpleNamespace) -> None:
    bare = deficiency(world.occasion, key="a-bar")
    late = deficiency(world.occasion, key="b-sen")
    closed = deficiency(world.occasion, key="c-stangd")
    acting = deficiency(world.occasion, key="d-pagar")
    action(late, deadline=JUNE)
    action(acting, key="annan")
    retest(closed, "2025-06-01", "approved")
    listed = reading.deficiency_facts(2025, ["gn"])
    assert [one.deficiency for one in listed] == [late, bare, acting, closed]
    assert reading.deficiency_facts(2025, ["fn"]) == []


def test_the_same_control_failing_again_is_seen(world: SimpleNamespace) -> None:
    """By the item it was carried over from, and by name where nobody linked the years."""
    second, _ = controls.save_occasion(control=world.control, period="2025-T2", by=CLERK)
    build.year(number=2024)
    earlier, _ = controls.save_control(
        key="2024-gn-konto", year=2024, body=world.body, name="Kontering", frequency="year", by=CLERK
    )
    controls.save_control(
        key=world.control.item.key, year=2025, body=world.body, name="Fakturor är rätt konterade",
        carried_over_from=earlier, by=CLERK,
    )  # fmt: skip
    named, _ = controls.save_control(
        key="2024-gn-namn", year=2024, body=world.body, name="fakturor är  RÄTT konterade", by=CLERK
    )
    other, _ = controls.save_control(
        key="2025-fn", year=2025, body=world.other, name=world.control.name, by=CLERK
    )
    occasions = [controls.save_occasion(control=row, period="2024", by=CLERK)[0] for row in (earlier, named)]
    elsewhere = controls.save_occasion(control=other, period="2025", by=CLERK)[0]
    old = [
        deficiency(occasion, key=f"gammal-{number}", found_on=dt.date(2024, number, 1))
        for number, occasion in enumerate(occasions, 1)
    ]
    first = deficiency(world.occasion, key="forst")
    same_time = deficiency(world.occasion, key="samtidigt", title="Fel konto")
    again = deficiency(second, key="igen", found_on=dt.date(2025, 9, 1))
    alone = deficiency(elsewhere, key="annan-namnd", found_on=dt.date(2025, 9, 1))
    assert list(facts(again).earlier) == [same_time, first, old[1], old[0]]
    assert list(facts(first).earlier) == [old[1], old[0]]
    assert facts(again).recurring
    assert not facts(alone).recurring


def test_an_earlier_year_s_stays_in_the_list_while_it_is_open(world: SimpleNamespace) -> None:
    build.year(number=2024)
    old, _ = controls.save_control(key="2024-gn", year=2024, body=world.body, name="Bisysslor", by=CLERK)
    occasion, _ = controls.save_occasion(control=old, period="2024", by=CLERK)
    left, put_right, this_year = (
        deficiency(occasion, key=key, found_on=dt.date(2024, 3, 1)) for key in ("kvar", "ratt", "i-ar")
    )
    retest(put_right, "2024-10-01", "approved")
    retest(this_year, "2025-02-01", "approved")
    assert {one.deficiency for one in reading.deficiency_facts(2025, None)} == {left, this_year}
    assert {one.deficiency for one in reading.deficiency_facts(2024, None)} == {left, put_right, this_year}


def test_writing_it_down(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    event = history.about("deficiency:moms").get()
    assert (event.kind, event.body_key) == (EventKind.DEFICIENCY_SAVED.value, "gn")
    assert event.data["title"] == [None, "Momsen dras fel"]
    assert not deficiencies.save_deficiency(
        key="moms", occasion=world.occasion, title="Momsen dras fel ", description="Samma fel i tre fakturor.",
        found_on=found.found_on, by=CLERK,
    )[1]  # fmt: skip
    assert deficiencies.unused_key(world.occasion, "Momsen dras fel") == "2025-gn-fakturor-momsen-dras-fel"


def test_every_fault_is_told_at_once(world: SimpleNamespace) -> None:
    with pytest.raises(InputError) as caught:
        deficiency(world.occasion, title=" ", found_on=dt.date(2025, 9, 11))
    assert [problem.where.field for problem in caught.value.problems] == ["title", "found_on"]
    assert not Deficiency.objects.exists()


def test_it_is_not_taken_from_under_its_actions_and_retests(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    planned = action(found)
    with pytest.raises(InputError, match="åtgärder"):
        deficiencies.remove_deficiency(deficiency=found, by=CLERK)
    mitigations.remove_mitigation(mitigation=planned, by=CLERK)
    occasion, _ = deficiencies.plan_retest(deficiency=found, period="2025-12-01", by=CLERK)
    with pytest.raises(InputError, match="omtest"):
        deficiencies.remove_deficiency(deficiency=found, by=CLERK)
    controls.remove_occasion(occasion=occasion, by=CLERK)
    assert deficiencies.remove_deficiency(deficiency=found, by=CLERK)
    assert reading.deficiency_facts(2025, None) == []
    assert deficiencies.restore_deficiency(deficiency=found, by=CLERK)
    assert len(reading.deficiency_facts(2025, None)) == 1


@pytest.mark.parametrize(
    ("period", "due", "said"),
    [
        ("i höst", None, "ingen period"),
        ("2025-04-01", None, "innan bristen"),
        ("2025-12", dt.date(2025, 5, 1), "innan bristen"),
    ],
)
def test_a_retest_comes_after_what_it_tests(
    world: SimpleNamespace, period: str, due: dt.date | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        deficiencies.plan_retest(deficiency=deficiency(world.occasion), period=period, due=due, by=CLERK)


def test_a_retest_is_planned_for_the_period_s_last_day_and_never_over_a_result(
    world: SimpleNamespace,
) -> None:
    found = deficiency(world.occasion)
    occasion, _ = deficiencies.plan_retest(deficiency=found, period="2025-T3", by=CLERK)
    assert (occasion.control, occasion.retest_of, occasion.due) == (
        world.control,
        found,
        dt.date(2025, 12, 31),
    )
    results.report_result(occasion=occasion, judgement="failed", by=CLERK)
    with pytest.raises(InputError, match="redan ett omtest"):
        deficiencies.plan_retest(deficiency=found, period="2025-T3", by=CLERK)
    assert deficiencies.plan_retest(deficiency=found, period="2026-01-31", by=CLERK)[1]


def test_as_it_stood_at_a_moment(world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    moment = clock.now()
    with clock.frozen(moment + dt.timedelta(days=2)):
        retest(found, "2025-09-12", "approved")
        assert not facts(found).open
    (then,) = reading.deficiency_facts(2025, None, moment)
    assert then.open
    assert reading.deficiency_facts(2025, None, moment - dt.timedelta(days=200)) == []


def test_forty_take_no_more_queries_than_four(world: SimpleNamespace, count_queries: Any) -> None:
    def add(first: int, last: int) -> None:
        for number in range(first, last):
            found = deficiency(world.occasion, key=f"brist-{number}")
            action(found, key=f"atgard-{number}", deadline=AUGUST)
            retest(found, f"2025-08-{number % 28 + 1:02}", "failed")

    add(0, 4)
    few = count_queries(lambda: reading.deficiency_facts(2025, None))
    add(4, 40)
    many = count_queries(lambda: reading.deficiency_facts(2025, None))
    assert len(reading.deficiency_facts(2025, None)) == 40
    assert few == many <= 12


def test_a_retest_is_newer_than_what_it_tests_also_when_that_is_of_the_whole_year(
    world: SimpleNamespace,
) -> None:
    """The year's result ends with the year, after the day of its retest: the retest still says how it stands."""
    closing = build.reporting_round(key="2025-bokslut", of=2025, cutoff="2025-12-31")
    whole_year, _ = controls.save_occasion(control=world.control, period="2025", by=CLERK)
    results.report_result(occasion=whole_year, parts={"ratt": PartInput(checked=20, faulty=10)}, by=CLERK)
    retest(deficiency(whole_year), "2025-09-01", checked=20, faulty=0)
    (found,) = control_facts(2025, None, closing)
    assert found.judgement == "approved"
    assert [one.occasion.period for one in found.occasions] == ["2025-T1", "2025", "2025-09-01"]
    assert found.occasions[-1].previous is not None
    assert found.occasions[-1].previous.occasion == whole_year
    (counted,) = control_counts(closing, cycle.model_for(2025)).values()
    assert (counted.failed, counted.open) == (0, 0)


def test_one_that_fails_again_after_a_passed_retest_is_open_on_every_page(world: SimpleNamespace) -> None:
    closing = build.reporting_round(key="2025-bokslut", of=2025, cutoff="2025-12-31")
    row = deficiency(world.occasion)
    retest(row, "2025-06-10", "approved")
    assert control_counts(closing, cycle.model_for(2025))[world.body.pk].open == 0
    retest(row, "2025-08-10", "failed")
    assert facts(row).open
    assert control_counts(closing, cycle.model_for(2025))[world.body.pk].open == 1
