"""Coded rows bound into balanced vouchers, as text ready for the file, with the sums by month and account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.outside import Outside, party_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from random import Random

    from uppsikt.demo.economy.postings import Pool

SUNDAY_EVE = 5  # weekday() of the first day off
Rows = list[tuple[str, str, int, str]]


@dataclass(slots=True)
class Book:
    """The vouchers of a year. `sums` is month booked -> account -> öre; a late voucher is booked a month later."""

    vouchers: list[tuple[int, str, str, str, str, int]] = field(default_factory=list)
    sums: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, booked: int, day: str, series: str, text: str, rows: Rows) -> None:
        """Put a voucher in; its rows sum to zero. Args: day: as the file writes it."""
        sums, lines = self.sums[booked], []
        for account, start, amount, label in rows:
            sums[account] += amount
            if amount < 0:
                lines.append(f'{start}-{-amount // 100}.{-amount % 100:02d} {day} "{label}"')
            else:
                lines.append(f'{start}{amount // 100}.{amount % 100:02d} {day} "{label}"')
        self.vouchers.append((booked, day, series, text, "\r\n".join(lines), len(rows)))

    def text(self, last: int) -> Iterator[tuple[str, int]]:
        """The vouchers booked to the month, numbered per series in the order they were booked, with their rows."""
        numbers: dict[str, int] = defaultdict(int)
        for booked, day, series, text, body, rows in sorted(self.vouchers, key=itemgetter(0, 1)):
            if booked <= last:
                numbers[series] += 1
                head = f'#VER "{series}" "{numbers[series]}" {day} "{text}"'
                yield f"{head}\r\n{{\r\n{body}\r\n}}\r\n", rows

    def totals(self, last: int) -> dict[str, int]:
        """Öre by account of what is booked to the month."""
        found: dict[str, int] = defaultdict(int)
        for month, sums in self.sums.items():
            if month <= last:
                for account, amount in sums.items():
                    found[account] += amount
        return found


def working_days(year: int, month: int) -> list[str]:
    """Monday to Friday but for the fixed days off, as the file writes them."""
    day, found = dt.date(year, month, 1), []
    while day.month == month:
        if day.weekday() < SUNDAY_EVE and (month, day.day) not in {(1, 1), (1, 6), (5, 1), (6, 6), (12, 25)}:
            found.append(f"{day:%Y%m%d}")
        day += dt.timedelta(days=1)
    return found


def bind(pool: Pool, year: int, rules: Mapping[str, Any], rng: Random) -> Book:
    """Every row in a voucher of its series, unit and month, and the month's payments."""
    book = Book()
    days: dict[int, list[str]] = {}
    late = rules["late"]
    number = str(rules["numbers"]["counterparty"])
    outside = Outside(rules["outside"], year, number)
    outside.settle(pool)
    for (month, name, body, _), rows in pool.items():
        party = party_of(rows[0][1], number)
        single = name.startswith("!")
        series = late["series"] if single else name
        rule = rules["series"][series]
        if month not in days:
            days[month] = working_days(year, month)
        for part in _parts(rows, 1 if single else rule["largest"], rng):
            day = _day(days[month], rule, rng)
            again = (
                series == late["series"] and month == late["month"] and rng.randrange(100) < late["percent"]
            )
            text = rule["text"] if "day" in rule else f"{rule['text']} {part[0][3].lower()}"
            text = part[0][3] if single else text
            settled = outside.settled(name, body, party, part)
            book.add(month + again, day, series, text, settled + _balance(sum(row[2] for row in part), rule))
    _clear(book, year, days, rules["clearing"])
    return book


def _parts(rows: Rows, largest: int, rng: Random) -> Iterator[Rows]:
    start, count, draw = 0, len(rows), rng.random
    least = 1 if largest < 10 else largest // 2
    while start < count:
        size = least + int(draw() * (largest - least + 1))
        yield rows[start : start + size]
        start += size


def _day(days: Sequence[str], rule: Mapping[str, Any], rng: Random) -> str:
    if "day" not in rule:
        return days[int(rng.random() * len(days))]
    return max(day for day in days if int(day[-2:]) <= rule["day"])


def _balance(total: int, rule: Mapping[str, Any]) -> Rows:
    rows: Rows = []
    if vat := rule.get("vat"):
        added = total * vat[1] // 100
        rows.append((vat[0], f"#TRANS {vat[0]} {{}} ", added, "Moms"))
        total += added
    parts: Sequence[tuple[str, int]] = list(rule["balance"].items())
    left = total
    for account, percent in parts[1:]:
        amount = total * percent // 100
        rows.append((account, f"#TRANS {account} {{}} ", -amount, rule["text"]))
        left -= amount
    account = parts[0][0]
    rows.append((account, f"#TRANS {account} {{}} ", -left, rule["text"]))
    return rows


def _clear(book: Book, year: int, months: Iterable[int], rule: Mapping[str, Any]) -> None:
    for month in sorted(months):
        rows: Rows = []
        for account in rule["of"]:
            if amount := book.sums[month].get(account, 0):
                rows.append((account, f"#TRANS {account} {{}} ", -amount, rule["text"]))
        total = -sum(row[2] for row in rows)
        account = rule["account"]
        rows.append((account, f"#TRANS {account} {{}} ", total, rule["text"]))
        book.add(month, working_days(year, month)[-1], rule["series"], rule["text"], rows)
