"""The register, the amounts and the reports: what may be written, and that nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from tests import build
from tests.investments_world import ECONOMIST, KS_DECISION, THOUSAND, give, model, project
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history import selectors as history
from uppsikt.investments import selectors
from uppsikt.investments.actions import amounts, register, reporting
from uppsikt.investments.selectors import Project, ProjectAmount, ProjectReport
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiber() -> Project:
    model()
    return project("fiber", build.body(), "committee", "Fiber", code="1001")


def codes(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def kinds() -> list[str]:
    return [event.kind for event in history.about("project:fiber").order_by("sequence")]


def test_saving_the_same_again_changes_nothing(fiber: Project) -> None:
    row, changed = register.save_project(
        key="fiber", body=fiber.body, kind="committee", name="Fiber", code="1001", by=ECONOMIST
    )
    assert (row.pk, changed) == (fiber.pk, False)
    assert kinds() == ["project.saved"]


def test_every_fault_in_the_register_is_told_at_once(fiber: Project) -> None:
    with pytest.raises(InputError) as error:
        register.save_project(
            key="ny", body=fiber.body, kind="moon", name="Ny", code="9 1001", spent_before_ore=5, by=ECONOMIST
        )
    assert codes(error) == {"kind", "code", "source"}
    assert selectors.project("ny") is None


def test_a_removed_project_frees_its_code_and_stands_again_only_when_it_is_free(fiber: Project) -> None:
    register.remove_project(project=fiber, by=ECONOMIST)
    other = project("other", fiber.body, "committee", "Annat", code="1001")
    with pytest.raises(InputError):
        register.restore_project(project=fiber, by=ECONOMIST)
    register.remove_project(project=other, by=ECONOMIST)
    assert register.restore_project(project=fiber, by=ECONOMIST)
    assert not register.restore_project(project=fiber, by=ECONOMIST)
    assert kinds() == ["project.saved", "project.removed", "project.saved"]


def test_a_changed_amount_supersedes_and_the_old_one_stays(fiber: Project) -> None:
    give(fiber, "budget", "expense", 2024, -5_000)
    give(fiber, "budget", "expense", 2024, -5_500)
    give(fiber, "budget", "expense", 2024, -5_500)
    assert [row.amount_ore for row in selectors.amounts(fiber)] == [-5_500 * THOUSAND]
    assert ProjectAmount.objects.filter(project=fiber).count() == 2
    assert kinds() == ["project.saved", "project.amount_set", "project.amount_set"]
    event = history.about("project:fiber").first()
    assert event is not None
    assert event.data["amount_ore"] == [-5_000 * THOUSAND, -5_500 * THOUSAND]


def test_an_amount_can_be_taken_away(fiber: Project) -> None:
    give(fiber, "plan", "expense", 2025, -5_000)
    row, changed = amounts.set_amount(project=fiber, year=2025, kind="plan", amount_ore=None, by=ECONOMIST)
    assert (row, changed) == (None, True)
    assert list(selectors.amounts(fiber)) == []
    again = amounts.set_amount(project=fiber, year=2025, kind="plan", amount_ore=None, by=ECONOMIST)
    assert again == (None, False)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "gift"}, "kind"),
        ({"kind": "budget", "flow": "sideways"}, "flow"),
        ({"kind": "forecast"}, "round"),
        ({"kind": "adjustment", "key": "a"}, "decision"),
        ({"kind": "carry_over", "key": "a", "decision": Decision(body="KS")}, "decision"),
    ],
)
def test_amounts_that_cannot_be(fiber: Project, values: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as error:
        amounts.set_amount(project=fiber, year=2024, amount_ore=-1, by=ECONOMIST, **values)  # type: ignore[arg-type]
    assert codes(error) == {code}


def test_a_forecast_is_of_an_open_round_of_its_year(fiber: Project) -> None:
    closed = build.reporting_round(key="2024-mars", cutoff="2024-03-31", state=RoundState.CLOSED)
    with pytest.raises(InputError):
        give(fiber, "forecast", "expense", 2024, -1, closed)
    give(fiber, "forecast", "expense", 2024, -1, closed, importing=True)
    with pytest.raises(InputError):
        give(fiber, "forecast", "expense", 2025, -1, closed, importing=True)
    with pytest.raises(InputError):
        give(fiber, "budget", "expense", 2024, -1, build.reporting_round())


def test_carry_overs_of_a_year_stand_beside_each_other_by_decision(fiber: Project) -> None:
    later = Decision("", "Kommunstyrelsen", dt.date(2024, 5, 8), "3")
    for amount, decision in ((-100, KS_DECISION), (-50, later), (-80, KS_DECISION)):
        amounts.carry_over(
            project=fiber, from_year=2023, amount_ore=amount * THOUSAND, decision=decision, by=ECONOMIST
        )
    found = {row.decision.section: (row.year, row.amount_ore // THOUSAND) for row in selectors.amounts(fiber)}
    assert found == {"12": (2024, -80), "3": (2024, -50)}


def test_nothing_is_not_carried_over(fiber: Project) -> None:
    with pytest.raises(InputError) as error:
        amounts.carry_over(project=fiber, from_year=2023, amount_ore=0, decision=KS_DECISION, by=ECONOMIST)
    assert codes(error) == {"amount"}


def test_a_report_is_of_a_phase_of_its_kind_in_an_open_round() -> None:
    model()
    centre = project("centre", build.body(), "development", "Centrum")
    round_ = build.reporting_round()
    with pytest.raises(InputError) as error:
        reporting.report_project(project=centre, round_=round_, phase="moon", schedule="slow", by=ECONOMIST)
    assert codes(error) == {"phase", "schedule"}
    first, changed = reporting.report_project(
        project=centre, round_=round_, phase="building", schedule="late", comment="Sen.", by=ECONOMIST
    )
    assert changed
    same, changed = reporting.report_project(
        project=centre, round_=round_, phase="building", schedule="late", comment="Sen. ", by=ECONOMIST
    )
    assert (same.pk, changed) == (first.pk, False)
    reporting.report_project(
        project=centre,
        round_=round_,
        phase="building",
        schedule="on_time",
        estimated_total_ore=5,
        by=ECONOMIST,
    )
    assert ProjectReport.objects.filter(project=centre).count() == 2
    standing = selectors.report_in(centre, round_)
    assert standing is not None
    assert (standing.schedule, standing.estimated_total_ore) == ("on_time", 5)
