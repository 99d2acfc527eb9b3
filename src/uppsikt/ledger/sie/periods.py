"""Rows and budgets out of stated balances: each krona once, though a file may state it both whole and in parts."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping

from uppsikt.ledger.sie.head import Head, Period
from uppsikt.ledger.sie.tally import Context, Tally, coded, pairs
from uppsikt.ledger.staging import CODING, LARGEST_ORE, Budget, cell

SERIES = "SALDO"


def empty_is_total(periods: Iterable[Period], stated: Mapping[str, int]) -> bool:
    """Whether rows without objects are their account's total, as SIE 4B says, or only what has no object.

    Programs write both. The accounts' own yearly changes in the file tell: they agree either with the rows without
    objects, or with all rows together. Where nothing tells, the standard holds.
    """
    bare: dict[str, int] = defaultdict(int)
    parts: dict[str, int] = defaultdict(int)
    for one in periods:
        (parts if one.members else bare)[one.account] += one.ore
    votes = 0
    for account in bare.keys() & parts.keys() & stated.keys():
        votes += (bare[account] == stated[account]) - (bare[account] + parts[account] == stated[account])
    return votes >= 0


def once(periods: Iterable[Period], dimensions: Mapping[int, str], *, totals: bool = True) -> list[Period]:
    """The amounts of each month and account, counted once.

    Where rows without objects are totals, object rows part them, possibly in several ways side by side (per cost
    centre, and again per project). Parts that together make the total are all kept; else the finest way that the
    dimensions can hold is, and what it leaves of the total becomes a row without objects.
    """
    listed = list(periods)
    if not totals:
        return listed
    groups: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for one in listed:
        groups[one.month, one.account].append(one)
    return sorted(
        (one for rows in groups.values() for one in _parted(rows, dimensions)),
        key=lambda one: (one.row, one.members),
    )


def _parted(rows: list[Period], dimensions: Mapping[int, str]) -> list[Period]:
    whole = [one for one in rows if not one.members]
    parts = [one for one in rows if one.members]
    if not parts:
        return whole
    ways: dict[frozenset[str], list[Period]] = defaultdict(list)
    for one in parts:
        ways[frozenset(one.members[::2])].append(one)
    total = sum(one.ore for one in whole)
    if _sum(parts) == total if whole else not _overlapping(ways):
        return parts
    kept = ways[max(ways, key=lambda way: (len(_columns(way, dimensions)), len(way)))]
    left = total - _sum(kept) if whole else 0
    if left:
        kept = [Period(whole[0].row, whole[0].month, whole[0].account, (), left), *kept]
    return kept


def _sum(rows: Iterable[Period]) -> int:
    return sum(one.ore for one in rows)


def _overlapping(ways: Mapping[frozenset[str], list[Period]]) -> bool:
    """Whether ways that share no dimension sum alike: then they part the same total twice."""
    first, *others = ways
    return bool(others) and all(not first & way and _sum(ways[way]) == _sum(ways[first]) for way in others)


def _columns(way: frozenset[str], dimensions: Mapping[int, str]) -> set[str]:
    return {dimensions[int(number)] for number in way if number.isdigit() and int(number) in dimensions}


def rows_of(head: Head, kind: str, last_day: str, context: Context, *, totals: bool) -> Tally:
    """The balances of a file of type 1, 2 or 3 as rows: series SALDO, dated the last day of their month.

    Source: SIE 4B, chapter 11 (#PSALDO: the change within the period; type 2 has no objects).
    """
    if kind == "1" or not head.balances:
        periods = [
            Period(row, last_day.replace("-", "")[:6], account, (), ore)
            for account, (row, ore) in head.result.items()
        ]
    elif kind == "2":
        periods = [one for one in head.balances if not one.members]
    else:
        periods = once(head.balances, context.dimensions, totals=totals)
    tally = Tally()
    for one in periods:
        codes = coded(one.members, context.dimensions)
        if codes is None:
            tally.refuse(
                context, one.row, "objects", "Objektlistan är inte par av dimension och objekt, en gång vardera.",
                "Exportera filen på nytt ur ekonomisystemet.",
            )  # fmt: skip
            continue
        if abs(one.ore) > LARGEST_ORE:
            tally.refuse(
                context,
                one.row,
                "amount",
                "Beloppet är större än vad som kan läsas in.",
                "Rätta posten i filen.",
            )
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
        tally.objects.update(pairs(one.members))
        tally.days.add(day)
        tally.sums[day[:7]][one.account] += one.ore
        tally.rows[day[:7]] += 1
        tally.debits[day[:7]] += max(0, one.ore)
        tally.count += 1
        tally.lines.append(f"{one.row},{day},{SERIES},{day[5:7]},{cell(one.account)},{codes},{one.ore},,\n")
    return tally


def budgets_of(head: Head, dimensions: Mapping[int, str], *, totals: bool) -> tuple[Budget, ...]:
    """The current year's #PBUDGET, each krona once."""
    found = []
    for one in once(head.budgets, dimensions, totals=totals):
        pairs = zip(one.members[::2], one.members[1::2], strict=False)
        columns = {dimensions[int(n)]: value for n, value in pairs if n.isdigit() and int(n) in dimensions}
        ordered = {column: columns[column] for column in CODING if columns.get(column)}
        found.append((int(one.month[4:]), one.account, ordered, one.ore))
    return tuple(found)


def month_end(month: str) -> str:
    """The ISO date of the last day of "YYYYMM"."""
    year, number = int(month[:4]), int(month[4:6])
    return f"{year:04d}-{number:02d}-{calendar.monthrange(year, number)[1]:02d}"
