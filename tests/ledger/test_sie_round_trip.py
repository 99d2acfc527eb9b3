"""What is written as SIE is read back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.ledger.sie.model import SieHeader, SiePeriodAmount, SieRow, SieVoucher
from uppsikt.ledger.sie.reading import look_sie, stage_sie
from uppsikt.ledger.sie.writing import write_sie

SIGNS = "".join(map(chr, range(32, 127))) + "åäöÅÄÖéüñ£½"
texts = st.text(alphabet=SIGNS, max_size=20).map(lambda text: text.rstrip("\\"))
codes = st.text(alphabet="0123456789ABCÅ -", min_size=1, max_size=6).filter(str.strip)
accounts = st.text(alphabet="0123456789", min_size=1, max_size=6)
objects = st.dictionaries(st.sampled_from([1, 6, 20]), codes, max_size=3).map(
    lambda found: tuple(found.items())
)
ore = st.integers(-(10**14), 10**14)
MAPPED = {1: "cost_centre", 6: "project", 20: "own1"}


@st.composite
def vouchers(draw: st.DrawFn) -> SieVoucher:
    rows = draw(st.lists(st.builds(SieRow, accounts, ore, objects, texts), min_size=1, max_size=4))
    rows.append(SieRow("1930", -sum(row.amount_ore for row in rows)))
    day = draw(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    return SieVoucher(draw(st.sampled_from(["A", "LEV", ""])), draw(codes), day, draw(texts), tuple(rows))


@given(st.lists(vouchers(), min_size=1, max_size=6), texts.filter(str.strip), st.booleans(), st.booleans())
def test_write_and_read(given_vouchers: list[SieVoucher], company: str, checksum: bool, exact: bool) -> None:
    sums: dict[str, int] = {}
    for voucher in given_vouchers:
        for row in voucher.rows:
            sums[row.account] = sums.get(row.account, 0) + row.amount_ore
    header = SieHeader(
        company, dt.date(2026, 1, 1), dt.date(2026, 12, 31), org_number="000000-0000",
        accounts=dict.fromkeys(sums, 'Konto "ett"'), dimensions={20: "Eget"}, objects={(20, "1 A"): "Namn"},
        result=sums, closing={"2099": 0},
        budgets=[SiePeriodAmount(dt.date(2026, 3, 1), "1930", 12_345, ((1, "10"),))],
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.se"
        assert write_sie(file, header, given_vouchers, checksum=checksum) == sum(
            len(one.rows) for one in given_vouchers
        )
        found = stage_sie(file, Path(folder) / "staged", dimensions=MAPPED, exact=exact)
        assert found.problems == ()
        assert found.warnings == () or {one.code for one in found.warnings} == {"sum"}
        assert found.facts.get("checksum", "") == ("yes" if checksum else "")
        read = [
            row for one in found.files for row in csv.DictReader(io.StringIO(one.read_text(encoding="utf-8")))
        ]
    expected = [
        (v.date.isoformat(), v.series, v.number, r.account, dict(r.objects), r.amount_ore, r.text, v.text)
        for v in given_vouchers
        for r in v.rows
    ]
    assert [
        (
            row["date"], row["series"], row["number"], row["account"],
            {number: row[column] for number, column in MAPPED.items() if row[column]},
            int(row["amount_ore"]), row["text"], row["voucher_text"],
        )
        for row in read
    ] == expected  # fmt: skip
    assert found.result == sums
    assert found.codes["own1"]["1 A"] == "Namn"
    assert found.budgets == ((3, "1930", {"cost_centre": "10"}, 12_345),)
    assert found.facts["company"] == company.strip()


def test_what_cp437_lacks_is_written_as_its_nearest(tmp_path: Path) -> None:
    header = SieHeader(
        "Kultur\u2013 & \u201cfritid\u201d\u20ac",
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
        kind="1",
        result={"1": 0},
    )
    write_sie(tmp_path / "a.se", header)
    assert look_sie(tmp_path / "a.se")["company"] == "Kultur- & 'fritid'EUR"


def test_every_type_is_read_as_what_it_is(tmp_path: Path) -> None:
    for kind, ending in (("1", "se"), ("2", "se"), ("3", "se"), ("4E", "se"), ("4I", "si")):
        header = SieHeader(
            "Kommun", dt.date(2026, 1, 1), dt.date(2026, 12, 31), kind=kind, result={"5020": 500}, covers_to=dt.date(2026, 2, 28),
            balances=[SiePeriodAmount(dt.date(2026, 2, 1), "5020", 500)],
        )  # fmt: skip
        rows = (SieRow("5020", 500), SieRow("1930", -500))
        file = tmp_path / f"a{kind}.{ending}"
        write_sie(file, header, [SieVoucher("A", "1", dt.date(2026, 2, 3), "", rows)])
        found = stage_sie(file, tmp_path / kind, dimensions={})
        assert (found.format, found.problems) == (f"sie{kind.lower()}", ())
        assert (found.first, found.last) == {"1": (1, 12), "4I": (2, 2)}.get(kind, (1, 2))
        assert found.rows == (1 if kind in "123" else 2)
