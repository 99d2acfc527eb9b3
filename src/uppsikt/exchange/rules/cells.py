"""One cell: what is written in it as a value, and a value as it is written. One form for each value."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from uppsikt.control.rules import occasions
from uppsikt.cycle.rules.steering_document import parse_outline
from uppsikt.exchange.rules.spec import Field, Kind
from uppsikt.history.rules import canonical_json
from uppsikt.kernel.numbers import canonical, parse_decimal
from uppsikt.kernel.period import parse_period
from uppsikt.texts.rules import from_plain, normalise, to_plain, validate

_KEY = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s.,;<>()]+")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FILE = re.compile(r"[\w\-. ]+\.(?:png|jpe?g)", re.IGNORECASE)
_PART = re.compile(r"([0-9A-Za-zÅÄÖåäö]{1,3})\)\s*(.*)", re.DOTALL)
_BREAKDOWN = re.compile(r"[\w-]+=[^=,\s][^=,]*")
_TRUE = frozenset({"true", "ja", "1", "sant", "yes", "x"})
_FALSE = frozenset({"false", "nej", "0", "falskt", "no"})
# Control characters (Unicode's Cc) but tab and line feed, and halves of signs (Cs).
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_EXCEL_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
_MOST_DIGITS = 40
_MOST_ORE = 10**15  # Excel keeps fifteen digits
_STATED_OF = {"mitigation": "mitigation", "control": "control", "åtgärd": "mitigation", "kontroll": "control"}
MONEY_KINDS = frozenset({Kind.MONEY, Kind.MONTHS})
_LONGEST_PROSE = 20_000


class CellFault(ValueError):
    """A cell cannot be read: a stable code, what is wrong and what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(message)


def read(field: Field, raw: Any, *, kronor: bool = False) -> Any:
    """The value of a cell; an empty one gives the field's default.

    Args: kronor: money is written in kronor, not in öre.
    Raises: CellFault.
    """
    text = shown(raw)
    if text in _EXCEL_ERRORS:
        raise CellFault("excel-error", f"Cellen visar felet {text}.", "Rätta formeln eller skriv värdet.")
    if _HIDDEN.search(text):
        raise CellFault(
            "control",
            "Texten innehåller osynliga styrtecken.",
            "Skriv om texten, eller klistra in utan format.",
        )
    if not text.strip():
        return field.default
    if field.kind in MONEY_KINDS:
        read_money = _money if field.kind is Kind.MONEY else _months
        return read_money(text.strip(), kronor=kronor)
    return _READERS[field.kind](field, raw, text.strip())


def shown(raw: Any) -> str:
    """What was written, as text."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float):
        return (
            str(int(raw)) if raw.is_integer() and abs(raw) < 10**15 else f"{raw:.15g}"
        )  # Excel keeps 15 digits
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat() if raw.time() == dt.time.min else raw.isoformat(" ")
    return str(raw).replace("\r\n", "\n").replace("\r", "\n")


def write(field: Field, value: Any, *, kronor: bool = False) -> Any:
    """A value as it stands in YAML and CSV: text, a whole number, a date, a boolean; None when empty.

    Args: kronor: money as in a workbook, where it is a Decimal of kronor.
    """
    if value is None or value in ("", ()):
        return None
    if field.kind is Kind.MONEY:
        return in_kronor(value) if kronor else value
    if field.kind is Kind.MONTHS:
        return (
            "; ".join(f"{in_kronor(ore)}".replace(".", ",") for ore in value)
            if kronor
            else " ".join(map(str, value))
        )
    if field.kind is Kind.PARTS:
        return ";; ".join(f"{label}) {text}" for label, text in value)
    if field.kind is Kind.COUNTS:
        return "; ".join(f"{text}: {count}" for text, count in value)
    if field.kind is Kind.STATED:
        return "; ".join(f"{of} {step} {count}" for of, step, count in value)
    return value


def in_kronor(ore: int) -> Decimal:
    """Öre as kronor with two decimals."""
    return Decimal(ore).scaleb(-2)


def settled(field: Field, value: Any) -> Any:
    """A stored value as it would be read back, so that what is written out comes in unchanged."""
    if field.kind is Kind.COUNTS:
        told = ((" ".join(_HIDDEN.sub("", text).replace(";", ",").split()), count) for text, count in value)
        return tuple((text, count) for text, count in told if text)
    if field.kind not in (Kind.TEXT, Kind.PROSE) or not isinstance(value, str):
        return value
    text = _HIDDEN.sub("", shown(value)).strip()
    return _text(field, None, text) if field.kind is Kind.TEXT else _lines(text)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _length(field: Field, text: str) -> str:
    if field.maximum is not None and len(text) > field.maximum:
        raise CellFault(
            "long", f"Texten har {len(text)} tecken, men högst {field.maximum} ryms.", "Korta texten."
        )
    return text


def _text(field: Field, _raw: Any, text: str) -> str:
    return _length(field, re.sub(r"\s*\n\s*", " ", text))


def _prose(_field: Field, _raw: Any, text: str) -> str:
    if len(text) > _LONGEST_PROSE:
        raise CellFault(
            "long", f"Texten har {len(text)} tecken, men högst {_LONGEST_PROSE} ryms.", "Korta den."
        )
    return _lines(text)


def _rich(_field: Field, _raw: Any, text: str) -> str:
    nodes = normalise(from_plain(text))
    for problem in validate(nodes):
        raise CellFault("text", problem.message, problem.remedy)
    return to_plain(nodes)


def _key(field: Field, _raw: Any, text: str) -> str:
    if field.table:  # whether there is such a row is another question
        return text
    if not _KEY.fullmatch(text):
        raise CellFault(
            "key",
            f"”{text}” kan inte vara en nyckel.",
            "Använd bara små bokstäver a–z, siffror och bindestreck, t.ex. 2024-trygghet.",
        )
    return _length(field, text)


def _date(_field: Field, raw: Any, text: str) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise CellFault("date", f"”{text}” är inget datum.", "Skriv datumet som 2024-12-31.")
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CellFault("date", f"Dagen {text} finns inte.", "Skriv datumet som 2024-12-31.") from error


def _integer(field: Field, _raw: Any, text: str) -> int:
    number = parse_decimal(text)
    if number is None or number != number.to_integral_value():
        raise CellFault("integer", f"”{text}” är inget heltal.", "Skriv ett heltal, t.ex. 3.")
    least = 1 if field.required or field.key == "published_week" else 0
    if not least <= number <= (field.maximum or number):
        raise CellFault(
            "range",
            f"{text} är utanför det möjliga.",
            f"Skriv ett heltal mellan {least} och {field.maximum}.",
        )
    return int(number)


def _year(_field: Field, _raw: Any, text: str) -> int:
    if not re.fullmatch(r"(?:19|20|21)\d\d", text):
        raise CellFault("year", f"”{text}” är inget år.", "Skriv året med fyra siffror, t.ex. 2024.")
    return int(text)


def _decimal(_field: Field, _raw: Any, text: str) -> str:
    number = parse_decimal(text)
    if number is None and re.fullmatch(r"-?\d+(?:\.\d+)?[eE][+-]?\d{1,2}", text):  # as Excel keeps 0.00001
        number = Decimal(text)
    if number is None or not number.is_finite() or len(canonical(number)) > _MOST_DIGITS:
        raise CellFault(
            "decimal",
            f"”{text}” är inget tal.",
            "Skriv bara siffror och decimaltecken, t.ex. 74,5, utan enhet.",
        )
    return canonical(number)


def _money(text: str, *, kronor: bool) -> int:
    number = parse_decimal(text)
    if number is None and kronor and re.fullmatch(r"-?\d+(?:\.\d+)?[eE][+-]?\d{1,2}", text):
        number = Decimal(text)
    if number is None or not number.is_finite():
        remedy = "Skriv bara siffror, t.ex. -1234,50 kronor." if kronor else "Skriv hela ören, t.ex. -123450."
        raise CellFault("money", f"”{text[:40]}” är inget belopp.", remedy)
    ore = number.scaleb(2) if kronor else number
    if ore != ore.to_integral_value():
        if kronor:
            raise CellFault("money", f"{text} kronor är inte hela ören.", "Skriv högst två decimaler.")
        raise CellFault("money", f"{text} är inte hela ören.", "Skriv beloppet i ören, utan decimaler.")
    if abs(ore) >= _MOST_ORE:
        raise CellFault("range", f"Beloppet {text} är för stort.", "Kontrollera att enheten är rätt.")
    return int(ore)


def _months(text: str, *, kronor: bool) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(";")] if ";" in text else text.split()
    if len(parts) != 12:
        raise CellFault(
            "months", f"Här står {len(parts)} belopp, men året har tolv månader.", "Skriv tolv belopp."
        )
    return tuple(_money(part, kronor=kronor) for part in parts)


def _boolean(_field: Field, _raw: Any, text: str) -> bool:
    wanted = text.casefold()
    if wanted in _TRUE:
        return True
    if wanted in _FALSE:
        return False
    raise CellFault("boolean", f"”{text}” är varken ja eller nej.", "Skriv ja eller nej (true eller false).")


def _choice(field: Field, _raw: Any, text: str) -> str:
    wanted = text.casefold()
    for key, label in field.choices:
        if wanted in (key.casefold(), label.casefold()):
            return key
    known = ", ".join(f"{key} ({label})" if key != label else key for key, label in field.choices)
    raise CellFault("choice", f"”{text}” är inget av det som går att välja.", f"Välj något av: {known}.")


def _period(_field: Field, raw: Any, text: str) -> str:
    if isinstance(raw, dt.date) and raw.day == 1:  # Excel makes a day of 2024-03
        text = f"{raw:%Y-%m}"
    try:
        return parse_period(text.upper()).code
    except ValueError as error:
        raise CellFault(
            "period",
            f"”{text}” är ingen period.",
            "Skriv 2024, 2024-T1, 2024-Q1, 2024-03 eller 2024-03/R12 (tolv månader).",
        ) from error


def _occasion(_field: Field, raw: Any, text: str) -> str:
    if isinstance(raw, dt.date) and raw.day == 1:
        raise CellFault(
            "period",
            "Excel har gjort ett datum av perioden, så det syns inte om månaden eller dagen menas.",
            f"Formatera cellen som text och skriv {raw:%Y-%m} eller {raw:%Y-%m-%d}.",
        )
    try:
        return occasions.span(text.upper()).code
    except ValueError as error:
        raise CellFault(
            "period",
            f"”{text}” är varken period, vecka eller dag.",
            "Skriv 2024, 2024-T1, 2024-Q1, 2024-03, 2024-W07 (vecka) eller 2024-03-15.",
        ) from error


def _counts(_field: Field, _raw: Any, text: str) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in filter(None, (part.strip() for part in text.split(";"))):
        what, _colon, count = one.rpartition(":")
        what, number = " ".join(what.split()), _number(count)
        if not what or number is None:
            raise CellFault(
                "counts",
                f"”{one[:60]}” är inte något följt av kolon och antal.",
                "Skriv t.ex. attest saknas: 5; agenda saknas: 2.",
            )
        if what in found:
            raise CellFault("counts", f"”{what}” står två gånger.", "Skriv det en gång, med hela antalet.")
        found[what] = number
    return tuple(found.items())


def _stated(_field: Field, _raw: Any, text: str) -> tuple[tuple[str, str, int], ...]:
    found: dict[tuple[str, str], int] = {}
    for one in filter(None, (part.strip() for part in text.split(";"))):
        words = one.split()
        number = _number(words[2]) if len(words) == 3 else None
        of = _STATED_OF.get(words[0].casefold()) if words else None
        if of is None or number is None:
            raise CellFault(
                "stated",
                f"”{one[:60]}” är inte mitigation (åtgärd) eller control (kontroll), en status och ett antal.",
                "Skriv t.ex. mitigation done 2; control done 7.",
            )
        if (of, words[1]) in found:
            raise CellFault("stated", f"”{words[0]} {words[1]}” står två gånger.", "Ta bort det ena.")
        found[of, words[1]] = number
    return tuple((of, step, number) for (of, step), number in found.items())


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else None


def _breakdown(_field: Field, _raw: Any, text: str) -> str:
    parts = [part.strip() for part in text.split(",")]
    if not all(_BREAKDOWN.fullmatch(part) for part in parts):
        raise CellFault(
            "breakdown", f"”{text}” är ingen uppdelning.", "Skriv t.ex. gender=women,interval=1-14."
        )
    return ",".join(parts)


def _list(field: Field, _raw: Any, text: str) -> str:
    return _length(field, ";".join(part for part in (one.strip() for one in text.split(";")) if part))


def _parts(_field: Field, _raw: Any, text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for one in filter(None, (part.strip() for part in text.split(";;"))):
        match = _PART.fullmatch(one)
        if match is None or not match[2].strip():
            raise CellFault(
                "parts",
                f"Delen ”{one[:40]}” börjar inte med en bokstav och parentes.",
                "Skriv a) Text.;; b) Text.",
            )
        found.append((match[1], " ".join(match[2].split())))
    labels = [label for label, _text in found]
    if len(set(labels)) < len(labels):
        raise CellFault("parts", "Två delar har samma bokstav.", "Ge varje del sin egen bokstav.")
    return tuple(found)


def _colour(_field: Field, _raw: Any, text: str) -> str:
    if not _COLOUR.fullmatch(text.lower()):
        raise CellFault("colour", f"”{text}” är ingen färg.", "Skriv färgen som #0b5563.")
    return text.lower()


def _email(field: Field, _raw: Any, text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise CellFault("email", f"”{text}” är ingen e-postadress.", "Skriv t.ex. namn@kommunen.se.")
    return _length(field, text.lower())


def _file(_field: Field, _raw: Any, text: str) -> str:
    if not _FILE.fullmatch(text):
        raise CellFault(
            "file", f"”{text}” är inget filnamn.", "Skriv namnet på en PNG- eller JPEG-fil i mappen."
        )
    return text


def _outline(_field: Field, _raw: Any, text: str) -> str:
    """{"chapters": [...], "hidden": [...]} in its one form."""
    try:
        found = json.loads(text)
        chapters, hidden = found["chapters"], [str(key) for key in found["hidden"]]
        _parsed, problems = parse_outline(chapters)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CellFault(
            "outline", "Dispositionen kan inte läsas.", "Ändra den i Uppsikt, eller lämna fältet tomt."
        ) from error
    for problem in problems:
        raise CellFault("outline", problem.message, problem.remedy or "Ändra den i Uppsikt.")
    return canonical_json({"chapters": chapters, "hidden": hidden})


_READERS: dict[Kind, Callable[[Field, Any, str], Any]] = {
    Kind.KEY: _key,
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
    Kind.RICH: _rich,
    Kind.DATE: _date,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.PERIOD: _period,
    Kind.BREAKDOWN: _breakdown,
    Kind.LIST: _list,
    Kind.PARTS: _parts,
    Kind.COLOUR: _colour,
    Kind.EMAIL: _email,
    Kind.FILE: _file,
    Kind.OUTLINE: _outline,
    Kind.OCCASION: _occasion,
    Kind.COUNTS: _counts,
    Kind.STATED: _stated,
}
