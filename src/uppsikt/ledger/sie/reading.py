"""Reads a SIE file of type 1-4 and stages its rows for the ledger's store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger import encoding as encodings
from uppsikt.ledger.sie import checks
from uppsikt.ledger.sie.grammar import day_of
from uppsikt.ledger.sie.head import Head, read_head
from uppsikt.ledger.sie.periods import budgets_of, empty_is_total, month_end, rows_of
from uppsikt.ledger.sie.stretches import SIZE, Stretch, stretches
from uppsikt.ledger.sie.tally import Context, Tally
from uppsikt.ledger.sie.vouchers import read_exact
from uppsikt.ledger.sie.work import Job, read_all
from uppsikt.ledger.staging import HEADING, Staged, capped, discard

_WORKERS = 4
_LOOK = 1 << 18
_LONGEST_YEAR = 18
"""Months of the longest fiscal year (bokföringslagen 1999:1078, 3 kap. 3 §)."""

Progress = Callable[[int, int], None]


def look_sie(source: Path, *, name: str = "", encoding: str | None = None) -> dict[str, str]:
    """What the file's head says, quickly: type, company, org_number, year, program, encoding. Empty when not SIE."""
    name = name or source.name
    if checks.not_sie(source, name):
        return {}
    used = encoding or encodings.guess(source)
    with source.open("rb") as data:
        start = data.read(_LOOK)
    context, scratch = Context(name, used, {}), Tally()
    begun = read_exact(start.decode(encodings.codec(used), "replace"), 1, context)
    head = read_head(begun.others, context, scratch)
    vouchers = b"#VER" in start
    return _facts(head, used) | {"type": checks.type_of(head, name, vouchers=vouchers)}


def stage_sie(
    source: Path,
    target: Path,
    *,
    name: str = "",
    dimensions: Mapping[int, str],
    encoding: str | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
    exact: bool = False,
) -> Staged:
    """Read and check `source`; write its rows as staged files in the folder `target`.

    Args:
        name: the file's own name, where `source` is a stored copy; its ending tells 4E from 4I.
        dimensions: SIE dimension number -> column of an entry (cost_centre, activity, project, ... own4).
        encoding: a Python codec to read with instead of the guessed one.
        progress: called with bytes read and bytes in all.
        workers: processes; by default one for each processor, at most four, and none for a small file.
        exact: read every record by the exact grammar.

    Returns: with problems, and then no files, when the file must not be let in.
    """
    name = name or source.name
    problem = checks.not_sie(source, name)
    if encoding and not encodings.known(encoding):
        message = f"Teckenkodningen {encoding} finns inte."
        problem = Problem("encoding", Where(name), message, "Välj cp437, utf-8 eller latin-1.")
    if problem:
        return Staged((), "sie", 0, 0, 0, problems=(problem,))
    used = encoding or encodings.guess(source)
    context = Context(name, used, dict(dimensions))
    target.mkdir(parents=True, exist_ok=True)
    parts = stretches(source)
    begun, context = _head(source, next(parts), context)
    files: list[Path] = []
    tally = begun
    size = source.stat().st_size
    count = workers if workers is not None else min(_WORKERS, os.cpu_count() or 1)
    jobs = _jobs(source, parts, context, target, exact=exact)
    for job, found in read_all(jobs, count if size > 2 * SIZE else 1):
        tally.absorb(found)
        files.append(job.target)
        if progress:
            progress(job.stretch.offset + job.stretch.length, size)
    staged = _settled(source, files, target, tally, context)
    if staged.problems:
        discard(files)
        return replace(staged, files=())
    return staged


def _head(source: Path, part: Stretch, context: Context) -> tuple[Tally, Context]:
    """What stands before the vouchers, and the context with the fiscal year that it states."""
    with source.open("rb") as data:
        text = data.read(part.length).decode(encodings.codec(context.encoding), "replace")
    begun = read_exact(text, 1, context, last=part.last)
    head = read_head(begun.others, context, Tally())
    if head.year:
        context = replace(context, first_day=head.year[0], last_day=head.year[1])
    return begun, context


def _jobs(
    source: Path, parts: Iterator[Stretch], context: Context, target: Path, *, exact: bool
) -> Iterator[Job]:
    for number, part in enumerate(parts, 1):
        yield Job(source, part, context, target / f"part-{number:05d}.csv", exact)


def _settled(source: Path, files: list[Path], target: Path, tally: Tally, context: Context) -> Staged:
    head = read_head(tally.others, context, tally)
    kind = checks.type_of(head, context.name, vouchers=bool(tally.vouchers))
    fault = checks.checksum(source, head, context)
    if fault:
        tally.problems.append(fault)
    year = _year(head, tally, kind, context)
    totals = empty_is_total(head.balances, checks.stated_changes(head))
    if year and kind in {"1", "2", "3"}:
        last = day_of(head.facts.get("covers_to", "")) or year[1]
        stated = rows_of(
            head, kind, last, replace(context, first_day=year[0], last_day=year[1]), totals=totals
        )
        files.append(target / "part-00000.csv")
        files[-1].write_text(HEADING + "".join(stated.lines), encoding="utf-8")
        tally.absorb(stated)
    agree = ""
    if kind not in {"1", "4I"} and head.stated and (tally.count or head.balances):
        agree = "yes" if checks.warn_of_totals(head, tally, context) else "no"
    if not tally.count and not tally.problems:
        tally.warn(context, 0, "empty", "Filen innehåller inga verifikationer eller saldon att läsa in.")
    checks.warn_of_codes(head, tally, context, kind=kind)
    facts = _facts(head, context.encoding) | {
        "type": kind,
        "totals_agree": agree,
        "corrections": str(tally.corrections) if tally.corrections else "",
        "checksum": "" if not head.checksums else "no" if fault else "yes",
    }
    first, last_month = _months(head, tally, kind, year)
    codes, used = _codes(head, tally, context.dimensions)
    return Staged(
        files=tuple(one for one in files if one.exists()),
        format=f"sie{kind.lower()}",
        year=int(year[1][:4]) if year else 0,
        first=first,
        last=last_month,
        rows=tally.count,
        vouchers=tally.vouchers,
        debit_ore=sum(tally.debits.values()),
        months=_by_month(tally),
        codes=codes,
        used=used,
        closing={account: ore for account, (_, ore) in head.closing.items()},
        result={account: ore for account, (_, ore) in head.result.items()},
        opening={account: ore for account, (_, ore) in head.opening.items()},
        budgets=budgets_of(head, context.dimensions, totals=totals),
        facts={key: value for key, value in facts.items() if value},
        warnings=tuple(_said(problem, times) for problem, times in tally.warnings.values()),
        problems=capped(tally.problems, tally.more_problems, file=context.name),
    )


def _facts(head: Head, used: str) -> dict[str, str]:
    dimensions = "; ".join(f"{number} {name}" for number, name in sorted(head.dimensions.items()))
    year = f"{head.year[0]}–{head.year[1]}" if head.year else ""
    facts = head.facts | {"encoding": used, "year": year, "dimensions": dimensions}
    return {key: value for key, value in facts.items() if value}


def _year(head: Head, tally: Tally, kind: str, context: Context) -> tuple[str, str] | None:
    """The fiscal year: as stated, else the calendar year that the rows lie in."""
    if head.year:
        outside = [day for day in tally.days if not head.year[0] <= day <= head.year[1]]
        if outside and not tally.problems:  # the year was stated after the vouchers
            tally.refuse(
                context, head.year_row, "outside-year", f"Verifikationer ligger utanför räkenskapsåret, som {min(outside)}.",
                "Exportera rätt räkenskapsår.",
            )  # fmt: skip
        if head.year[0][5:] != "01-01" or head.year[1][5:] != "12-31" or head.year[0][:4] != head.year[1][:4]:
            tally.warn(
                context,
                0,
                "broken-year",
                f"Räkenskapsåret {head.year[0]}–{head.year[1]} är inte ett kalenderår.",
            )
        return head.year
    days = set(tally.days)
    days |= {month_end(one.month) for one in head.balances}
    stated = day_of(head.facts.get("covers_to", ""))
    if stated:
        days.add(stated)
    years = sorted({day[:4] for day in days})
    first, last = min(days, default=""), max(days, default="")
    if years and (len(years) == 1 or (kind == "4I" and _months_between(first, last) < _LONGEST_YEAR)):
        year = (f"{first[:7] if len(years) > 1 else f'{first[:4]}-01'}-01", f"{last[:4]}-12-31")
        if kind != "4I" or len(years) > 1:
            tally.warn(
                context, 0, "year", f"Filen anger inget räkenskapsår (#RAR 0); {year[0]}–{year[1]} antogs."
            )
        return year
    if not tally.problems:
        what = (
            f"och verifikationerna ligger i flera år ({', '.join(years)})"
            if years
            else "och har inga verifikationer"
        )
        tally.refuse(
            context,
            1,
            "year",
            f"Filen anger inget räkenskapsår (#RAR 0) {what}.",
            "Exportera ett år i taget.",
        )
    return None


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + 12 - int(first[5:7])


def _months(head: Head, tally: Tally, kind: str, year: tuple[str, str] | None) -> tuple[int, int]:
    if not year:
        return 0, 0
    months = sorted(int(month[5:7]) for month in tally.rows)
    if kind == "4I":
        return (months[0], months[-1]) if months else (1, 12)
    if year[0][:4] != year[1][:4] or year[0][5:7] != "01":
        return 1, 12
    covers = day_of(head.facts.get("covers_to", ""))
    last = int(covers[5:7]) if covers and year[0] <= covers <= year[1] else int(year[1][5:7])
    return 1, max(last, *months, 1)


def _by_month(tally: Tally) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for month in sorted(tally.rows):
        rows, debit = found.get(int(month[5:7]), (0, 0))
        found[int(month[5:7])] = rows + tally.rows[month], debit + tally.debits[month]
    return dict(sorted(found.items()))


def _codes(
    head: Head, tally: Tally, dimensions: Mapping[int, str]
) -> tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]:
    """Every value declared or used, with its name, and those used, by column."""
    accounts = {account for sums in tally.sums.values() for account in sums}
    codes = {"account": dict.fromkeys(sorted(accounts), "") | head.accounts}
    used = {"account": accounts}
    for (number, value), called in head.objects.items():
        if number in dimensions:
            codes.setdefault(dimensions[number], {})[value] = called
    for written, value in sorted(tally.objects):
        column = dimensions.get(int(written))
        if column and value:
            used.setdefault(column, set()).add(value)
            codes.setdefault(column, {}).setdefault(value, "")
    return codes, {column: frozenset(values) for column, values in used.items()}


def _said(problem: Problem, times: int) -> Problem:
    if times == 1:
        return problem
    return replace(problem, message=f"{problem.message} (och {times - 1} till)")
