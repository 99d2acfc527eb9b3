"""What the actions of procurement refuse alike."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.kernel.identity import holds_personal
from uppsikt.kernel.problems import InputError, Problem, Where


def personal_problems(texts: Mapping[str, str]) -> list[Problem]:
    """A fault for each text that holds a personal number, by the field it stands in."""
    return [
        Problem(
            "personal",
            Where(field=field),
            "Här står ett personnummer.",
            "Ta bort det: personnummer sparas inte i registret.",
        )
        for field, text in texts.items()
        if holds_personal(text)
    ]


def refuse_personal(**texts: str) -> None:
    """Raises: InputError when a text holds a personal number: nothing written here may."""
    problems = personal_problems(texts)
    if problems:
        raise InputError(*problems)
