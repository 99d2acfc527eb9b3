"""The proposed summary of internal control: every row of docs/algorithms/control-summary.md, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import names, table
from uppsikt.control.rules.summary import Known, propose
from uppsikt.cycle.rules.steering import Scale, Step

SCALE = Scale(
    "control_summary",
    tuple(
        Step(key, key, key, f"circle-{rank}", "good", rank)
        for key, rank in (("sufficient", 4), ("mainly", 3), ("partly", 2), ("insufficient", 1))
    ),
)
COLUMNS = ("due", "made", "deficient", "failed", "open", "unattended", "actions", "done", "late", "unhandled")
ROWS = table("control-summary.md", "SUMMARY-1")


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_proposals(row: dict[str, str]) -> None:
    found = propose(SCALE, Known(**{name: int(row[name]) for name in COLUMNS}))
    assert (found.step.key if found else "") == row["step"]


def test_the_deciding_ground_is_said_in_words() -> None:
    found = propose(SCALE, Known(due=7, made=7, failed=2, deficient=1, open=1, unattended=1))
    assert found is not None
    assert found.reason == "2 kontroller är underkända. 1 brist saknar åtgärd."


def test_a_model_without_a_scale_proposes_nothing() -> None:
    assert propose(None, Known(due=3, made=1)) is None


@given(
    st.integers(1, 40).flatmap(
        lambda due: st.builds(
            Known, due=st.just(due), made=st.integers(0, due), failed=st.just(0), late=st.just(0)
        )
    )
)
def test_one_more_control_made_never_makes_it_worse(known: Known) -> None:
    if known.made == known.due:
        return
    more = Known(due=known.due, made=known.made + 1)
    before, after = propose(SCALE, known), propose(SCALE, more)
    assert before is not None
    assert after is not None
    assert after.step.rank >= before.step.rank
