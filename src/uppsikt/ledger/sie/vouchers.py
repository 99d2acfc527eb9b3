"""Reads vouchers record by record: slow, exact, and with something to say of every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from uppsikt.ledger.sie.grammar import CONTROL, Field, Malformed, amount_of, day_of, fields, loose_amount_of
from uppsikt.ledger.sie.tally import Context, Tally, coded, pairs
from uppsikt.ledger.sie.writing import amount
from uppsikt.ledger.staging import LARGEST_ORE, cell

_VOUCHER = re.compile(r"[ \t]*#VER[ \t]")
_EXPORT_AGAIN = "Exportera filen på nytt ur ekonomisystemet."
_CORRECT = "Rätta verifikationen i ekonomisystemet och exportera på nytt."


@dataclass(slots=True)
class _Voucher:
    row: int
    head: str
    tail: str
    month: str
    name: str
    faulty: bool = False
    opened: bool = False
    total: int = 0
    ready: list[tuple[str, int, str]] = field(default_factory=list)


def read_exact(text: str, first_row: int, context: Context, *, last: bool = True) -> Tally:
    """Everything in `text`, whose first line has the number `first_row` in the file.

    Args: last: the file ends here, so that a voucher still open is cut off.
    """
    reader = _Reader(context, Tally())
    rows = text.split("\n")
    if rows and not rows[-1]:
        rows.pop()
    reader.read(enumerate(rows, first_row))
    reader.end(cut_off=last)
    return reader.tally


class _Reader:
    """A state machine over records: outside vouchers, after #VER, or within its braces."""

    def __init__(self, context: Context, tally: Tally) -> None:
        self.context, self.tally = context, tally
        self.voucher: _Voucher | None = None

    def read(self, rows: Iterable[tuple[int, str]]) -> None:
        for row, line in rows:
            open_quotes: list[str] = []
            try:
                record = fields(self._clean(row, line), open_quotes)
            except Malformed as fault:
                if _VOUCHER.match(line):
                    self.end(cut_off=False)
                    self.voucher = _Voucher(row, "", "", "", "")
                self._refuse(row, "malformed", fault.message, fault.remedy)
                if self.voucher:
                    self.voucher.faulty = True
                continue
            if open_quotes:
                self.tally.warn(
                    self.context,
                    row,
                    "open-quote",
                    "Ett citattecken avslutas inte; texten lästes till radens slut.",
                )
            if record:
                self._record(row, record)

    def end(self, *, cut_off: bool) -> None:
        """The stretch is over: a voucher may not be."""
        if self.voucher:
            name = self.voucher.name
            message = f"Verifikationen {name} avslutas inte med en klammer."
            if cut_off:
                message = f"Filen slutar mitt i verifikationen {name}: den är avklippt."
            self._refuse(self.voucher.row, "open-voucher", message, _EXPORT_AGAIN)
            self.voucher = None

    def _clean(self, row: int, line: str) -> str:
        line = line.removesuffix("\r").strip("\x1a\ufeff")
        if CONTROL.search(line):
            self.tally.warn(self.context, row, "control", "Otillåtna styrtecken lästes som mellanslag.")
            line = CONTROL.sub(" ", line)
        return line

    def _refuse(self, row: int, code: str, message: str, remedy: str) -> None:
        self.tally.refuse(self.context, row, code, message, remedy)

    def _record(self, row: int, record: list[Field]) -> None:
        label = record[0].upper() if isinstance(record[0], str) else ""
        voucher = self.voucher
        if label == "#VER":
            self.end(cut_off=False)
            self.voucher = self._begin(row, record)
        elif label in {"{", "}"} and len(record) == 1:
            self._brace(row, label)
        elif label in {"#TRANS", "#RTRANS", "#BTRANS"}:
            if voucher and not voucher.opened:
                self.tally.warn(
                    self.context, row, "no-brace", "Klammern { saknas före verifikationens första rad."
                )
                voucher.opened = True
            if voucher is None:
                self._refuse(row, "loose-row", f"{label} står utanför en verifikation.", _EXPORT_AGAIN)
            elif label == "#TRANS":
                self._row(row, record, voucher)
            else:
                self.tally.corrections += 1
        elif voucher is None or label.startswith("#"):
            self.tally.others.append((row, record))
        else:
            voucher.faulty = True
            self._refuse(row, "malformed", "Raden hör inte hemma i en verifikation.", _EXPORT_AGAIN)

    def _brace(self, row: int, brace: str) -> None:
        voucher = self.voucher
        if voucher is None or voucher.opened == (brace == "{"):
            self._refuse(row, "brace", f"Klammern {brace} står på fel plats.", _EXPORT_AGAIN)
            if brace == "}":
                self.voucher = None
        elif brace == "{":
            voucher.opened = True
        else:
            self._close(voucher)
            self.voucher = None

    def _begin(self, row: int, record: list[Field]) -> _Voucher:
        texts = [one if isinstance(one, str) else " ".join(one) for one in record[1:]]
        series, number, written, text = (*texts, "", "", "", "")[:4]
        name = f"{series} {number}".strip() or "utan nummer"
        day = day_of(written) or ""
        voucher = _Voucher(row, f"{day},{cell(series)},{cell(number)},", cell(text), day[:7], name)
        if len(texts) < 3:
            voucher.faulty = True
            self._refuse(row, "voucher", "#VER saknar serie, nummer eller datum.", _EXPORT_AGAIN)
        elif not day:
            voucher.faulty = True
            self._refuse(
                row, "date", f"Verifikationen {name} har datumet ”{written}”, som inte finns.", _CORRECT
            )
        elif not self.context.within_year(day):
            voucher.faulty = True
            year = f"{self.context.first_day}–{self.context.last_day}"
            self._refuse(
                row, "outside-year",
                f"Verifikationen {name} har datumet {day}, utanför räkenskapsåret {year}.",
                "Exportera rätt räkenskapsår, eller rätta datumet.",
            )  # fmt: skip
        elif len(written) != 8:
            self.tally.warn(self.context, row, "odd-date", f"Datumet ”{written}” lästes som {day}.")
        if day:
            self.tally.days.add(day)
        return voucher

    def _row(self, row: int, record: list[Field], voucher: _Voucher) -> None:
        values = record[1:]
        account = values[0] if values else ""
        if not isinstance(account, str) or not account:
            voucher.faulty = True
            self._refuse(row, "account", "#TRANS saknar konto.", _CORRECT)
            return
        members = next((one for one in values[1:2] if isinstance(one, tuple)), None)
        if members is None:
            self.tally.warn(
                self.context, row, "no-objects", "#TRANS saknar objektlista; raden lästes utan objekt."
            )
            members = ()
            values.insert(1, members)
        codes = coded(members, self.context.dimensions)
        if codes is None:
            voucher.faulty = True
            message = (
                f"Objektlistan {{{' '.join(members)}}} är inte par av dimension och objekt, en gång vardera."
            )
            self._refuse(row, "objects", message, _CORRECT)
            return
        ore = self._amount(row, values[2] if len(values) > 2 else "")
        if ore is None:
            voucher.faulty = True
            return
        if len(values) > 3 and (not isinstance(values[3], str) or (values[3] and not day_of(values[3]))):
            self.tally.warn(
                self.context, row, "row-date", "En rads eget datum kunde inte läsas; verifikationens gäller."
            )
        text = values[4] if len(values) > 4 and isinstance(values[4], str) else ""
        self.tally.objects.update(pairs(members))
        voucher.total += ore
        voucher.ready.append(
            (account, ore, f"{row},{voucher.head}{cell(account)},{codes},{ore},{cell(text)},{voucher.tail}\n")
        )

    def _amount(self, row: int, written: Field) -> int | None:
        text = written if isinstance(written, str) else ""
        ore = amount_of(text)
        if ore is None:
            ore = loose_amount_of(text)
            if ore is None:
                self._refuse(
                    row, "amount", f"Beloppet ”{text}” kan inte läsas.", "Belopp skrivs som -1234.50."
                )
            else:
                self.tally.warn(
                    self.context, row, "odd-amount", f"Beloppet ”{text}” lästes som {amount(ore)}."
                )
        if ore is not None and abs(ore) > LARGEST_ORE:
            self._refuse(row, "amount", f"Beloppet ”{text}” är större än vad som kan läsas in.", _CORRECT)
            return None
        return ore

    def _close(self, voucher: _Voucher) -> None:
        tally = self.tally
        tally.vouchers += 1
        if voucher.faulty:
            return
        if voucher.total:
            self._refuse(
                voucher.row, "unbalanced",
                f"Verifikationen {voucher.name} balanserar inte: debet minus kredit är {amount(voucher.total)}.",
                _CORRECT,
            )  # fmt: skip
            return
        sums = tally.sums[voucher.month]
        for account, ore, line in voucher.ready:
            sums[account] += ore
            if ore > 0:
                tally.debits[voucher.month] += ore
            tally.lines.append(line)
        tally.rows[voucher.month] += len(voucher.ready)
        tally.count += len(voucher.ready)
