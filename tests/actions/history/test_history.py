"""Every write leaves its event; the chain holds; what stood on a date can be read back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from uppsikt.cycle import actions as cycle
from uppsikt.cycle import selectors as years
from uppsikt.cycle.presets import preset
from uppsikt.history import selectors
from uppsikt.history.actions import erase_person, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.history.selectors import Event
from uppsikt.kernel import clock

pytestmark = pytest.mark.django_db

ANNA = Actor("anna", "Anna Ek")


def happen(number: int, by: Actor = SYSTEM) -> Event:
    return record(
        EventKind.GOAL_SAVED, by=by, subject=f"goal:{number}", label=f"Mål {number}", data={"n": [0, number]}
    )


@transaction.atomic
def happen_and_fail() -> None:
    happen(2)
    raise RuntimeError


def test_events_are_numbered_without_gaps_and_the_chain_holds() -> None:
    assert [happen(n).sequence for n in (1, 2, 3)] == [1, 2, 3]
    assert selectors.broken_at() is None


def test_a_write_that_fails_leaves_no_event_behind() -> None:
    happen(1)
    with pytest.raises(RuntimeError):
        happen_and_fail()
    assert happen(3).sequence == 2
    assert selectors.broken_at() is None


@pytest.mark.parametrize(
    "change", [{"actor_key": "bo"}, {"subject": "goal:9"}, {"data": {"n": [0, 9]}}, {"kind": "x.y"}]
)
def test_tampering_is_found_where_it_was_done(change: dict[str, object]) -> None:
    for number in range(1, 5):
        happen(number)
    Event.objects.filter(sequence=2).update(**change)
    assert selectors.broken_at() == 2


def test_a_deleted_event_is_missed() -> None:
    for number in range(1, 4):
        happen(number)
    Event.objects.filter(sequence=2).delete()
    assert selectors.broken_at() == 3


def test_a_person_can_be_erased_and_the_chain_still_holds() -> None:
    record(
        EventKind.USER_SAVED,
        by=SYSTEM,
        subject="user:anna",
        label="Anna Ek",
        data={"name": ["", "Anna Ek"], "is_active": [None, True]},
    )
    happen(1, by=ANNA)
    assert erase_person(actor_key="anna", by=SYSTEM) == 2
    assert selectors.broken_at() is None
    left = [(event.actor_name, event.label, event.data) for event in Event.objects.all()]
    assert "Anna" not in str(left)
    assert Event.objects.get(subject="user:anna").data["is_active"] == [None, True]


def test_a_superseded_row_is_read_back_as_it_stood() -> None:
    with clock.frozen(dt.datetime(2024, 1, 1, tzinfo=dt.UTC)):
        cycle.save_model(year=2024, document=preset("malomrade-2024") | {"name": "Första"}, by=ANNA)
    with clock.frozen(dt.datetime(2024, 6, 1, tzinfo=dt.UTC)):
        cycle.save_model(year=2024, document=preset("malomrade-2024") | {"name": "Andra"}, by=ANNA)

    def name(*day: int) -> str | None:
        found = years.document(2024, dt.datetime(*day, tzinfo=dt.UTC))  # type: ignore[arg-type]
        return found["name"] if found else None

    assert [name(2023, 12, 31), name(2024, 3, 1), name(2024, 6, 1), name(2030, 1, 1)] == [
        None,
        "Första",
        "Andra",
        "Andra",
    ]
    assert years.model_for(2024).name == "Andra"


def test_data_cannot_be_emptied_where_nobody_was_erased() -> None:
    for number in range(1, 4):
        happen(number)
    Event.objects.filter(sequence=2).update(data={"erased": ["n"]})
    assert selectors.broken_at() == 2


def test_an_erased_person_is_gone_from_what_they_recorded() -> None:
    row, _changed = cycle.save_model(year=2024, document=preset("malomrade-2024"), by=ANNA)
    erase_person(actor_key="anna", by=SYSTEM)
    row.refresh_from_db()
    assert (row.recorded_by_key, row.recorded_by_name) == ("anna", "(borttagen)")
