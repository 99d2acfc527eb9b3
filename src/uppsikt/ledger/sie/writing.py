"""Writes SIE types 1-4 in CP437, vouchers streamed: memory does not grow with their number.

Source: SIE filformat 4B, chapters 5-7 and 11. A sign that CP437 lacks is written as its nearest plain sign.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from uppsikt.ledger.sie.grammar import fields_of
from uppsikt.ledger.sie.model import Objects, SieHeader, SiePeriodAmount, SieRow, SieVoucher

_PLAIN = {
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2018": "'", "\u2019": "'",
    "\u201c": "'", "\u201d": "'", "\u20ac": "EUR", "\u2026": "...",
}  # fmt: skip
_BATCH = 2000


def amount(ore: int) -> str:
    """Öre as SIE writes kronor: point, two decimals, leading minus."""
    sign, ore = ("-", -ore) if ore < 0 else ("", ore)
    return f"{sign}{ore // 100}.{ore % 100:02d}"


def quoted(text: str) -> str:
    r"""A field in quotes. Only `\"` is an escape, so a last backslash, which would hide the quote, is left out."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else _PLAIN.get(sign, " ") for sign in text)
    if text.endswith("\\"):
        text = text.rstrip("\\")
    if '"' in text:
        text = text.replace('"', '\\"')
    return f'"{text}"'


def object_list(objects: Objects) -> str:
    """Dimension and object in pairs within braces."""
    return "{" + " ".join(f"{dimension} {quoted(value)}" for dimension, value in objects) + "}"


def encode(text: str) -> bytes:
    """CP437, with the nearest plain sign for what it lacks and a question mark where there is none."""
    try:
        return text.encode("cp437")
    except UnicodeEncodeError:
        return b"".join(map(_nearest, text))


def _nearest(sign: str) -> bytes:
    found = sign.encode("cp437", "ignore")
    if found:
        return found
    plain = _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)
    return plain.encode("cp437", "ignore").translate(None, b'\r\n\t"\\') or b"?"


def write_sie(
    target: Path, header: SieHeader, vouchers: Iterable[SieVoucher] = (), *, checksum: bool = False
) -> int:
    """Write the file and return the number of #TRANS.

    Args: checksum: put #KSUMMA around everything after the first line. Vouchers are written for 4E and 4I only.
    """
    crc, rows = 0, 0
    with target.open("wb") as out:
        out.write(b"#FLAGGA 0\r\n")
        if checksum:
            out.write(b"#KSUMMA\r\n")
        for lines, count in _batches(header, vouchers if header.kind in {"4E", "4I"} else ()):
            rows += count
            data = encode("\r\n".join(lines) + "\r\n")
            out.write(data)
            if checksum:
                crc = zlib.crc32(b"".join(fields_of(data)), crc)
        if checksum:
            out.write(b"#KSUMMA %d\r\n" % crc)
    return rows


def _batches(header: SieHeader, vouchers: Iterable[SieVoucher]) -> Iterator[tuple[list[str], int]]:
    yield list(_head(header)), 0
    lines: list[str] = []
    rows = 0
    objects: dict[Objects, str] = {}
    days: dict[dt.date, str] = {}
    for voucher in vouchers:
        day = days.get(voucher.date) or days.setdefault(voucher.date, f"{voucher.date:%Y%m%d}")
        lines.append(f"#VER {quoted(voucher.series)} {quoted(voucher.number)} {day} {quoted(voucher.text)}")
        lines.append("{")
        for row in voucher.rows:
            listed = objects.get(row.objects)
            if listed is None:
                listed = objects[row.objects] = object_list(row.objects)
            lines.append(_row(row, listed))
        lines.append("}")
        rows += len(voucher.rows)
        if len(lines) > _BATCH:
            yield lines, rows
            lines, rows = [], 0
    if lines:
        yield lines, rows


def _row(row: SieRow, objects: str) -> str:
    start = f"#TRANS {_code(row.account)} {objects} {amount(row.amount_ore)}"
    if row.text or row.date:
        day = f"{row.date:%Y%m%d}" if row.date else '""'
        return f"{start} {day} {quoted(row.text)}"
    return start


def _code(account: str) -> str:
    return account if account.isalnum() else quoted(account)


def _head(header: SieHeader) -> Iterator[str]:
    kind = header.kind
    yield f"#PROGRAM {quoted(header.program)} {quoted(header.program_version)}"
    yield "#FORMAT PC8"
    yield f"#GEN {header.generated or header.last_day:%Y%m%d}"
    yield f"#SIETYP {kind[0]}"
    if header.org_number:
        yield f"#ORGNR {quoted(header.org_number)}"
    yield f"#FNAMN {quoted(header.company)}"
    yield f"#RAR 0 {header.first_day:%Y%m%d} {header.last_day:%Y%m%d}"
    if header.previous_year:
        yield f"#RAR -1 {header.previous_year[0]:%Y%m%d} {header.previous_year[1]:%Y%m%d}"
    if kind in {"2", "3"} or (kind == "4E" and header.covers_to):
        yield f"#OMFATTN {header.covers_to or header.last_day:%Y%m%d}"
    for account, name in header.accounts.items():
        yield f"#KONTO {_code(account)} {quoted(name)}"
    if kind not in {"1", "2"}:
        for number, name in header.dimensions.items():
            yield f"#DIM {number} {quoted(name)}"
        for (number, value), name in header.objects.items():
            yield f"#OBJEKT {number} {quoted(value)} {quoted(name)}"
    if kind != "4I":
        yield from _balances(header)


def _balances(header: SieHeader) -> Iterator[str]:
    yield from _yearly("IB", 0, header.opening)
    yield from _yearly("UB", 0, header.closing)
    yield from _yearly("UB", -1, header.previous_closing)
    yield from _yearly("RES", 0, header.result)
    yield from _yearly("RES", -1, header.previous_result)
    if header.kind != "1":
        yield from _periods("PSALDO", header.balances, with_objects=header.kind != "2")
        yield from _periods("PBUDGET", header.budgets, with_objects=header.kind != "2")


def _yearly(label: str, year: int, amounts: Mapping[str, int]) -> Iterator[str]:
    for account, ore in amounts.items():
        yield f"#{label} {year} {_code(account)} {amount(ore)}"


def _periods(label: str, amounts: Iterable[SiePeriodAmount], *, with_objects: bool) -> Iterator[str]:
    for one in amounts:
        if with_objects or not one.objects:
            objects = object_list(one.objects)
            yield f"#{label} 0 {one.month:%Y%m} {_code(one.account)} {objects} {amount(one.amount_ore)}"
