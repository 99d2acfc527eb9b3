"""A library of risks and controls as a document (docs/formats/control-library.md), to be shared between municipalities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import partial
from typing import Any

import yaml

from uppsikt.control.rules.words import Frequency, MeasureKind
from uppsikt.kernel.documents import Reader
from uppsikt.kernel.numbers import parse_decimal
from uppsikt.kernel.problems import Problem, Where

FORMAT = "uppsikt-control-library-1"
LONGEST = {"process": 200, "period_text": 200, "label": 200, "unit_text": 100}
"""The longest texts that may be taken, in signs."""
_MEASURE = re.compile(r"[\w-]{1,60}", re.ASCII)
LARGEST = 1_000_000
"""The largest library that is read, in bytes: far more than any that a person has written."""


@dataclass(frozen=True, slots=True)
class LibraryMitigation:
    """Something that lowers a risk."""

    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class LibraryRisk:
    """A risk to consider. `suggested_*` are steps on a scale with the library's number of steps, None when not said."""

    key: str
    process: str
    title: str
    cause: str = ""
    consequence: str = ""
    background: str = ""
    suggested_likelihood: int | None = None
    suggested_consequence: int | None = None
    mitigations: tuple[LibraryMitigation, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryMeasure:
    """A figure of a control's result, with its thresholds in percent."""

    key: str
    label: str
    kind: str
    unit_text: str = ""
    approved_from: Decimal | None = None
    deficient_from: Decimal | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class LibraryControl:
    """A control to make. `risk`: the key of the library's risk that it answers, empty when it is of none."""

    key: str
    name: str
    process: str = ""
    purpose: str = ""
    method: str = ""
    frequency: str = ""
    period_text: str = ""
    risk: str = ""
    measures: tuple[LibraryMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """The whole library. `steps`: how many steps the suggested assessments' scale has, on both axes."""

    format: str
    name: str
    description: str = ""
    source: str = ""
    steps: int | None = None
    risks: tuple[LibraryRisk, ...] = ()
    controls: tuple[LibraryControl, ...] = ()


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a small file must not become a large document."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "hänvisningar (*) kan inte läsas", mark)
        return super().compose_node(parent, index)


def read(content: bytes, file: str = "bibliotek") -> tuple[Library | None, list[Problem]]:
    """The library in a file, and everything that is wrong with it at once; no library when anything is."""
    if len(content) > LARGEST:
        return None, [Problem("size", Where(file), "Filen är större än 1 MB.", "Dela upp biblioteket.")]
    try:
        document = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a safe loader
    except UnicodeDecodeError:
        return None, [
            Problem("encoding", Where(file), "Filen är inte sparad som UTF-8.", "Spara den som UTF-8.")
        ]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = Where(file, None if line is None else line + 1)
        return None, [
            Problem(
                "yaml",
                where,
                "Filen går inte att läsa som YAML.",
                "Rätta raden; indrag görs med mellanslag, och text med kolon skrivs inom citattecken.",
            )
        ]
    return parse(document, file)


def parse(document: Any, file: str = "bibliotek") -> tuple[Library | None, list[Problem]]:
    """The library that a document describes, and everything that is wrong with it."""
    reader = Reader(file)
    data = reader.mapping(document, "")
    if data.get("format") != FORMAT:
        problem = Problem(
            "format",
            Where(file, field="format"),
            "Filen är inget bibliotek av risker och kontroller.",
            f"Börja filen med raden ”format: {FORMAT}”.",
        )
        return None, [problem]
    found = reader.build(
        Library,
        data,
        "bibliotek",
        risks=partial(_risks, reader),
        controls=partial(_controls, reader),
    )
    if found is None:
        return None, reader.problems
    _check(found, reader)
    return (None if reader.problems else found), reader.problems


def document_of(library: Library) -> dict[str, Any]:
    """The library as plain data, what is empty left out, in the order of the format's document."""
    return {name: value for name, value in _plain(library).items() if value not in ("", None, [], False)}


def written(library: Library) -> str:
    """The library as YAML."""
    return yaml.safe_dump(document_of(library), allow_unicode=True, sort_keys=False, width=100)


def _risks(reader: Reader, data: Any) -> tuple[LibraryRisk, ...]:
    return reader.each(
        LibraryRisk,
        data,
        "risks",
        mitigations=partial(reader.each, LibraryMitigation, place="risks.mitigations"),
    )


def _controls(reader: Reader, data: Any) -> tuple[LibraryControl, ...]:
    measures = partial(
        reader.each,
        LibraryMeasure,
        place="controls.measures",
        approved_from=_percent,
        deficient_from=_percent,
    )
    return reader.each(LibraryControl, data, "controls", measures=measures)


def _percent(value: Any) -> Decimal | None:
    if value is None:
        return None
    figure = None if isinstance(value, bool) else parse_decimal(str(value))
    if figure is None or not 0 <= figure <= 100:
        raise ValueError("ska vara en andel mellan 0 och 100")
    return figure


def _check(library: Library, reader: Reader) -> None:
    """What one row cannot tell by itself."""
    reader.unique("risks.key", [risk.key for risk in library.risks])
    reader.unique("controls.key", [control.key for control in library.controls])
    known = {risk.key for risk in library.risks}
    for place, row in enumerate(library.risks):
        _needs(reader, f"risks[{place}]", {"key": row.key, "process": row.process, "title": row.title})
        _fits(reader, f"risks[{place}]", row)
        suggested = (row.suggested_likelihood, row.suggested_consequence)
        for field, step in zip(("suggested_likelihood", "suggested_consequence"), suggested, strict=True):
            if step is not None and not 1 <= step <= (library.steps or 0):
                reader.fault(
                    f"risks[{place}].{field}",
                    f"Steget {step} finns inte på bibliotekets skala.",
                    "Ange bibliotekets antal steg i ”steps”, och ett steg från 1 upp till det.",
                )
    for place, control in enumerate(library.controls):
        where = f"controls[{place}]"
        _needs(reader, where, {"key": control.key, "name": control.name})
        _fits(reader, where, control)
        if control.frequency:
            reader.among(f"{where}.frequency", control.frequency, [each.value for each in Frequency])
        if control.risk:
            reader.among(f"{where}.risk", control.risk, known)
        reader.unique(f"{where}.measures.key", [measure.key for measure in control.measures])
        for measure in control.measures:
            reader.among(f"{where}.measures.kind", measure.kind, [each.value for each in MeasureKind])
            _fits(reader, f"{where}.measures", measure)
            if not _MEASURE.fullmatch(measure.key):
                reader.fault(
                    f"{where}.measures.key",
                    f"”{measure.key}” kan inte vara ett måtts nyckel.",
                    "Använd bara bokstäver a–z, siffror, bindestreck och understreck, högst 60.",
                )


def _fits(reader: Reader, place: str, row: Any) -> None:
    for field, most in LONGEST.items():
        if len(getattr(row, field, "")) > most:
            reader.fault(f"{place}.{field}", f"Texten har fler än {most} tecken.", "Korta den.")


def _needs(reader: Reader, place: str, values: Mapping[str, str]) -> None:
    for field, value in values.items():
        if not value.strip():
            reader.fault(f"{place}.{field}", f"Fältet ”{field}” är tomt.", "Fyll i det.")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {name: each for name, each in plain.items() if each not in ("", None, [], False)}
    return value
