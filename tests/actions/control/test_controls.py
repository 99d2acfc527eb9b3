"""Controls set up and reported: what is stored, what is refused, and that nothing is written for nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from tests import build
from tests import controls_world as world
from tests.controls_world import sample
from uppsikt.control.actions import controls as actions
from uppsikt.control.actions import results
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.doubts import control_doubts, group_doubts
from uppsikt.control.selectors.groups import group_table
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.planning.actions import assignments

pytestmark = pytest.mark.django_db

LABELS = {"approved": "godkänt", "deficient": "bristfälligt", "failed": "underkänt"}


def test_saving_the_same_twice_writes_nothing_and_tells_nothing() -> None:
    build.year()
    values = {"key": "2024-lon", "year": 2024, "body": build.body(), "name": "Löner", "by": SYSTEM}
    row, changed = actions.save_control(**values)
    assert changed
    events = history.about("control:2024-lon").count()
    assert actions.save_control(**values) == (row, False)
    assert history.about("control:2024-lon").count() == events == 1


def test_what_is_wrong_with_a_control_is_told_at_once() -> None:
    build.year()
    build.year(number=2023)
    older = build.body()
    shared, _ = actions.save_group_control(key="2023-x", year=2023, body=older, name="X", by=SYSTEM)
    assignments.save_assignment(key="2024-nyckel", year=2024, body=older, title="Annat", by=SYSTEM)
    with pytest.raises(InputError) as refused:
        actions.save_control(
            key="2024-nyckel", year=2024, body=older, name="", group=shared, frequency="hourly", by=SYSTEM
        )
    assert {problem.code for problem in refused.value.problems} == {"frequency", "year", "key"}


def test_a_part_of_a_group_wide_control_is_told_as_the_whole_where_it_says_nothing_itself() -> None:
    build.year()
    whole = world.group(process="Representation")
    world.measure(of=whole)
    world.control(key="2024-ks-rep", group=whole, method="Två personer går igenom underlagen.")
    (facts,) = control_facts(2024, ["ks"])
    assert (facts.name, facts.process, facts.frequency) == (
        "Underlag för representation", "Representation", "tertial",
    )  # fmt: skip
    assert facts.method == "Två personer går igenom underlagen."
    assert [one.key for one in facts.measures] == ["right"]


def test_a_years_occasions_are_laid_out_once_and_one_taken_out_stays_out() -> None:
    build.year()
    row = world.control(key="2024-lon", name="Löner", frequency="month")
    assert actions.generate_occasions(control=row, by=SYSTEM) == 12
    assert actions.generate_occasions(control=row, by=SYSTEM) == 0
    (facts,) = control_facts(2024, None)
    actions.remove_occasion(occasion=facts.occasions[6].occasion, by=SYSTEM)
    assert actions.generate_occasions(control=row, by=SYSTEM) == 0
    (facts,) = control_facts(2024, None)
    assert [one.occasion.period[-2:] for one in facts.occasions] == [
        "01", "02", "03", "04", "05", "06", "08", "09", "10", "11", "12",
    ]  # fmt: skip
    assert facts.late(dt.date(2024, 4, 1)) == 3


def test_occasions_need_to_know_how_often() -> None:
    build.year()
    row = world.control(key="2024-lon", name="Löner")
    with pytest.raises(InputError, match="hur ofta"):
        actions.generate_occasions(control=row, by=SYSTEM)
    with pytest.raises(InputError, match="ingen period"):
        actions.save_occasion(control=row, period="i våras", by=SYSTEM)


def test_a_result_goes_by_the_thresholds_until_somebody_says_otherwise_and_why() -> None:
    build.year()
    row = world.control(key="2024-rep", name="Representation")
    world.measure(of=row)
    time = world.occasion(of=row)
    world.found(time, sample(22, 7))
    (facts,) = control_facts(2024, None)
    assert facts.latest is not None
    assert (facts.judgement, facts.latest.shares["right"]) == ("failed", Fraction(1500, 22))
    with pytest.raises(InputError, match="avviker"):
        world.found(time, judgement="deficient")
    world.found(time, judgement="deficient", reason="Felen är små.")
    (facts,) = control_facts(2024, None)
    assert facts.latest is not None
    assert (facts.judgement, facts.latest.verdict, facts.latest.departs) == ("deficient", "failed", True)
    (doubt,) = control_doubts([facts], LABELS)
    assert "angivet som bristfälligt, men kontrollens gränser ger underkänt" in doubt.message


def test_a_judgement_in_own_words_is_no_step() -> None:
    build.year()
    row = world.control(key="2024-avtal", name="Avtal")
    world.found(world.occasion(of=row), judgement_text="Tillfredsställande resultat")
    (facts,) = control_facts(2024, None)
    assert facts.judgement == ""
    assert facts.done, "every occasion has a result"


def test_figures_and_judgements_that_cannot_be_are_refused_together() -> None:
    build.year()
    row = world.control(key="2024-rep", name="Representation")
    world.measure(of=row)
    time = world.occasion(of=row)
    with pytest.raises(InputError) as refused:
        results.report_result(
            occasion=time, judgement="sådär", performed_on=clock.today() + dt.timedelta(days=1),
            parts={"right": PartInput(checked=5, faulty=6), "other": PartInput(count=1)}, by=SYSTEM,
        )  # fmt: skip
    assert {problem.where.field for problem in refused.value.problems} == {
        "judgement", "performed_on", "right.faulty", "other",
    }  # fmt: skip
    assert history.about("control:2024-rep").filter(kind="control.reported").count() == 0


def test_a_corrected_figure_supersedes_and_can_be_read_back() -> None:
    build.year()
    row = world.control(key="2024-rep", name="Representation")
    world.measure(of=row)
    time = world.occasion(of=row)
    with clock.frozen(dt.datetime(2025, 1, 7, 9, tzinfo=clock.STOCKHOLM)):
        world.found(time, sample(22, 7), comment="Sju fel.")
    before = dt.datetime(2025, 1, 8, tzinfo=clock.STOCKHOLM)
    world.found(time, sample(22, 6), comment="Sju fel.")
    assert (
        results.report_result(occasion=time, comment="Sju fel.", parts={"right": sample(22, 6)}, by=SYSTEM)[1]
        is False
    )
    (now,), (then,) = control_facts(2024, None), control_facts(2024, None, moment=before)
    assert [one.latest.parts["right"].faulty for one in (now, then) if one.latest] == [6, 7]
    world.found(time, PartInput(), comment="Sju fel.")
    (now,) = control_facts(2024, None)
    assert now.latest is not None
    assert now.latest.parts == {}


def test_reporting_in_a_closed_round_is_refused() -> None:
    build.year()
    row = world.control(key="2024-rep", name="Representation")
    closed = build.reporting_round(state=RoundState.CLOSED)
    with pytest.raises(InputError, match="inget kan rapporteras"):
        world.found(world.occasion(of=row), round_=closed)


def test_the_round_sees_what_was_reported_by_then() -> None:
    build.year()
    interim = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
    final = build.reporting_round()
    row = world.control(key="2024-rep", name="Representation")
    world.measure(of=row)
    world.found(world.occasion(of=row, period="2024-T2"), sample(20, 10), round_=interim)
    world.found(world.occasion(of=row), sample(22, 1), round_=final)
    (then,), (now,) = control_facts(2024, None, interim), control_facts(2024, None, final)
    assert (then.judgement, now.judgement) == ("failed", "approved")
    assert now.latest is not None
    assert now.latest.changes(now.measures) == {"right": "better"}


def test_a_control_is_compared_with_the_one_it_continues_from() -> None:
    build.year(number=2023)
    build.year()
    older, _ = actions.save_control(key="2023-rep", year=2023, body=build.body(), name="Rep", by=SYSTEM)
    world.measure(of=older)
    world.found(world.occasion(of=older, period="2023"), sample(10, 0))
    row = world.control(key="2024-rep", name="Rep", carried_over_from=older)
    world.measure(of=row)
    world.found(world.occasion(of=row), sample(10, 1))
    (facts,) = control_facts(2024, None)
    assert facts.latest is not None
    assert facts.latest.previous is not None
    assert facts.latest.previous.occasion.period == "2023"
    assert facts.latest.changes(facts.measures) == {"right": "worse"}


def test_every_committee_side_by_side_with_a_total_of_the_parts() -> None:
    """20 of 22 and 15 of 20 right: 35 of 42, 83.3 %; the mean of the two shares, 82.95 %, is nowhere."""
    table = group_table(world.shared_world())
    assert (table.period, table.periods, table.previous_period) == ("2024", ("2024-T2", "2024"), "2024-T2")
    assert [(row.name, row.reported, row.judgement) for row in table.rows] == [
        ("Nämnd gsn", True, "deficient"), ("Nämnd fsn", True, "failed"), ("Nämnd sn", False, ""),
    ]  # fmt: skip
    total = table.totals["right"]
    assert (total.of, total.rows, total.value) == ("parts", 2, Fraction(3500, 42))
    assert total.figures is not None
    assert (total.figures.checked, total.figures.faulty) == (42, 7)
    assert table.judgement == "deficient"
    assert [row.name for row in table.recommended] == ["Nämnd gsn", "Nämnd fsn"]
    assert table.rows[0].changes == {"right": "better"}
    assert table.changes == {}, "two rows now and one at the interim: their totals say nothing of a change"
    assert [row.name for row in table.missing] == ["Nämnd sn"]


def test_where_only_percentages_are_known_the_total_is_as_reported_or_there_is_none() -> None:
    build.year()
    whole = world.group(key="2024-lon", name="Poster i lönen")
    world.measure(
        of=whole, key="managers", kind="share", approved_from=Decimal(90), deficient_from=None, above=True
    )
    for key, value in (("gsn", "51"), ("sn", "67")):
        row = world.control(key=f"2024-{key}-lon", at=build.body(key=key), group=whole)
        results.report_result(
            occasion=world.occasion(of=row, period="2024-12"),
            parts={"managers": PartInput(value=Decimal(value))},
            by=SYSTEM,
        )
    table = group_table(whole)
    assert (table.totals["managers"].of, table.totals["managers"].value) == ("", None)
    results.report_group(
        group=whole, period="2024-12", judgement="deficient", change="worse",
        parts={"managers": PartInput(value=Decimal(56))}, by=SYSTEM,
    )  # fmt: skip
    table = group_table(whole)
    total = table.totals["managers"]
    assert (total.of, total.value, total.verdict) == ("reported", 56, "deficient")
    assert group_doubts(table, LABELS) == []


def test_what_is_said_of_the_whole_is_held_against_the_parts() -> None:
    whole = world.shared_world()
    results.report_group(
        group=whole, period="2024", judgement="approved", change="worse",
        parts={"right": PartInput(checked=41, faulty=7)}, by=SYSTEM,
    )  # fmt: skip
    interim = group_table(whole, "2024-T2").rows[1].occasion
    assert interim is not None
    world.found(interim.occasion, sample(20, 20))
    found = group_doubts(group_table(whole), LABELS)
    assert [doubt.rule for doubt in found] == ["total", "status", "change"]
    assert found[0].message == "Andel rätt: totalen anger 41 (kontrollerade), men raderna summerar till 42."


def test_a_recommendation_given_to_one_and_forgotten_for_another() -> None:
    whole = world.shared_world()
    first = group_table(whole).rows[0].occasion
    assert first is not None
    world.found(first.occasion, recommendation="Gå igenom rutinen.")
    (doubt,) = group_doubts(group_table(whole), LABELS)
    assert (doubt.rule, doubt.place.endswith("Nämnd fsn")) == ("recommendation", True)


def test_rows_that_are_categories_are_one_controls_measures() -> None:
    """Suppliers over the limit without an agreement: 25, 6, 4 and 14, together 49."""
    build.year()
    whole = world.group(key="2024-utanfor", name="Köp utanför avtal", rows_of="category")
    numbers = {"vard": 25, "entreprenad": 6, "advokater": 4, "ovrigt": 14}
    for position, key in enumerate(numbers):
        world.measure(
            of=whole, key=key, label=key.title(), kind="count", unit_text="leverantörer",
            approved_from=None, deficient_from=None, position=position,
        )  # fmt: skip
    row = world.control(key="2024-ks-utanfor", group=whole)
    results.report_result(
        occasion=world.occasion(of=row),
        parts={key: PartInput(count=number) for key, number in numbers.items()},
        by=SYSTEM,
    )
    results.report_group(group=whole, period="2024", parts={"total": PartInput(count=49)}, by=SYSTEM)
    table = group_table(whole)
    assert [(one.key, one.label) for one in table.measures] == [("total", "Leverantörer")]
    assert [row.name for row in table.rows] == ["Vard", "Entreprenad", "Advokater", "Ovrigt"]
    assert table.totals["total"].value == 49
    assert group_doubts(table, LABELS) == []


def test_tables_and_facts_take_as_many_queries_however_many_rows(
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    whole = world.shared_world()
    few = count_queries(lambda: group_table(whole)), count_queries(lambda: control_facts(2024, None))
    for number in range(6):
        at = build.body(key=f"n{number}")
        row = world.control(key=f"2024-n{number}-rep", at=at, group=whole)
        world.found(world.occasion(of=row), sample(10, number))
    many = count_queries(lambda: group_table(whole)), count_queries(lambda: control_facts(2024, None))
    assert many == few
