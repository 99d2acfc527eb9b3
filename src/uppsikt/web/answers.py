"""How the API answers: what is asked for, or why not, in one form for every package."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Detail(Schema):
    """Why one is stopped: not readable (400), not signed in (401), not allowed (403), nothing there that one may know of (404)."""

    detail: str


class ProblemOut(Schema):
    """One fault in what was sent: a stable code, the field, what is wrong and what to do (Swedish)."""

    code: str
    field: str
    message: str
    remedy: str


class Problems(Schema):
    """Why nothing was written (422): everything that is wrong, at once."""

    problems: list[ProblemOut]


def answers(success: Any) -> dict[Any, Any]:
    """The answers of an address: `success`, or one of the refusals above."""
    return {200: success, frozenset({400, 401, 403, 404}): Detail, 422: Problems}
