"""A stated change against the figures beside it. The sentences are of the kind that a published report had."""

from __future__ import annotations

import pytest

from uppsikt.reports.rules.stated_changes import contradictions


def test_a_change_that_does_not_follow_is_told() -> None:
    """1,5 to 0,4 is 1,1; a yearly report of 2024 printed 0,5 for its longest sick leave in November."""
    (told,) = contradictions(
        "Den långa frånvaron sjönk med 0,5 procentenheter från 1,5 procent till 0,4 procent."
    )
    assert told.startswith("Texten säger 0,5, men från 1,5 till 0,4 är det 1,1:")


@pytest.mark.parametrize(
    "text",
    [
        "Den sjönk med 1,3 procentenhet, från 2,1 procent till 0,8 procent.",
        "Den ökade med 0.5 procentenheter från 1.7 procent i november 2023 till 2,2 procent i november 2024.",
        "Den steg med 1,9 procentenheter från 5,9 till 7,7.",  # each figure rounded: a unit may differ
        "Antalet ökade med 37 personer från 420 till 457.",
        "Kostnaden ökade med 5 procent från 200 till 210 mnkr.",
        "Från 1,5 till 0,4.",
        "",
    ],
)
def test_what_follows_or_cannot_be_read_is_let_pass(text: str) -> None:
    assert list(contradictions(text)) == []
