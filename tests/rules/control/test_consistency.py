"""What a report states against its own ground; the figures are a municipality's, published for 2024."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.control.rules import consistency
from uppsikt.control.rules.consistency import Advised
from uppsikt.control.rules.figures import PartInput

LABELS = {"approved": "godkänt", "deficient": "bristfälligt", "failed": "underkänt"}


def mnkr(text: str) -> int:
    return int(Decimal(text) * 100_000_000)


@pytest.mark.parametrize(
    ("printed", "total", "outside", "doubted", "by_rounding"),
    [
        ("90", "360", "38", True, True),  # 89.4
        ("90", "201", "19", True, True),  # 90.5
        ("79", "59", "12", True, True),  # 79.7
        ("78", "568", "45", True, False),  # 92.1
        ("74", "7.7", "2", False, False),  # 74.0
        ("95", "248", "12.5", False, False),  # 95.0
        ("67", "29", "9.5", False, False),  # 67.2
    ],
)
def test_contract_compliance_against_the_amounts_beside_it(
    printed: str, total: str, outside: str, doubted: bool, by_rounding: bool
) -> None:
    part = PartInput(value=Decimal(printed), total_ore=mnkr(total), outside_ore=mnkr(outside))
    found = consistency.percent_doubts(part, "Socialnämnden")
    assert bool(found) is doubted
    assert any("avrundade" in doubt.message for doubt in found) is by_rounding


def test_a_percentage_that_its_counts_do_not_give() -> None:
    assert consistency.percent_doubts(PartInput(value=Decimal(68), checked=22, faulty=7), "") == []
    (doubt,) = consistency.percent_doubts(PartInput(value=Decimal(70), checked=22, faulty=7), "Nämnden")
    assert doubt.message == "Andelen är angiven till 70\u00a0%, men antalen bredvid ger 68,2\u00a0%."
    assert doubt.place == "Nämnden"


def test_a_status_that_the_thresholds_do_not_give() -> None:
    (doubt,) = consistency.status_doubts("failed", "approved", LABELS, "Nämnden")
    assert doubt.message == "Resultatet är angivet som godkänt, men kontrollens gränser ger underkänt."
    assert consistency.status_doubts("failed", "failed", LABELS, "") == []
    assert consistency.status_doubts(None, "failed", LABELS, "") == [], (
        "no thresholds, nothing to follow from"
    )


def test_a_stated_total_that_its_rows_do_not_give() -> None:
    rows = PartInput(checked=192, faulty=79)
    assert (
        consistency.total_doubts(PartInput(checked=192, faulty=79, value=Decimal(59)), rows, "Rätt", "") == []
    )
    found = consistency.total_doubts(PartInput(checked=190, faulty=79), rows, "Rätt", "Totalt")
    assert [doubt.message for doubt in found] == [
        "Rätt: totalen anger 190 (kontrollerade), men raderna summerar till 192."
    ]
    (share,) = consistency.total_doubts(PartInput(value=Decimal(61)), rows, "Rätt", "Totalt")
    assert "61\u00a0%" in share.message
    assert "58,9\u00a0%" in share.message


def test_a_count_in_the_text_that_the_list_does_not_give() -> None:
    """ "Åtta åtgärder, tre har färdigställts": the list has eight, of which three are done."""
    counted = {("mitigation", ""): 8, ("mitigation", "done"): 3}
    right = [
        {"of": "mitigation", "status": "", "count": 8},
        {"of": "mitigation", "status": "done", "count": 3},
    ]
    assert consistency.stated_doubts(right, counted, {"done": "Klart"}, "") == []
    wrong = [{"of": "mitigation", "status": "done", "count": 4}]
    (doubt,) = consistency.stated_doubts(wrong, counted, {"done": "Klart"}, "Sammanfattning")
    assert doubt.message == "Texten anger 4 åtgärder med status Klart, men listan har 3."


def test_a_word_of_change_that_no_figure_bears_out() -> None:
    """The whole was 59 % against 52 % in the interim report, and called unchanged."""
    (doubt,) = consistency.change_doubts("unchanged", ["better"], "Totalt")
    assert doubt.message == "Resultatet sägs vara oförändrat, men siffrorna är bättre."
    assert consistency.change_doubts("better", ["better", "worse"], "") == [], (
        "one of two measures bears it out"
    )
    assert consistency.change_doubts("", ["better"], "") == []
    assert consistency.change_doubts("worse", [], "") == []


def test_more_of_what_is_counted_is_neither_better_nor_worse() -> None:
    assert consistency.change_doubts("better", ["more"], "") == []
    assert consistency.change_doubts("worse", ["fewer"], "") == []
    (doubt,) = consistency.change_doubts("unchanged", ["fewer"], "")
    assert doubt.message == "Resultatet sägs vara oförändrat, men siffrorna är färre."


def test_a_recommendation_left_out_or_given_for_nothing() -> None:
    rows = [
        Advised("A", "failed", recommended=True),
        Advised("B", "failed", recommended=False),
        Advised("C", "approved", recommended=True),
        Advised("D", "approved", recommended=False),
        Advised("E", "", recommended=False),
    ]
    assert [doubt.place for doubt in consistency.recommendation_doubts(rows, "K")] == ["K, B", "K, C"]
    assert consistency.recommendation_doubts([rows[1], rows[3]], "K") == [], "it stands in the common text"
