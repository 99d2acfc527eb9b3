"""What a file must be before it is let in, beyond each voucher by itself."""

from __future__ import annotations

import itertools
import zlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger.encoding import codec
from uppsikt.ledger.sie.grammar import fields_of
from uppsikt.ledger.sie.head import RESERVED, Head
from uppsikt.ledger.sie.tally import Context, Tally
from uppsikt.ledger.sie.writing import amount

_SHOWN = 5
_LINES = 5000


def not_sie(source: Path, name: str) -> Problem | None:
    """What the file is instead, when it cannot be SIE 1-4 at all."""
    with source.open("rb") as data:
        start = data.read(1 << 16)
    said = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not said:
        message, remedy = "Filen är tom.", "Exportera den på nytt ur ekonomisystemet."
    elif b"\n" not in start and b"\r" in start and len(start) == source.stat().st_size:
        message, remedy = "Filens rader slutar inte med LF.", "Exportera den på nytt ur ekonomisystemet."
    elif said.startswith(b"#") or b"\n#" in said:
        return None
    elif said[:5].lower() == b"<?xml" and b"sie.se/sie5" in said.lower():
        message, remedy = "Filen är SIE 5 (XML), som inte läses.", "Exportera som SIE 4."
    elif said.startswith(b"<"):
        message = "Filen är en webbsida, inte en SIE-fil: något gick fel när den hämtades."
        remedy = "Hämta den på nytt, inloggad i systemet som den kommer från."
    elif b"\0" in start:
        message, remedy = "Filen är inte en textfil.", "Välj en fil av SIE-typ 1–4 (.se eller .si)."
    else:
        message, remedy = "Filen innehåller inga SIE-poster.", "Välj en fil av SIE-typ 1–4 (.se eller .si)."
    return Problem("not-sie", Where(name, 1), message, remedy)


def type_of(head: Head, name: str, *, vouchers: bool) -> str:
    """The file's type: "1", "2", "3", "4E" or "4I".

    Both kinds of type 4 say 4: stated balances make it an export, else the name's ending decides, else the chart.
    """
    said = head.facts.get("type", "")
    if said in {"1", "2", "3"} and not vouchers:
        return said
    if said != "4" and not vouchers:
        return "1"
    if head.stated:
        return "4E"
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in {"se", "si"}:
        return "4I" if ending == "si" else "4E"
    return "4E" if head.accounts and head.year else "4I"


def checksum(source: Path, head: Head, context: Context) -> Problem | None:
    """A fault in #KSUMMA: begun and never ended, or another sum than stated.

    CRC-32 over labels and fields between the two records, in CP437 (SIE 4B, chapter 10). A file that has been turned
    into another encoding is summed as it would have been.
    """
    if not head.checksums:
        return None
    if len(head.checksums) == 1:
        row = head.checksums[0][0]
        return Problem(
            "checksum", Where(context.name, row), "Kontrollsumman påbörjas men avslutas aldrig: filen är avklippt.",
            "Exportera filen på nytt ur ekonomisystemet.",
        )  # fmt: skip
    (first, _), (last, stated), *_ = head.checksums
    as_is = turned = 0
    name = codec(context.encoding)
    with source.open("rb") as data:
        inside = itertools.islice(data, first, last - 1)
        while lines := b"".join(itertools.islice(inside, _LINES)):
            as_is = zlib.crc32(b"".join(fields_of(lines)), as_is)
            if context.encoding not in {"ascii", "cp437"}:
                lines = lines.decode(name, "replace").encode("cp437", "replace")
                turned = zlib.crc32(b"".join(fields_of(lines)), turned)
    if stated.lstrip("-").isdigit() and int(stated) % (1 << 32) in {as_is, turned}:
        return None
    return Problem(
        "checksum", Where(context.name, last), f"Kontrollsumman stämmer inte: filen säger {stated}, räknat blir {as_is}.",
        "Filen har ändrats efter exporten. Exportera den på nytt ur ekonomisystemet.",
    )  # fmt: skip


def account_sums(tally: Tally) -> dict[str, int]:
    """Öre per account over all months."""
    sums: dict[str, int] = defaultdict(int)
    for accounts in tally.sums.values():
        for account, ore in accounts.items():
            sums[account] += ore
    return dict(sums)


def stated_changes(head: Head) -> dict[str, int]:
    """What the file says that each account changed during the year: #RES, and #UB less #IB."""
    stated = {account: ore for account, (_, ore) in head.result.items()}
    for account, (_, ore) in head.closing.items():
        stated[account] = stated.get(account, 0) + ore
    for account, (_, ore) in head.opening.items():
        stated[account] = stated.get(account, 0) - ore
    return stated


def disagreements(head: Head, sums: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Accounts whose rows do not sum to what the file states: (account, rows, stated), in öre.

    An account that is not stated counts as zero, for zero rows may be left out; but only where both results and
    balances are stated, since nothing tells which kind an unknown account is of.
    """
    stated = stated_changes(head)
    whole = bool(head.result) and bool(head.closing)
    accounts = stated.keys() | (sums.keys() if whole else set())
    return [
        (account, sums.get(account, 0), stated.get(account, 0))
        for account in sorted(accounts)
        if sums.get(account, 0) != stated.get(account, 0)
    ]


def warn_of_totals(head: Head, tally: Tally, context: Context) -> bool:
    """Warn when rows and stated balances differ, or the balances themselves. True when all that is stated agrees."""
    faults = disagreements(head, account_sums(tally))
    if faults:
        shown = ", ".join(
            f"{account} ({amount(rows)} mot {amount(said)})" for account, rows, said in faults[:_SHOWN]
        )
        more = f" och {len(faults) - _SHOWN} konton till" if len(faults) > _SHOWN else ""
        tally.warn(
            context, 0, "totals", f"Verifikationerna stämmer inte med filens egna saldon: {shown}{more}.",
            "Så är det när filen bara är ett urval; annars saknas verifikationer.",
        )  # fmt: skip
    rest = sum(ore for _, ore in head.closing.values()) + sum(ore for _, ore in head.result.values())
    if rest and head.closing and head.result:
        tally.warn(
            context, 0, "sum", f"Utgående balans och resultat tar inte ut varandra: {amount(rest)} skiljer.",
            "Så är det när filen inte omfattar hela året eller bara är ett urval.",
        )  # fmt: skip
    return not faults


def warn_of_codes(head: Head, tally: Tally, context: Context, *, kind: str) -> None:
    """Warn of used dimensions that have no column, and of accounts that the file's chart lacks."""
    numbers = {number for number, _ in tally.objects}
    for number in sorted(numbers, key=int):
        if int(number) not in context.dimensions:
            name = head.dimensions.get(int(number)) or RESERVED.get(int(number), "utan namn")
            tally.warn(
                context, 0, f"dimension-{number}", f"Dimensionen {number} ({name}) används men läses inte in.",
                "Ange vilken kodsträngsdel den hör till i ekonomimodellen.",
            )  # fmt: skip
    unknown = sorted(account_sums(tally).keys() - head.accounts.keys())
    if unknown and kind != "4I":
        more = f" och {len(unknown) - _SHOWN} till" if len(unknown) > _SHOWN else ""
        tally.warn(
            context,
            0,
            "accounts",
            f"Konton som filens kontoplan saknar: {', '.join(unknown[:_SHOWN])}{more}.",
        )
    if head.facts.get("read_before") == "1":
        tally.warn(
            context, 1, "read-before", "Filen är märkt som redan inläst (#FLAGGA 1).",
            "Se efter att den inte läses in en gång till.",
        )  # fmt: skip
