"""Writing years, steering models and rounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.cycle.models import FiscalYear, Round, SteeringModelVersion
from uppsikt.cycle.rules.rounds import RoundState, may_move, needs_reason
from uppsikt.cycle.rules.steering import RoundTemplate
from uppsikt.cycle.rules.steering_document import parse
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor, digest
from uppsikt.history.superseding import supersede
from uppsikt.kernel.problems import InputError, refuse


@atomic
def save_model(*, year: int, document: dict[str, Any], by: Actor) -> tuple[SteeringModelVersion, bool]:
    """Set the steering model a year goes by, as a new version when it differs.

    Raises: InputError with every fault of the document.
    """
    _model, problems = parse(document)
    if problems:
        raise InputError(*problems)
    row, _created = FiscalYear.objects.get_or_create(year=year)
    standing = SteeringModelVersion.objects.all().current().filter(year=row).first()
    if standing is not None and standing.document == document:
        return standing, False
    version = supersede(standing, SteeringModelVersion(year=row, document=document), by=by)
    record(
        EventKind.YEAR_SAVED,
        by=by,
        subject=f"year:{year}",
        label=str(year),
        data={"name": document["name"], "digest": digest(document)},
    )
    return version, True


@atomic
def save_round(
    *,
    key: str,
    year: int,
    kind: str,
    name: str,
    cutoff: dt.date,
    opens: dt.date | None = None,
    deadline: dt.date | None = None,
    by: Actor,
) -> tuple[Round, bool]:
    """Create or change a round. Its state is moved by `open_round`, `close` and `reopen`."""
    fiscal_year = FiscalYear.objects.filter(year=year).first()
    if fiscal_year is None:
        raise refuse(
            "year",
            f"Året {year} är inte upplagt.",
            field="year",
            remedy="Lägg upp året med en styrmodell först.",
        )
    row = Round.objects.filter(key=key).first() or Round(key=key)
    difference = changed(
        row,
        {
            "year": fiscal_year,
            "kind": kind,
            "name": name,
            "cutoff": cutoff,
            "opens": opens,
            "deadline": deadline,
        },
    )
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(EventKind.ROUND_SAVED, by=by, subject=f"round:{key}", label=name, data=difference)
    return row, True


def save_round_from_template(*, template: RoundTemplate, year: int, by: Actor) -> tuple[Round, bool]:
    """Create a year's round as the steering model describes it."""

    def day(text: str, in_year: int) -> dt.date | None:
        return dt.date.fromisoformat(f"{in_year}-{text}") if text else None

    cutoff = day(template.cutoff, year)
    if cutoff is None:
        raise refuse("cutoff", f"Tillfället ”{template.key}” saknar datum.", field="cutoff")
    return save_round(
        key=f"{year}-{template.key}",
        year=year,
        kind=template.kind,
        name=template.name.format(year=year),
        cutoff=cutoff,
        deadline=day(template.deadline, year) or day(template.deadline_next_year, year + 1),
        by=by,
    )


@atomic
def open_year(*, year: int, like: int, by: Actor) -> list[Round]:
    """Set up a year with an earlier year's steering model, and the rounds that the model has every year.

    Returns: the year's rounds, planned.
    Raises: InputError when the year is set up already, or the earlier one has no model.
    """
    if FiscalYear.objects.filter(year=year).exists():
        raise refuse("year", f"{year} är redan upplagt.", field="year", remedy="Välj ett annat år.")
    standing = SteeringModelVersion.objects.all().current().filter(year_id=like).first()
    if standing is None:
        raise refuse("like", f"{like} har ingen styrmodell.", field="like", remedy="Välj ett annat år.")
    save_model(year=year, document=standing.document, by=by)
    model, _problems = parse(standing.document)
    templates = model.rounds if model else ()
    return [save_round_from_template(template=row, year=year, by=by)[0] for row in templates]


@atomic
def move_round(*, round_: Round, state: RoundState, by: Actor, reason: str = "") -> bool:
    """Open, close or reopen a round. Returns whether anything changed.

    Raises: InputError when the round cannot go there, or a reason is missing.
    """
    row = Round.objects.select_for_update().get(pk=round_.pk)
    before = RoundState(row.state)
    if before is state:
        return False
    if not may_move(before, state):
        raise refuse(
            "state",
            f"{row.name} är {before.label} och kan inte bli {state.label}.",
            remedy="Öppna tillfället först.",
        )
    if needs_reason(before, state) and not reason.strip():
        raise refuse(
            "reason", "Skäl saknas.", field="reason", remedy="Skriv varför tillfället öppnas på nytt."
        )
    row.state = round_.state = state.value
    row.save(update_fields=["state"])
    kinds = {
        (RoundState.PLANNED, RoundState.OPEN): EventKind.ROUND_OPENED,
        (RoundState.OPEN, RoundState.CLOSED): EventKind.ROUND_CLOSED,
        (RoundState.CLOSED, RoundState.OPEN): EventKind.ROUND_REOPENED,
    }
    record(
        kinds[before, state],
        by=by,
        subject=f"round:{row.key}",
        label=row.name,
        data={"state": [before.value, state.value], "reason": reason.strip()},
    )
    return True


def require_open(round_: Round, *, year: int | None = None, importing: bool = False) -> None:
    """Stop reporting in a round that is not open, or of another year than what is reported.

    The state is read anew: the round may have been closed since the page was shown.

    Args: year: the year of what is reported. importing: lets a dataset fill rounds that have been closed since.
    Raises: InputError.
    """
    if year is not None and year != round_.year_id:
        raise refuse(
            "round",
            f"{round_.name} hör till {round_.year_id}, inte {year}.",
            field="round",
            remedy=f"Välj ett tillfälle för {year}.",
        )
    if importing:
        return
    state = RoundState(Round.objects.values_list("state", flat=True).get(pk=round_.pk))
    if state is not RoundState.OPEN:
        raise refuse(
            "closed",
            f"{round_.name} är {state.label}, så inget kan rapporteras.",
            remedy="Be den som driver uppföljningen att öppna tillfället (med skäl).",
        )
