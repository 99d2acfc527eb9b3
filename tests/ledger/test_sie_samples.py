"""Whole SIE files: our own, one for each thing that real files do, and any folder that UPPSIKT_SIE_SAMPLES names.

The sums of the municipal example are those of its own #RES and #UB; every other figure is added up by hand.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from uppsikt.ledger.sie.reading import look_sie, stage_sie
from uppsikt.ledger.staging import Staged

SAMPLES = Path(__file__).parent / "samples"
DIMENSIONS = {20: "cost_centre", 21: "activity", 6: "project"}


def staged(name: str, folder: Path, **options: object) -> Staged:
    return stage_sie(SAMPLES / name, folder, dimensions=DIMENSIONS, **options)  # type: ignore[arg-type]


def rows(found: Staged) -> list[dict[str, str]]:
    return [
        row for file in found.files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]


def sums(found: Staged) -> dict[str, int]:
    total: dict[str, int] = {}
    for row in rows(found):
        total[row["account"]] = total.get(row["account"], 0) + int(row["amount_ore"])
    return total


def codes_of(problems: object) -> set[str]:
    return {one.code for one in problems}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("municipal-cp437.se", "cp437"), ("municipal-utf8.se", "utf-8"), ("municipal-latin1.se", "cp1252")],
)
def test_the_same_ledger_in_three_encodings(name: str, encoding: str, tmp_path: Path) -> None:
    found = staged(name, tmp_path)
    assert not found.problems
    assert not found.warnings
    assert (found.format, found.year, found.first, found.last) == ("sie4e", 2026, 1, 12)
    assert (found.rows, found.vouchers, found.debit_ore) == (3, 1, 100_000)
    assert found.months == {1: (3, 100_000)}
    assert found.facts["encoding"] == encoding
    assert found.facts["totals_agree"] == "yes"
    first, *_ = rows(found)
    assert first == {
        "row": "23", "date": "2026-01-31", "series": "LEV", "number": "1", "account": "5020",
        "cost_centre": "310", "activity": "407", "project": "", "counterparty": "",
        "own1": "", "own2": "", "own3": "", "own4": "", "amount_ore": "100000",
        "text": "", "voucher_text": 'Lön "januari"',
    }  # fmt: skip
    assert found.codes["cost_centre"] == {"310": "Förskola Norr"}
    assert found.used["account"] == {"5020", "313019", "1930"}
    assert found.result == {"313019": -10_000, "5020": 100_000}
    assert found.closing == {"1930": -90_000}
    assert found.budgets == ((1, "5020", {"cost_centre": "310", "activity": "407"}, 95_000),)


def test_an_encoding_may_be_chosen(tmp_path: Path) -> None:
    found = staged("municipal-latin1.se", tmp_path, encoding="cp437")
    assert found.codes["activity"] != {"407": "Förskola"}
    assert codes_of(staged("municipal-latin1.se", tmp_path, encoding="utf-8").problems) == {"encoding"}
    assert codes_of(staged("municipal-latin1.se", tmp_path, encoding="klingon").problems) == {"encoding"}


def test_a_file_of_vouchers_only_covers_their_months(tmp_path: Path) -> None:
    found = staged("no-balances.si", tmp_path)
    assert (found.format, found.year, found.first, found.last) == ("sie4i", 2026, 1, 1)


def test_without_a_fiscal_year_that_of_the_vouchers_is_taken(tmp_path: Path) -> None:
    found = staged("no-year.si", tmp_path)
    assert (found.format, found.year, found.first, found.last) == ("sie4i", 2026, 2, 2)
    assert sums(found) == {"5020": 1000, "2710": -1000}
    assert codes_of(found.warnings) == {"read-before"}


def test_year_balances_become_one_row_for_each_account(tmp_path: Path) -> None:
    """Type 1: only #RES, since a balance account's movements are not stated."""
    found = staged("type1.se", tmp_path)
    assert (found.format, found.year, found.first, found.last) == ("sie1", 2026, 1, 12)
    assert [(row["series"], row["date"], row["account"], row["amount_ore"]) for row in rows(found)] == [
        ("SALDO", "2026-12-31", "313019", "-10000"),
        ("SALDO", "2026-12-31", "5020", "100000"),
    ]
    assert found.opening == {"1930": 5000}


def test_period_balances_become_rows_of_their_months(tmp_path: Path) -> None:
    """Type 2 skips rows with objects; 600 and 400 of account 5020 stay what they are."""
    found = staged("type2.se", tmp_path)
    assert (found.format, found.first, found.last) == ("sie2", 1, 2)
    assert sums(found) == {"5020": 100_000, "313019": -10_000, "1930": -90_000}
    assert found.months == {1: (2, 60_000), 2: (3, 40_000)}
    assert found.facts["totals_agree"] == "yes"


def test_object_balances_are_parts_of_their_totals(tmp_path: Path) -> None:
    """Type 3: 450 of January's 600 lie on 310, the remaining 150 on none; the budget lies on 310 as a whole."""
    found = staged("type3.se", tmp_path)
    assert sums(found) == {"5020": 100_000, "313019": -10_000, "1930": -90_000}
    january = [
        (row["cost_centre"], row["amount_ore"])
        for row in rows(found)
        if row["account"] == "5020" and row["date"] == "2026-01-31"
    ]
    assert sorted(january) == [("", "15000"), ("310", "45000")]
    assert found.budgets == ((1, "5020", {"cost_centre": "310"}, 50_000),)
    assert found.facts["totals_agree"] == "yes"


def test_rows_without_objects_may_be_the_unallocated_part(tmp_path: Path) -> None:
    """The account's own result, 1 000, says that 600 and 400 stand beside each other."""
    found = staged("type3-rows-without-object.se", tmp_path)
    assert sums(found) == {"5020": 100_000, "1930": -100_000}
    assert found.facts["totals_agree"] == "yes"


def test_corrections_are_not_counted_twice(tmp_path: Path) -> None:
    """#BTRANS is removed, and #RTRANS is followed by its own #TRANS."""
    found = staged("corrected.se", tmp_path)
    assert sums(found) == {"5020": 100_000, "313019": -10_000, "1930": -90_000}
    assert found.facts["corrections"] == "2"


def test_odd_forms_are_read_and_pointed_out(tmp_path: Path) -> None:
    found = staged("odd.se", tmp_path)
    assert not found.problems
    assert sums(found) == {"DIFF": 500, "1930": -650, "1940": 150}
    assert [row["date"] for row in rows(found)] == ["2026-01-31"] * 4
    assert rows(found)[3]["project"] == "P 1"
    assert rows(found)[3]["text"] == "bort { och } i text"
    assert found.facts["company"] == "Exempel kommun, C:\\Data"
    assert codes_of(found.warnings) >= {"odd-date", "odd-amount", "dimension-30", "accounts"}


def test_a_part_of_a_year_warns_where_it_differs(tmp_path: Path) -> None:
    found = staged("partial.se", tmp_path)
    assert not found.problems
    assert (found.first, found.last) == (1, 4)
    assert "totals" in codes_of(found.warnings)
    assert found.facts["totals_agree"] == "no"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("error-page.se", {("not-sie", 1)}),
        ("empty.se", {("not-sie", 1)}),
        ("truncated.se", {("open-voucher", 23)}),
        ("unbalanced.se", {("unbalanced", 23)}),
        ("no-such-day.se", {("date", 17)}),
        ("outside-year.se", {("outside-year", 17)}),
        ("checksum-open.se", {("checksum", 2)}),
        ("checksum-wrong.se", {("checksum", 28)}),
        (
            "broken-fields.se",
            {("amount", 17), ("objects", 20), ("objects", 21), ("amount", 22), ("account", 23), ("malformed", 24), ("loose-row", 26), ("brace", 27)},
        ),
    ],
)  # fmt: skip
def test_a_broken_file_stages_nothing_and_says_where(
    name: str, expected: set[tuple[str, int]], tmp_path: Path
) -> None:
    found = staged(name, tmp_path)
    assert {(one.code, one.where.row) for one in found.problems} == expected
    assert all(one.where.file == name and one.remedy for one in found.problems)
    assert found.files == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("#SIETYP 4\r#RAR 0 20260101 20261231\r", "not-sie", 1),
        ("#SIETYP 4\n{VER}#RAR 0 20250101 20251231\n", "outside-year", 7),
        ("#SIETYP 4\n{HUGE}", "amount", 4),
        ("#SIETYP 3\n#RAR 0 20260101 20261231\n#PSALDO 0 20261 5020 {} 1\n", "period", 3),
    ],
)
def test_faults_of_whole_files(text: str, code: str, row: int, tmp_path: Path) -> None:
    voucher = '#VER A 1 20260131 ""\n{\n#TRANS 5020 {} 1.00\n#TRANS 1930 {} -1.00\n}\n'
    huge = voucher.replace("1.00", "1000000000000000.00")
    file = tmp_path / "a.se"
    file.write_bytes(text.replace("{VER}", voucher).replace("{HUGE}", huge).encode())
    found = stage_sie(file, tmp_path / "staged", dimensions={})
    assert (found.problems[0].code, found.problems[0].where.row) == (code, row)


def test_a_right_checksum_is_told(tmp_path: Path) -> None:
    assert staged("checksum.se", tmp_path).facts["checksum"] == "yes"


def test_a_quick_look_says_what_the_file_is() -> None:
    facts = look_sie(SAMPLES / "municipal-cp437.se")
    assert facts["type"] == "4E"
    assert facts["company"] == "Exempel kommun"
    assert facts["year"] == "2026-01-01–2026-12-31"
    assert facts["dimensions"] == "20 Ansvar; 21 Verksamhet"
    assert look_sie(SAMPLES / "error-page.se") == {}


def others() -> list[Path]:
    folder = os.environ.get("UPPSIKT_SIE_SAMPLES", "")
    files = sorted(Path(folder).rglob("*")) if folder else sorted(SAMPLES.iterdir())
    return [file for file in files if file.is_file()]


@pytest.mark.parametrize("file", others(), ids=lambda file: file.name)
def test_every_file_is_let_in_with_its_sums_or_refused_with_a_line(file: Path, tmp_path: Path) -> None:
    """Both readers agree on it; a refusal names lines; rows sum to zero but for year balances."""
    mapped = {1: "cost_centre", 6: "project", 9: "counterparty", 20: "own1", 21: "activity"}
    found = stage_sie(file, tmp_path / "fast", dimensions=mapped)
    exact = stage_sie(file, tmp_path / "exact", dimensions=mapped, exact=True)
    assert (found.problems, found.warnings, found.months) == (exact.problems, exact.warnings, exact.months)
    assert rows(found) == rows(exact)
    if found.problems:
        assert all(one.where.row for one in found.problems)
        return
    total = sums(found)
    assert len(rows(found)) == found.rows
    if found.format.startswith("sie4"):
        assert sum(total.values()) == 0
    elif found.format == "sie1":
        assert total == found.result
    if found.facts.get("totals_agree") == "yes":
        assert {account: ore for account, ore in found.result.items() if ore} == {
            account: total[account] for account, ore in found.result.items() if ore
        }
