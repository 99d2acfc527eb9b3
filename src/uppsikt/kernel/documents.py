"""Reading a municipality's own document (YAML, JSON) into dataclasses: every fault at once, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from uppsikt.kernel.problems import Problem, Where

T = TypeVar("T")


class Reader:
    """Collects problems while plain data become dataclasses."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, place: str, message: str, remedy: str = "") -> None:
        self.problems.append(Problem("model", Where(self.file, None, place), message, remedy))

    def mapping(self, data: Any, place: str) -> Mapping[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self.fault(place, "Här ska stå namngivna fält.", "Skriv ”fält: värde”.")
            return {}
        return data

    def rows(self, data: Any, place: str) -> list[tuple[str, Mapping[str, Any]]]:
        if data is None:
            return []
        if not isinstance(data, list):
            self.fault(place, "Här ska stå en lista.", "Börja varje rad med ett bindestreck.")
            return []
        return [(f"{place}[{i}]", self.mapping(row, f"{place}[{i}]")) for i, row in enumerate(data)]

    def build(
        self, cls: type[T], data: Mapping[str, Any], place: str, **convert: Callable[[Any], Any]
    ) -> T | None:
        """An instance of the dataclass `cls`, or None when a field is missing, unknown or of the wrong type."""
        known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
        for name in data:
            if name not in known:
                self.fault(
                    f"{place}.{name}", f"Okänt fält ”{name}”.", f"Kända fält: {', '.join(sorted(known))}."
                )
        values: dict[str, Any] = {}
        for name, spec in known.items():
            if name not in data:
                if spec.default is MISSING and spec.default_factory is MISSING:
                    self.fault(f"{place}.{name}", f"Fältet ”{name}” saknas.", "Lägg till det.")
                    return None
                continue
            value = data[name]
            try:
                values[name] = convert[name](value) if name in convert else _plain(value, str(spec.type))
            except (TypeError, ValueError, InvalidOperation) as error:
                self.fault(f"{place}.{name}", f"Värdet {value!r} kan inte användas ({error}).")
                return None
        return cls(**values)

    def each(self, cls: type[T], data: Any, place: str, **convert: Callable[[Any], Any]) -> tuple[T, ...]:
        built = [self.build(cls, row, where, **convert) for where, row in self.rows(data, place)]
        return tuple(item for item in built if item is not None)

    def unique(self, place: str, values: Iterable[str]) -> None:
        """Complain of every value that stands more than once."""
        listed = list(values)
        for value in sorted({value for value in listed if listed.count(value) > 1}):
            self.fault(place, f"”{value}” förekommer flera gånger.", "Ge varje rad ett eget värde.")

    def among(self, place: str, value: str, allowed: Iterable[str]) -> None:
        """Complain of a value that is none of those allowed."""
        choices = list(allowed)
        if value not in choices:
            self.fault(place, f"”{value}” är inte giltigt.", f"Välj något av: {', '.join(sorted(choices))}.")


def _plain(value: Any, type_name: str) -> Any:
    """A YAML value as the field's type says. Raises: TypeError, ValueError."""
    optional = "None" in type_name
    if value is None:
        if optional:
            return None
        raise TypeError("värde saknas")
    if type_name.startswith("bool"):
        if not isinstance(value, bool):
            raise TypeError("ska vara true eller false")
        return value
    if type_name.startswith("int"):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError("ska vara ett heltal")
        return value
    if type_name.startswith("Decimal"):
        return Decimal(str(value))
    if type_name.startswith("tuple[str"):
        return tuple(str(item) for item in value)
    if not isinstance(value, str | int):
        raise TypeError("ska vara en text")
    return str(value)
