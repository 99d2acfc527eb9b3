"""Checks an extract and stages its rows for the ledger's store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger.extract.preview import COLUMNS, heading_place
from uppsikt.ledger.extract.table import Cell, Table, Unreadable, table_of
from uppsikt.ledger.extract.values import code_of, iso_day, ore_of
from uppsikt.ledger.rows import DIMENSIONS
from uppsikt.ledger.sie.writing import amount
from uppsikt.ledger.staging import HEADING, LARGEST_ORE, PROBLEM_LIMIT, Staged, capped, cell, discard

_EVERY = 10_000
_HEAD_ROWS = 30
_SUMS = ("summa", "total", "totalt", "sum")
_AMOUNTS = "Skriv belopp som 1 234,50 eller -1234.50, med högst två decimaler."


def stage_extract(
    source: Path,
    target: Path,
    *,
    name: str = "",
    mapping: Mapping[str, str],
    year: int,
    progress: Callable[[int, int], None] | None = None,
) -> Staged:
    """Read and check `source`; write its rows as one staged file in the folder `target`.

    Args:
        name: the file's own name, where `source` is a stored copy.
        mapping: column -> heading; `preview.COLUMNS` lists the columns. Amounts are `amount` (debit +, credit -), or
            `debit` and `credit`.
        year: the calendar year that every date must lie in.
        progress: called with rows read and 0 (how many there are is not known).

    Returns: with problems, and then no files, when the extract must not be let in.
    """
    reader = _Reader(name or source.name, year, dict(mapping))
    file = target / "part-00001.csv"
    target.mkdir(parents=True, exist_ok=True)
    facts: dict[str, str] = {}
    try:
        table = table_of(source)
        facts = table.facts
        with file.open("w", encoding="utf-8", newline="") as out:
            out.write(HEADING)
            for number, line in enumerate(reader.lines(table), 1):
                out.write(line)
                if progress and number % _EVERY == 0:
                    progress(number, 0)
    except Unreadable as fault:
        reader.refuse(
            None, "", "unreadable", str(fault), "Välj en CSV-fil eller en Excelfil med rubriker på en rad."
        )
    reader.check_vouchers()
    staged = reader.staged(file, facts)
    if staged.problems:
        discard([file])
    return staged


@dataclass(slots=True)
class _Reader:
    """Goes through the rows once, and gathers what is said of them."""

    name: str
    year: int
    mapping: dict[str, str]
    places: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    debits: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    codes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    vouchers: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    total: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, row: int | None, column: str, code: str, message: str, remedy: str) -> None:
        """Note a problem in a row and the heading that `column` is mapped to."""
        if len(self.problems) < PROBLEM_LIMIT:
            where = Where(self.name, row, self.mapping.get(column, ""))
            self.problems.append(Problem(code, where, message, remedy))
        else:
            self.more += 1

    def lines(self, table: Table) -> Iterator[str]:
        """The staged line of every row that has no fault."""
        rows = table.rows()
        start = [one for _, one in zip(range(_HEAD_ROWS), rows, strict=False)]
        place = heading_place([cells for _, cells in start]) if start else 0
        if not start or not self._find_columns(*start[place]):
            return
        width = len(start[place][1])
        for number, cells in start[place + 1 :]:
            line = self._line(number, cells, width)
            if line:
                yield line
        for number, cells in rows:
            line = self._line(number, cells, width)
            if line:
                yield line

    def _find_columns(self, row: int, cells: list[Cell]) -> bool:
        headings = {code_of(one).casefold(): place for place, one in reversed(list(enumerate(cells)))}
        for column, heading in self.mapping.items():
            place = headings.get(" ".join(heading.split()).casefold())
            if column not in COLUMNS:
                self.refuse(
                    row, "", "column", f"Kolumnen {column} finns inte.", f"Välj bland {', '.join(COLUMNS)}."
                )
            elif place is None:
                self.refuse(
                    row,
                    column,
                    "heading",
                    f"Rubriken ”{heading}” finns inte i filen.",
                    "Välj bland filens rubriker.",
                )
            else:
                self.places[column] = place
        wanted = {"date": "datum", "account": "konto"}
        if not {"amount", "debit", "credit"} & self.mapping.keys():
            wanted["amount"] = "belopp (eller debet och kredit)"
        for column, called in wanted.items():
            if column not in self.mapping:
                self.refuse(
                    row, "", "unmapped", f"Ingen rubrik är vald för {called}.", "Välj den rubrik som gäller."
                )
        return not self.problems

    def _line(self, row: int, cells: list[Cell], width: int) -> str:
        places = self.places
        if len(cells) > width and any(code_of(one) for one in cells[width:]):
            self.refuse(
                row, "", "width", f"Raden har {len(cells)} fält men rubrikerna är {width}.",
                "En text innehåller skiljetecknet: sätt den inom citattecken.",
            )  # fmt: skip
            return ""
        if len(cells) <= max(places.values()):
            if self._is_sum(cells):
                return ""
            self.refuse(
                row,
                "",
                "width",
                f"Raden har {len(cells)} fält men rubrikerna är {width}.",
                "Fyll ut eller ta bort raden.",
            )
            return ""
        values = {column: code_of(cells[place]) for column, place in places.items()}
        if not values["account"] and self._is_sum(cells):
            return ""
        day, ore = self._day(row, cells), self._amount(row, cells, values)
        if not values["account"]:
            self.refuse(row, "account", "account", "Konto saknas.", "Fyll i kontot.")
        if day is None or ore is None or not values["account"]:
            return ""
        self._gather(row, day, ore, values)
        head = f"{row},{day},{cell(values.get('series', ''))},{cell(values.get('number', ''))}"
        coded = ",".join(cell(values.get(column, "")) for column in DIMENSIONS)
        texts = f"{cell(values.get('text', ''))},{cell(values.get('voucher_text', ''))}"
        return f"{head},{coded},{ore},{texts}\n"

    def _is_sum(self, cells: list[Cell]) -> bool:
        first = next((code_of(one) for one in cells if code_of(one)), "")
        found = first.casefold().rstrip(":").split(" ")[0] in _SUMS
        self.skipped += found
        return found

    def _day(self, row: int, cells: list[Cell]) -> str | None:
        value = cells[self.places["date"]]
        day = iso_day(value)
        if day is None:
            said = code_of(value)
            message = f"Datumet ”{said}” finns inte." if said else "Datum saknas."
            self.refuse(row, "date", "date", message, "Datum skrivs som 2026-01-31.")
        elif int(day[:4]) != self.year:
            self.refuse(
                row, "date", "outside-year", f"Datumet {day} ligger utanför året {self.year}.",
                "Hämta ut rätt år, eller rätta datumet.",
            )  # fmt: skip
            return None
        return day

    def _amount(self, row: int, cells: list[Cell], values: Mapping[str, str]) -> int | None:
        given = [column for column in ("amount", "debit", "credit") if values.get(column)]
        if not given:
            asked = next(one for one in ("amount", "debit", "credit") if one in self.places)
            self.refuse(row, asked, "amount", "Belopp saknas.", "Fyll i beloppet, eller ta bort raden.")
            return None
        total = 0
        for column in given:
            ore = ore_of(cells[self.places[column]])
            if ore is None or abs(ore) > LARGEST_ORE:
                self.refuse(row, column, "amount", f"Beloppet ”{values[column]}” kan inte läsas.", _AMOUNTS)
                return None
            total += -ore if column == "credit" else ore
        return total

    def _gather(self, row: int, day: str, ore: int, values: Mapping[str, str]) -> None:
        self.rows += 1
        self.total += ore
        month = int(day[5:7])
        self.counts[month] += 1
        if ore > 0:
            self.debits[month] += ore
        for column in DIMENSIONS:
            value = values.get(column)
            if value and not self.codes[column].get(value):
                self.codes[column][value] = values.get(f"{column}_name", "")
        if "number" in self.places:
            voucher = self.vouchers.setdefault((values.get("series", ""), values["number"]), [0, row])
            voucher[0] += ore

    def check_vouchers(self) -> None:
        """Each voucher sums to zero; an extract that as a whole does not, and mostly not, is only part of the ledger."""
        if "number" not in self.places:
            if self.total:
                self._warn(
                    "unbalanced",
                    f"Utdraget saknar verifikationsnummer och summerar till {amount(self.total)}.",
                )
            return
        faulty = [(row, key, ore) for key, (ore, row) in self.vouchers.items() if ore]
        if self.total and len(faulty) * 2 >= len(self.vouchers):
            self._warn(
                "partial", f"{len(faulty)} av {len(self.vouchers)} verifikationer balanserar inte: utdraget innehåller"
                " bara en del av kontona, så att balansen inte kan kontrolleras.",
            )  # fmt: skip
            return
        for row, (series, number), ore in sorted(faulty):
            self.refuse(
                row, "number", "unbalanced",
                f"Verifikationen {f'{series} {number}'.strip()} balanserar inte: debet minus kredit är {amount(ore)}.",
                "Hämta ut hela verifikationen, eller rätta den i ekonomisystemet.",
            )  # fmt: skip

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append(Problem(code, Where(self.name), message))

    def staged(self, file: Path, facts: Mapping[str, str]) -> Staged:
        """The summary of all that was read."""
        if self.skipped:
            self._warn("sums", f"{self.skipped} summarader lästes inte.")
        if not self.rows and not self.problems:
            self.refuse(
                None, "", "empty", "Filen innehåller inga rader.", "Välj en fil med rader under rubrikerna."
            )
        problems = capped(self.problems, self.more, file=self.name)
        return Staged(
            files=() if problems else (file,),
            format="extract",
            year=self.year,
            first=min(self.counts, default=0),
            last=max(self.counts, default=0),
            rows=self.rows,
            vouchers=len(self.vouchers),
            debit_ore=sum(self.debits.values()),
            months={month: (self.counts[month], self.debits[month]) for month in sorted(self.counts)},
            codes={column: dict(sorted(names.items())) for column, names in self.codes.items()},
            used={column: frozenset(names) for column, names in self.codes.items()},
            facts=dict(facts),
            warnings=tuple(self.warnings),
            problems=problems,
        )
