"""The fast reader and cutting into stretches never change what the exact grammar says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from uppsikt.ledger.sie.fast import Irregular, read_fast
from uppsikt.ledger.sie.stretches import stretches
from uppsikt.ledger.sie.tally import Context, Tally
from uppsikt.ledger.sie.vouchers import read_exact

CONTEXT = Context("a.se", "utf-8", {1: "cost_centre", 6: "project", 7: "project"}, "2026-01-01", "2026-12-31")

blank = st.sampled_from([" ", " ", " ", "  ", "\t"])
end = st.sampled_from(["\n", "\n", "\n", "\r\n", " \n"])
words = st.one_of(
    st.sampled_from(["", '""', '"a b"', r'"\""', r'"\\"', r'"C:\x"', r'"slut\"', '"a,b"', '"{"', "bart", 'a"b', '"öppen']),
    st.text(alphabet='ab "\\{},;\t\x01å\u2028', max_size=6).map(lambda text: f'"{text}"'),
)  # fmt: skip
days = st.sampled_from(["20260131", "20260131", "20261231", '"20260615"', "20260231", "20250101", "260131", "2026-01-31", '""'])  # fmt: skip
objects = st.sampled_from(
    ["{}", "{}", "{ }", '{1 "10"}', '{"1" "10" "6" "P"}', '{6 "a" 7 "b"}', '{1 "}"}', "{1}", "{1 a 1 b}", "{x y}", "{1 2"]
)  # fmt: skip
accounts = st.sampled_from(["1930", "5020", '"5020"', "DIFF", '"A B"', "{}"])
amounts = st.sampled_from(
    ["1.00", "1.00", "-1.00", "-1.00", "0.00", "1", "-1.0", "1.005", "+1.00", "1,00", "x", "-0.00"]
)


@st.composite
def transactions(draw: st.DrawFn) -> str:
    label = draw(st.sampled_from(["#TRANS"] * 8 + ["#RTRANS", "#BTRANS", "#trans", "#TRAN"]))
    parts = [label, draw(accounts), draw(objects), draw(amounts)]
    parts += (
        draw(st.sampled_from([0, 0, 1, 2, 3])) * [draw(days)]
        and [draw(days), draw(words), "0", '"AB"'][: draw(st.integers(1, 4))]
    )
    return draw(st.sampled_from(["", "", "   "])) + draw(blank).join(parts) + draw(end)


@st.composite
def vouchers(draw: st.DrawFn) -> str:
    sep = draw(blank)
    head = sep.join(["#VER", draw(words) or "A", draw(words) or "1", draw(days), draw(words)]) + draw(end)
    opening = draw(st.sampled_from(["{\n"] * 8 + ["", "{\r\n", "\n{\n", " { \n"]))
    closing = draw(st.sampled_from(["}\n"] * 8 + ["", "}\r\n", "\n}\n", " }\n", "} x\n"]))
    rows = draw(st.lists(transactions(), max_size=4))
    if draw(st.booleans()):
        rows = [
            f"#TRANS {draw(accounts)} {draw(objects)} {value} {draw(days)} {draw(words)}\n"
            for value in ("1.00", "-1.00")
        ]
    return (
        head
        + opening
        + "".join(rows)
        + closing
        + draw(st.sampled_from(["", "", "\n", "#OKÄND 1\n", "rad\n"]))
    )


@st.composite
def files(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["", "#FLAGGA 0\n", "#KONTO 1930 Bank\n#UB 0 1930 5\n"]))
    return (
        head
        + "".join(draw(st.lists(vouchers(), max_size=5)))
        + draw(st.sampled_from(["", "}", "#KSUMMA 1\n", "\x1a"]))
    )


def regular(count: int = 2) -> st.SearchStrategy[str]:
    """Vouchers that the fast reader must not give up on."""
    row = st.tuples(
        st.sampled_from(["1930", "5020", '"5020"']), st.sampled_from(["{}", '{1 "10"}', '{"6" "P 1"}']),
        st.sampled_from(["", ' ""', " 20260131"]), st.sampled_from(["", ' "text, med"', r' "\"c\""', " bar"]),
    )  # fmt: skip
    return st.lists(st.tuples(row, row, st.integers(1, 10**12)), min_size=1, max_size=5).map(
        lambda pairs: "".join(
            f'#VER A {number} 20260131 "Köp"\n{{\n{_row(one, ore)}{_row(other, -ore)}}}\n'
            for number, (one, other, ore) in enumerate(pairs)
        )
    )


def _row(parts: tuple[str, str, str, str], ore: int) -> str:
    account, listed, day, text = parts
    sign = "-" if ore < 0 else ""
    written = f"{sign}{abs(ore) // 100}.{abs(ore) % 100:02d}"
    correction = '#BTRANS 1930 {} 5 "" "bort"\n' if ore % 3 == 0 else ""
    written = written.removesuffix(".00")
    return f"{correction}   #TRANS {account} {listed} {written}{day}{text if day else ''}\r\n"


def comparable(tally: Tally) -> dict[str, object]:
    plain = {name: getattr(tally, name) for name in Tally.__slots__}
    plain["sums"] = {month: dict(sums) for month, sums in tally.sums.items()}
    plain["rows"], plain["debits"] = dict(tally.rows), {m: ore for m, ore in tally.debits.items() if ore}
    return plain


@given(files())
@example('#VER A 1 20260131 ""\n{\n#TRANS 1930 {} 1.00\n#TRANS 1930 {} -1.00\n}\n')
def test_the_fast_reader_says_the_same_or_gives_up(text: str) -> None:
    exact = read_exact(text, 7, CONTEXT)
    try:
        fast = read_fast(text, 7, CONTEXT)
    except Irregular:
        return
    assert comparable(fast) == comparable(exact)


@given(regular())
def test_the_fast_reader_takes_regular_vouchers(text: str) -> None:
    assert comparable(read_fast(text, 1, CONTEXT)) == comparable(read_exact(text, 1, CONTEXT))


@given(files(), st.integers(1, 200))
def test_cutting_a_file_changes_nothing(text: str, size: int) -> None:
    folder = Path(tempfile.mkdtemp())
    source = folder / "a.se"
    source.write_bytes(text.encode())
    whole, joined, covered = read_exact(text, 1, CONTEXT), Tally(), 0
    lines: list[str] = []
    for part in stretches(source, size):
        assert part.offset == covered
        covered += part.length
        piece = source.read_bytes()[part.offset : part.offset + part.length].decode()
        found = read_exact(piece, part.row, CONTEXT, last=part.last)
        lines += found.lines
        joined.absorb(found)
    assert covered == len(text.encode())
    joined.lines = lines
    assert comparable(joined) == comparable(whole)
