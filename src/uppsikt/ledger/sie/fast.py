"""Reads regular vouchers quickly, and gives up on anything that is not: then the exact reader reads the stretch.

One regular expression matches whole records in one call; values that come again (accounts, object lists, dates) are
looked up. What it returns is what `read_exact` returns, which a property test holds it to.
"""

from __future__ import annotations

import re

from uppsikt.ledger.sie.grammar import CONTROL, Malformed, amount_of, day_of, fields
from uppsikt.ledger.sie.tally import Context, Tally, coded, pairs
from uppsikt.ledger.staging import cell

_INNER = r'[^"\\\x00-\x1f\x7f]*+(?:\\"?+[^"\\\x00-\x1f\x7f]*+)*+'
_WORD = r'[^\s"{}\x00-\x1f\x7f]++'
_VALUE = rf'"{_INNER}"|{_WORD}'
_RECORD = re.compile(
    rf"""
    [ \t]*\#TRANS[ \t]++ ([0-9A-Za-z]++|"[0-9A-Za-z]++") [ \t]++ (\{{(?:{_WORD}|"{_INNER}"|[ \t]++)*+\}})
        [ \t]++ (-?[0-9]{{1,15}}+(?:\.[0-9]{{1,2}}+)?+) (?=[ \t\r\n])
        (?:[ \t]++ (""|[0-9]{{8}}|"[0-9]{{8}}") (?=[ \t\r\n]) (?:[ \t]++ ({_VALUE}) (?=[ \t\r\n])
        (?:[ \t]++ (?:{_VALUE}) (?=[ \t\r\n]))*+ )?+ )?+
        [ \t]*+\r?\n ([ \t]*+\}}[ \t]*+\r?\n)?+
    | [ \t]*\#VER[ \t]++ ({_VALUE}) [ \t]++ ({_VALUE}) [ \t]++ ([0-9]{{8}}|"[0-9]{{8}}") (?=[ \t\r\n])
        (?:[ \t]++ ({_VALUE}) (?=[ \t\r\n]) (?:[ \t]++ (?:{_VALUE}) (?=[ \t\r\n]))*+ )?+
        [ \t]*+\r?\n [ \t]*+\{{[ \t]*+\r?\n
    | ([^\n]*\n|[^\n]+\Z)
    """,
    re.VERBOSE,
)
_SIMPLE_LIST = re.compile(r'\{[ \t]*+(?:(?:"[^"\\]*+"|[^\s"{}]++)(?:[ \t]++|(?=\})))*+\}')
_MEMBER = re.compile(r'"([^"]*)"|([^ \t"{}]+)')


class Irregular(Exception):
    """The stretch holds something that needs the exact reader."""


def read_fast(text: str, first_row: int, context: Context) -> Tally:  # noqa: PLR0915 - one loop, for speed
    """The vouchers of `text`, whose first line has the number `first_row`. Raises: Irregular."""
    tally = Tally()
    lines, row = tally.lines, first_row - 1
    accounts: dict[str, str] = {}
    objects: dict[str, str] = {}
    days: dict[str, str] = {}
    row_days: set[str] = set()
    cells: dict[str, str] = {"": ""}
    total = before = debit = 0
    opened = False
    head = tail = month = ""
    sums: dict[str, int] = tally.sums[month]
    for (
        account,
        members,
        written,
        row_day,
        words,
        close,
        series,
        number,
        day,
        about,
        other,
    ) in _RECORD.findall(text):
        if account:
            row += 1
            codes = objects.get(members)
            if codes is None:
                codes = objects[members] = _codes(members, context, tally)
            plain = accounts.get(account)
            if plain is None:
                plain = accounts[account] = account.strip('"')
            if row_day and row_day not in row_days:
                _check_row_day(row_day)
                row_days.add(row_day)
            said = cells.get(words)
            if said is None:
                said = cells[words] = _cell(words)
            ore = int(written[:-3] + written[-2:]) if written[-3:-2] == "." else _ore(written)
            total += ore
            sums[plain] += ore
            if ore > 0:
                debit += ore
            lines.append(f"{row},{head}{plain},{codes},{ore},{said},{tail}")
            if close:
                row += 1
                if total or not opened:
                    raise Irregular
                opened = False
        elif day:
            if opened:
                raise Irregular
            row += 2
            tally.vouchers += 1
            opened = True
            iso = days.get(day)
            if iso is None:
                iso = days[day] = _day(day, context)
            if iso[:7] != month:
                tally.debits[month] += debit
                tally.rows[month] += len(lines) - before
                month, debit, before = iso[:7], 0, len(lines)
                sums = tally.sums[month]
            said = cells.get(series)
            if said is None:
                said = cells[series] = _cell(series)
            head = f"{iso},{said},{number if number.isalnum() else _cell(number)},"
            said = cells.get(about)
            if said is None:
                said = cells[about] = _cell(about)
            tail = f"{said}\n"
        else:
            row += 1
            mark = other.strip(" \t\r\n")
            if mark == "}" and opened and not total:
                opened = False
            elif mark:
                _check_correction(mark, opened=opened)
                tally.corrections += 1
    if opened:
        raise Irregular
    tally.debits[month] += debit
    tally.rows[month] += len(lines) - before
    _settle(tally, days)
    return tally


def _settle(tally: Tally, days: dict[str, str]) -> None:
    """Leave the tally as the exact reader would: no month before the first voucher."""
    for figures in (tally.debits, tally.rows, tally.sums):
        figures.pop("", None)
    tally.count = len(tally.lines)
    tally.days = set(days.values())


def _codes(written: str, context: Context, tally: Tally) -> str:
    if _SIMPLE_LIST.fullmatch(written):
        members = tuple([quoted or bare for quoted, bare in _MEMBER.findall(written)])
    else:
        listed = fields(f"# {written}")[1]
        members = listed if isinstance(listed, tuple) else (listed,)
    found = coded(members, context.dimensions)
    if found is None:
        raise Irregular
    tally.objects.update(pairs(members))
    return found


def _day(written: str, context: Context) -> str:
    found = day_of(written.strip('"'))
    if found is None or not context.within_year(found):
        raise Irregular
    return found


def _check_row_day(written: str) -> None:
    plain = written.strip('"')
    if plain and not day_of(plain):
        raise Irregular


def _ore(written: str) -> int:
    found = amount_of(written)
    if found is None:
        raise Irregular
    return found


def _check_correction(record: str, *, opened: bool) -> None:
    """A regular #BTRANS or #RTRANS within a voucher, which is not counted. Raises: Irregular for anything else."""
    if (
        not opened
        or not record.startswith(("#BTRANS ", "#RTRANS ", "#BTRANS\t", "#RTRANS\t"))
        or CONTROL.search(record)
    ):
        raise Irregular
    open_quotes: list[str] = []
    try:
        fields(record, open_quotes)
    except Malformed:
        raise Irregular from None
    if open_quotes:
        raise Irregular


def _cell(written: str) -> str:
    if written.startswith('"'):
        written = written[1:-1]
        if "\\" in written:
            written = written.replace('\\"', '"')
    return cell(written)
