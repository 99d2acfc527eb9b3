"""Cells that only internal control has: kinds of fault, counts that a text states, and when a control is made."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.exchange.rules.cells import CellFault, read, settled, write
from uppsikt.exchange.rules.spec import Field, Kind

FAULTS = Field("faults", "Slag av fel", Kind.COUNTS, default=())
STATED = Field("stated", "Antal", Kind.STATED, default=())
PERIOD = Field("period", "Period", Kind.OCCASION)
MARCH = dt.datetime(2024, 3, 1)  # noqa: DTZ001 - as Excel has it


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(0, 999_999_999)),
        max_size=4,
        unique_by=lambda one: " ".join(one[0].replace(";", ",").split()),
    )
)
def test_kinds_of_fault_come_back_as_they_were_stored(told: list[tuple[str, int]]) -> None:
    stored = settled(FAULTS, tuple(told))
    written = write(FAULTS, stored)
    assert read(FAULTS, written) == stored


@pytest.mark.parametrize("written", ["attest saknas", "5", ": 5", "a: fem", "a: -1", "a: 1; a: 2"])
def test_kinds_of_fault_that_cannot_be_read(written: str) -> None:
    with pytest.raises(CellFault) as caught:
        read(FAULTS, written)
    assert caught.value.code == "counts"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mitigation done 2; control not_done 0", (("mitigation", "done", 2), ("control", "not_done", 0))),
        ("Åtgärd done 2", (("mitigation", "done", 2),)),
        (" ; ", ()),
    ],
)
def test_counts_that_a_text_states(written: str, meant: object) -> None:
    assert read(STATED, written) == meant
    assert read(STATED, write(STATED, meant)) == meant


@pytest.mark.parametrize("written", ["2024", "2024-T1", "2024-Q3", "2024-03", "2024-W07", "2024-03-15"])
def test_when_a_control_is_made(written: str) -> None:
    assert read(PERIOD, written) == written
    assert read(PERIOD, written.lower()) == written


@pytest.mark.parametrize("written", ["2024-13", "2024-W54", "2024-02-30", "mars", MARCH])
def test_when_no_control_is_made(written: object) -> None:
    with pytest.raises(CellFault) as caught:
        read(PERIOD, written)
    assert caught.value.code == "period"


def test_a_day_in_a_workbook_is_a_day() -> None:
    assert read(PERIOD, MARCH.replace(day=15)) == "2024-03-15"
