"""The API about years, steering models and rounds."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from uppsikt.cycle import selectors
from uppsikt.cycle.selectors import Round
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.web.answers import answers

router = Router(tags=["cycle"])


class RoundOut(Schema):
    """A reporting round."""

    key: str
    year: int
    kind: str
    name: str
    cutoff: dt.date
    opens: dt.date | None
    deadline: dt.date | None
    state: str

    @staticmethod
    def resolve_year(row: Round) -> int:
        return row.year_id


@router.get("/rounds", response=answers(list[RoundOut]))
def rounds(request: HttpRequest, year: Annotated[int | None, Query(ge=1, le=9999)] = None) -> list[Round]:
    """All rounds in time order, or one year's."""
    access.require_anywhere(request.user, Permission.READ)
    return list(selectors.rounds(year))


@router.get("/years/{year}/steering-model", response=answers(dict[str, Any]))
def steering_model(request: HttpRequest, year: Annotated[int, Path(ge=1, le=9999)]) -> dict[str, Any]:
    """The steering model a year goes by, as the document it was set as."""
    access.require_anywhere(request.user, Permission.READ)
    found = selectors.document(year)
    if found is None:
        raise Http404
    return found
