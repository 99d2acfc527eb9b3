"""Rows and budgets out of stated balances: each krona once, though a file may state it both whole and in parts."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping

from uppsikt.ledger.sie.head import Head, Period
from uppsikt.ledger.sie.tally import Context, Tally, coded
from uppsikt.ledger.staging import CODING, Budget, cell

SERIES = "SALDO"


def once(periods: Iterable[Period], dimensions: Mapping[int, str]) -> list[Period]:
    """The amounts of each month and account, counted once.

    A row without objects is the account's total. Object rows part that total, possibly in several ways side by side
    (per cost centre, and again per project): the finest way that the dimensions can hold is used, and what it leaves
    of the total becomes a row without objects. Source: SIE 4B, 11 (#PSALDO), STANDARDS: {} and object rows never add.
    """
    groups: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for one in periods:
        groups[one.month, one.account].append(one)
    found: list[Period] = []
    for rows in groups.values():
        ways: dict[frozenset[str], list[Period]] = defaultdict(list)
        for one in rows:
            ways[frozenset(one.members[::2])].append(one)
        totals = ways.pop(frozenset(), [])
        if not ways:
            found += totals
            continue
        finest = max(ways, key=lambda way: (len(_columns(way, dimensions)), len(way)))
        found += ways[finest]
        if totals:
            remainder = sum(one.ore for one in totals) - sum(one.ore for one in ways[finest])
            if remainder:
                total = totals[0]
                found.append(Period(total.row, total.month, total.account, (), remainder))
    return sorted(found, key=lambda one: one.row)


def _columns(way: frozenset[str], dimensions: Mapping[int, str]) -> set[str]:
    return {dimensions[int(number)] for number in way if number.isdigit() and int(number) in dimensions}


def rows_of(head: Head, kind: str, last_day: str, context: Context) -> Tally:
    """The balances of a file of type 1, 2 or 3 as rows: series SALDO, dated the last day of their month."""
    if kind == "1" or not head.balances:
        periods = [
            Period(row, last_day.replace("-", "")[:6], account, (), ore)
            for account, (row, ore) in head.result.items()
        ]
    elif kind == "2":
        periods = [one for one in head.balances if not one.members]
    else:
        periods = once(head.balances, context.dimensions)
    tally = Tally()
    for one in periods:
        codes = coded(one.members, context.dimensions)
        if codes is None:
            tally.refuse(
                context, one.row, "objects", "Objektlistan är inte par av dimension och objekt, en gång vardera.",
                "Exportera filen på nytt ur ekonomisystemet.",
            )  # fmt: skip
            continue
        day = month_end(one.month)
        if not context.within_year(day) and not context.within_year(f"{day[:7]}-01"):
            tally.warn(
                context,
                one.row,
                "outside-year",
                f"Perioden {one.month} ligger utanför räkenskapsåret och lästes inte.",
            )
            continue
        if one.members:
            tally.objects.add(one.members)
        tally.days.add(day)
        tally.sums[day[:7]][one.account] += one.ore
        tally.rows[day[:7]] += 1
        tally.debits[day[:7]] += max(0, one.ore)
        tally.count += 1
        tally.lines.append(f"{one.row},{day},{SERIES},{day[5:7]},{cell(one.account)},{codes},{one.ore},,\n")
    return tally


def budgets_of(head: Head, dimensions: Mapping[int, str]) -> tuple[Budget, ...]:
    """The current year's #PBUDGET, each krona once."""
    found = []
    for one in once(head.budgets, dimensions):
        pairs = zip(one.members[::2], one.members[1::2], strict=False)
        columns = {dimensions[int(n)]: value for n, value in pairs if n.isdigit() and int(n) in dimensions}
        ordered = {column: columns[column] for column in CODING if columns.get(column)}
        found.append((int(one.month[4:]), one.account, ordered, one.ore))
    return tuple(found)


def month_end(month: str) -> str:
    """The ISO date of the last day of "YYYYMM"."""
    year, number = int(month[:4]), int(month[4:6])
    return f"{year:04d}-{number:02d}-{calendar.monthrange(year, number)[1]:02d}"
