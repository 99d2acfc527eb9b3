"""A figure says in words how it comes about. Figures from the printed report of the executive board 2024."""

from __future__ import annotations

import pytest

from uppsikt.economy.rules.follow import base_of, explain, formula, outcome_of, parts, stored
from uppsikt.economy.rules.model import Column, RowSpec, TableSpec
from uppsikt.economy.rules.tables import Ask, Setting, Table, asks, compose, expanded

TKR = 100_000
COLUMNS = (
    Column("budget", "Budget helår", measure="budget"),
    Column("utfall", "Utfall helår", measure="outcome"),
    Column("avvikelse", "Avvikelse", difference=("utfall", "budget")),
    Column("procent", "Avvikelse (%)", percent=("avvikelse", "budget"), decimals=1),
    Column("fjol", "Utfall 2023", measure="outcome", years=-1),
    Column("forandring", "Förändring", change=("utfall", "fjol"), decimals=1),
    Column("okning", "Ökning", growth=("utfall", "fjol"), decimals=1),
    Column("tva", "Två år", total=("utfall", "fjol")),
)
ROWS = (
    RowSpec("Verksamhetens intäkter", "revenue", scope={"line": "revenue"}),
    RowSpec("Konsulter och inhyrd personal", "consultants", scope={"line": "consultants"}),
    RowSpec("Köp av verksamhet", "services", scope={"line": "services"}),
    RowSpec("Övrigt", "other", scope={"line": "other"}),
    RowSpec("Summa", "sum", role="subtotal", sum=("revenue", "consultants", "services", "other")),
    RowSpec("Årets resultat", "result", role="total", scope={"line": "result"}),
    RowSpec("Förändring", "growth", role="percent", growth_of="result", columns=("utfall",)),
)
TOLD = {
    "revenue": (51_776, 75_616, 71_966), "consultants": (-35_789, -65_504, -72_623),
    "services": (-83_213, -77_828, -82_919), "other": (0, -872, -2_232), "result": (-818_332, -804_505, -750_925),
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> Table:
    setting = Setting(2024, 12)
    spec = expanded(TableSpec("t", "T", COLUMNS, ROWS), lambda row: [], setting)

    def amount(ask: Ask) -> int:
        budget, outcome, last = TOLD[ask.node("line")]
        return TKR * (budget if ask.measure == "budget" else last if ask.years else outcome)

    return compose(spec, {ask: amount(ask) for ask in asks(spec)}, setting)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("consultants", "avvikelse", "Utfall helår −65 504 minus budget helår −35 789. Överskrider budget med 83,0 procent."),
        ("services", "avvikelse", "Utfall helår −77 828 minus budget helår −83 213. 6,5 procent lägre än budget."),
        ("revenue", "avvikelse", "Utfall helår 75 616 minus budget helår 51 776. 46,0 procent mer än budget."),
        ("result", "avvikelse", "Utfall helår −804 505 minus budget helår −818 332. Bättre än budget med 1,7 procent."),
        ("other", "avvikelse", "Utfall helår −872 minus budget helår 0. Det finns inget i budget att jämföra med."),
        ("consultants", "procent", "Avvikelse −29 715 i procent av budget helår −35 789, räknat utan tecken."),
        ("consultants", "forandring", "Utfall helår −65 504 minus utfall 2023 −72 623, i procent av utfall 2023 utan tecken."),
        ("consultants", "okning", "Ökningen från utfall 2023 −72 623 till utfall helår −65 504, i procent av det tidigare året."),
        ("consultants", "tva", "Utfall helår −65 504 plus utfall 2023 −72 623."),
        ("consultants", "utfall", "Bokfört januari–december 2024: Konsulter och inhyrd personal."),
        ("consultants", "fjol", "Bokfört januari–december 2023: Konsulter och inhyrd personal."),
        ("consultants", "budget", "Budget för 2024 med ändringar under året: Konsulter och inhyrd personal."),
        ("sum", "utfall", "Verksamhetens intäkter 75 616 plus Konsulter och inhyrd personal −65 504 plus Köp av verksamhet −77 828 plus Övrigt −872."),
        ("growth", "utfall", "Årets resultat: ökningen från budget helår −818 332 till utfall helår −804 505, i procent av det tidigare året."),
    ],
)  # fmt: skip
def test_formula_in_words(table: Table, row: str, column: str, words: str) -> None:
    assert formula(table, row, column).replace("\u00a0", " ") == words


def test_a_figure_tells_its_name_value_and_parts(table: Table) -> None:
    found = explain(table, "consultants", "avvikelse")
    assert found.label == "Konsulter och inhyrd personal, avvikelse"
    assert found.value.replace("\u00a0", " ") == "−29 715 tkr"
    assert [(part.row, part.column, part.label) for part in found.parts] == [
        ("consultants", "utfall", "Utfall helår"),
        ("consultants", "budget", "Budget helår"),
    ]


def test_parts_of_a_sum_are_rows_of_the_same_column(table: Table) -> None:
    assert [(part.row, part.label) for part in parts(table, "sum", "utfall")] == [
        ("revenue", "Verksamhetens intäkter"),
        ("consultants", "Konsulter och inhyrd personal"),
        ("services", "Köp av verksamhet"),
        ("other", "Övrigt"),
    ]


def test_a_derived_figure_leads_to_what_is_stored(table: Table) -> None:
    """The percent of a variance goes to the outcome and the budget, each once."""
    measures = [ask.measure for _part, ask in stored(table, "consultants", "procent")]
    assert measures == ["outcome", "budget"]
    outcome, budget = (found(table, "consultants", "procent") for found in (outcome_of, base_of))
    assert outcome is not None
    assert outcome.node("line") == "consultants"
    assert budget is not None
    assert budget.measure == "budget"


def test_a_sum_of_rows_has_no_outcome_of_its_own(table: Table) -> None:
    assert outcome_of(table, "sum", "utfall") is None


def test_a_square_there_is_none_of_is_refused(table: Table) -> None:
    with pytest.raises(KeyError):
        formula(table, "ingen", "utfall")
    with pytest.raises(KeyError):
        explain(table, "sum", "ingen")
