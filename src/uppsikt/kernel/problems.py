"""What is wrong with an input, as data: all of it at once, never one exception at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """The place of a problem in what the user gave us. Unknown parts are empty."""

    file: str = ""
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"rad {self.row}")
        if self.field:
            parts.append(f"fältet {self.field}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an input: a stable code, where it is, what it is and what to do (Swedish)."""

    code: str
    where: Where
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = str(self.where)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} {self.remedy}".rstrip()


class InputError(ValueError):
    """A user's input broke a rule: carries every `Problem` found. Mapped to 422 or to form errors."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


def refuse(code: str, message: str, *, field: str = "", remedy: str = "") -> InputError:
    """An `InputError` with a single problem, for a rule that concerns one field."""
    return InputError(Problem(code, Where(field=field), message, remedy))
