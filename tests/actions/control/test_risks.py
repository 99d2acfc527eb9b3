"""Writing risks and mitigations: what is refused, what is kept, what is carried over and taken from libraries."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from tests import build
from tests.control_world import control_world, mitigation, risk
from uppsikt.control import selectors
from uppsikt.control.actions import carrying, libraries, workshops
from uppsikt.control.actions import mitigations as mitigation_actions
from uppsikt.control.actions import risks as actions
from uppsikt.control.rules.library import read, written
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import libraries as library_selectors
from uppsikt.control.selectors.mitigations import mitigation_facts
from uppsikt.control.selectors.risks import risk_facts, version_of
from uppsikt.followup import selectors as followup
from uppsikt.followup.actions import remove_dependency, set_dependency
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.planning.actions.assignments import report_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    return control_world()


def test_facts_judge_a_risk_by_its_years_policy(world: SimpleNamespace) -> None:
    """The preset reports from 8; high (8) and very high (12) must have a mitigation or a control."""
    payroll, purchase, archive, fresh = risk_facts(2024, ["ks"])
    assert (payroll.value_before, payroll.value_after, payroll.value) == (12, 6, 6)
    assert not payroll.must_report
    assert (purchase.value, purchase.must_report, purchase.unanswered) == (8, True, True)
    assert (archive.value, archive.decision) == (4, RiskDecision.ACCEPT)
    assert (fresh.value, fresh.band, fresh.must_report) == (None, None, False)
    assert [row.title for row in payroll.mitigations] == ["Utbilda attestanter"]


def test_an_unchanged_risk_writes_nothing(world: SimpleNamespace) -> None:
    before = history.last_sequence()
    row = world.payroll
    again, moved = actions.save_risk(
        key=row.key, year=2024, body=row.body, process=row.process, title=row.title, cause=row.cause,
        consequence=row.consequence, position=1, by=SYSTEM,
    )  # fmt: skip
    assert (again, moved) == (row, False)
    assert not actions.assess_risk(risk=row, stage=Stage.BEFORE, likelihood=3, consequence=4, by=SYSTEM)[1]
    assert not actions.treat_risk(risk=row, decision=RiskDecision.MITIGATE, by=SYSTEM)[1]
    assert history.last_sequence() == before


def test_a_step_outside_the_scale_is_refused_with_the_steps_there_are(world: SimpleNamespace) -> None:
    with pytest.raises(InputError) as caught:
        actions.assess_risk(risk=world.fresh, stage=Stage.BEFORE, likelihood=5, consequence=0, by=SYSTEM)
    assert [problem.where.field for problem in caught.value.problems] == ["likelihood", "consequence"]
    assert "4 (Sannolik)" in caught.value.problems[0].remedy


def test_an_assessment_is_read_back_as_it_was(world: SimpleNamespace) -> None:
    moment = clock.now()
    with clock.frozen(moment + dt.timedelta(days=1)):
        actions.assess_risk(risk=world.archive, stage=Stage.BEFORE, likelihood=4, consequence=4, by=SYSTEM)
        actions.remove_risk(risk=world.purchase, by=SYSTEM)
        mitigation(of=risk(key="2024-sen", at=world.board, title="Kom sedan"), key="2024-sen-atgard")
    now = {row.risk.key: row.value for row in risk_facts(2024, ["ks"])}
    then = {row.risk.key: row.value for row in risk_facts(2024, ["ks"], moment)}
    assert now == {"2024-lon": 6, "2024-arkiv": 16, "2024-ny": None, "2024-sen": None}
    assert [row.item.key for row in mitigation_facts(2024, ["ks"], moment=moment)] == ["2024-atgard"]
    assert then == {"2024-lon": 6, "2024-inkop": 8, "2024-arkiv": 4, "2024-ny": None}


def test_only_a_shared_risk_of_the_year_is_taken_over(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="Bara en kommungemensam risk"):
        actions.adopt_risk(risk=world.payroll, body=world.committee, by=SYSTEM)
    shared = risk(key="2024-gdpr", at=world.board, shared=True, cause="E-post.")
    own, new = actions.adopt_risk(risk=shared, body=world.committee, by=SYSTEM)
    assert (own.body, own.cause, own.adopted_from, own.shared, new) == (
        world.committee, "E-post.", shared, False, True,
    )  # fmt: skip
    assert actions.adopt_risk(risk=shared, body=world.committee, by=SYSTEM) == (own, False)
    with pytest.raises(InputError, match="nämnder har tagit över den"):
        risk(key="2024-gdpr", at=world.board, shared=False, cause="E-post.")
    actions.remove_risk(risk=own, by=SYSTEM)
    again, new = actions.adopt_risk(risk=shared, body=world.committee, by=SYSTEM)
    assert (again.pk, new) == (own.pk, True)


def test_a_mitigation_is_about_exactly_one_thing_of_its_year(world: SimpleNamespace) -> None:
    given: dict[str, Any] = {"key": "x", "body": world.board, "title": "X", "by": SYSTEM}
    with pytest.raises(InputError, match="gäller en risk, en brist eller en rekommendation"):
        mitigation_actions.save_mitigation(year=2024, **given)
    build.year(number=2025)
    with pytest.raises(InputError, match="Risken hör till 2024"):
        mitigation_actions.save_mitigation(year=2025, risk=world.payroll, **given)


def test_a_removed_mitigation_comes_back_when_it_is_saved(world: SimpleNamespace) -> None:
    assert mitigation_actions.remove_mitigation(mitigation=world.mitigation, by=SYSTEM)
    assert mitigation_facts(2024, None) == []
    assert not mitigation_actions.remove_mitigation(mitigation=world.mitigation, by=SYSTEM)
    assert mitigation_actions.restore_mitigation(mitigation=world.mitigation, by=SYSTEM)
    assert len(mitigation_facts(2024, None)) == 1


def test_what_waits_is_blocked_until_the_other_is_done(world: SimpleNamespace) -> None:
    """An assignment done in an earlier round is done still when the next one has nothing on it."""
    set_dependency(
        item=world.mitigation.item, waits_for=world.assignment.item, note="Först evenemangen.",
        label=world.mitigation.title, by=SYSTEM,
    )  # fmt: skip
    one = mitigation_facts(2024, ["ks"], world.rounds.year_end)[0]
    assert one.blocked
    assert [(row.title, row.dependency.note) for row in one.blockers] == [
        ("Fler evenemang", "Först evenemangen.")
    ]
    report_status(assignment=world.assignment, round_=world.interim, status="done", comment="", by=SYSTEM)
    assert not mitigation_facts(2024, ["ks"], world.rounds.year_end)[0].blocked
    assert mitigation_facts(2024, ["ks"], world.interim)[0].waits_for[0].done
    waiting, held_up = followup.linked([world.assignment.item_id])
    assert waiting.get(world.assignment.item_id, []) == []
    assert [row.title for row in held_up[world.assignment.item_id]] == ["Utbilda attestanter"]


def test_nothing_comes_to_wait_for_itself(world: SimpleNamespace) -> None:
    second = mitigation(of=world.purchase, key="2024-b").item
    third = mitigation(of=world.archive, key="2024-c").item
    first = world.mitigation.item
    set_dependency(item=first, waits_for=second, label="1", by=SYSTEM)
    row, _new = set_dependency(item=second, waits_for=third, label="2", by=SYSTEM)
    for item, other in ((third, first), (first, first)):
        with pytest.raises(InputError, match="vänta på varandra"):
            set_dependency(item=item, waits_for=other, label="3", by=SYSTEM)
    assert remove_dependency(dependency=row, label="2", by=SYSTEM)
    assert not remove_dependency(dependency=row, label="2", by=SYSTEM)
    assert set_dependency(item=third, waits_for=first, label="3", by=SYSTEM)[1]


def test_an_unchanged_dependency_writes_nothing(world: SimpleNamespace) -> None:
    given: dict[str, Any] = {
        "item": world.mitigation.item, "waits_for": world.assignment.item, "label": "U", "by": SYSTEM,
    }  # fmt: skip
    assert set_dependency(**given)[1]
    before = history.last_sequence()
    assert not set_dependency(**given)[1]
    assert history.last_sequence() == before


def test_the_history_does_not_tell_how_somebody_voted(world: SimpleNamespace) -> None:
    one = workshops.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM)
    me = build.person(key="jag")
    workshops.vote(workshop=one, risk=world.fresh, person=me, likelihood=2, consequence=3, by=me.actor)
    event = history.about("risk:2024-ny").first()
    assert event is not None
    assert event.data == {"workshop": one.pk}
    with pytest.raises(InputError, match="redan öppen"):
        workshops.open_workshop(year=2024, body=world.board, name="En till", by=SYSTEM)
    workshops.close_workshop(workshop=one, by=SYSTEM)
    with pytest.raises(InputError, match="avslutad"):
        workshops.vote(workshop=one, risk=world.fresh, person=me, likelihood=1, consequence=1, by=me.actor)


def test_a_vote_on_another_bodys_risk_is_refused(world: SimpleNamespace) -> None:
    one = workshops.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM)
    other = risk(key="2024-annans", at=world.committee)
    me = build.person(key="jag")
    with pytest.raises(InputError, match="hör inte till workshopen"):
        workshops.vote(workshop=one, risk=other, person=me, likelihood=1, consequence=1, by=me.actor)


def test_carrying_over_twice_adds_nothing_and_what_is_done_stays(world: SimpleNamespace) -> None:
    done = mitigation(of=world.purchase, key="2024-klar")
    mitigation_actions.report_status(
        mitigation=done, round_=world.rounds.year_end, status="done", comment="", by=SYSTEM
    )
    build.year(number=2025)
    carried = carrying.carry_over(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)
    assert (carried.risks, carried.mitigations) == (4, 1)
    again = carrying.carry_over(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)
    assert (again.risks, again.mitigations) == (0, 0)
    row = selectors.mitigations.by_key("2025-atgard")
    assert row is not None
    assert (row.item.carried_from_year, row.item.origin_year) == (2024, 2024)
    assert row.risk is not None
    assert row.risk.key == "2025-lon"
    facts = {each.risk.key: each for each in risk_facts(2025, ["ks"])}
    assert (facts["2025-lon"].value_before, facts["2025-lon"].value_after) == (12, 6)
    assert facts["2025-lon"].decision is RiskDecision.MITIGATE
    assert [each.key for each in selectors.risks.chain(facts["2025-lon"].risk)] == ["2024-lon"]


def test_what_was_taken_out_of_the_new_year_does_not_come_back(world: SimpleNamespace) -> None:
    build.year(number=2025)
    carrying.carry_over(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)
    gone = selectors.risks.by_key("2025-lon")
    assert gone is not None
    actions.remove_risk(risk=gone, by=SYSTEM)
    mitigation(of=world.payroll, key="2024-sen")
    again = carrying.carry_over(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)
    assert (again.risks, again.mitigations) == (0, 0)


def test_a_year_without_model_takes_nothing(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="Året 2031 har ingen styrmodell"):
        carrying.carry_over(body=world.board, from_year=2024, to_year=2031, by=SYSTEM)


def test_the_shipped_library_is_taken_and_given_back(world: SimpleNamespace) -> None:
    library = library_selectors.shipped()["vanliga-risker"]
    assert (len(library.risks), len(library.controls)) == (12, 8)
    taken = libraries.take(
        library=library, body=world.committee, year=2024,
        risk_keys={row.key for row in library.risks}, control_keys={row.key for row in library.controls}, by=SYSTEM,
    )  # fmt: skip
    assert (taken.risks, taken.controls) == (12, 8)
    own = library_selectors.library_of(world.committee, 2024, library.name)
    assert [row.title for row in own.risks] == [row.title for row in library.risks]
    assert [row.suggested_likelihood for row in own.risks] == [
        row.suggested_likelihood for row in library.risks
    ]
    assert [row.measures for row in own.controls] == [row.measures for row in library.controls]
    assert [bool(row.risk) for row in own.controls] == [bool(row.risk) for row in library.controls]
    assert read(written(own).encode())[0] == own
    facts = risk_facts(2024, ["gn"])
    assert [len(row.controls) for row in facts if row.risk.process == "Inköp"] == [1, 1, 0]


def test_suggestions_on_another_scale_are_left(world: SimpleNamespace) -> None:
    found, _problems = read(
        b"format: uppsikt-control-library-1\nname: Fem\nsteps: 5\n"
        b"risks: [{key: a, process: P, title: T, suggested_likelihood: 4, suggested_consequence: 4}]\n"
    )
    assert found is not None
    libraries.take(
        library=found, body=world.committee, year=2024, risk_keys={"a"}, control_keys=(), by=SYSTEM
    )
    assert risk_facts(2024, ["gn"])[0].value is None
    with pytest.raises(InputError, match="Inget är valt"):
        libraries.take(
            library=found, body=world.committee, year=2024, risk_keys=(), control_keys=(), by=SYSTEM
        )


def test_every_change_of_a_risk_moves_its_version(world: SimpleNamespace) -> None:
    seen = {version_of(world.fresh)}
    actions.assess_risk(risk=world.fresh, stage=Stage.BEFORE, likelihood=1, consequence=1, by=SYSTEM)
    seen.add(version_of(world.fresh))
    actions.treat_risk(risk=world.fresh, decision=RiskDecision.ACCEPT, rationale="Liten.", by=SYSTEM)
    seen.add(version_of(world.fresh))
    assert len(seen) == 3


def test_reading_asks_the_same_number_of_questions_however_many_there_are(
    world: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        row = risk(key=f"2024-fler-{number}", at=world.board, before=(2, 2))
        own = mitigation(of=row, key=f"2024-fler-atgard-{number}")
        set_dependency(item=own.item, waits_for=world.assignment.item, label="x", by=SYSTEM)
    with django_assert_num_queries(6):
        risk_facts(2024, ["ks"])
    with django_assert_num_queries(6):
        mitigation_facts(2024, ["ks"], world.rounds.year_end)
