"""What is said of a project in a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import ProjectKind
from uppsikt.economy.selectors.models import model_for, models_for
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import plain
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, supersede_many
from uppsikt.investments import selectors
from uppsikt.investments.models import Project, ProjectReport
from uppsikt.investments.rules.words import Schedule
from uppsikt.kernel.problems import InputError, Problem, Where

_FIELDS = ("phase", "schedule", "estimated_total_ore", "comment")


@atomic
def report_project(
    *,
    project: Project,
    round_: Round,
    phase: str = "",
    schedule: str = "",
    estimated_total_ore: int | None = None,
    comment: str = "",
    by: Actor,
    importing: bool = False,
) -> tuple[ProjectReport, bool]:
    """Report a project's phase, schedule, estimated total outlay (positive) and comment in a round.

    Raises: InputError when the round is not open (unless importing), or the phase is none of the kind's.
    """
    require_open(round_, importing=importing)
    problems = [*_phase_problems(project, _kind(project, round_), phase), *_schedule_problems(schedule)]
    if problems:
        raise InputError(*problems)
    values: dict[str, Any] = {
        "phase": phase,
        "schedule": schedule,
        "estimated_total_ore": estimated_total_ore,
        "comment": comment.strip(),
    }
    old = selectors.report_in(project, round_)
    before = {field: getattr(old, field) for field in _FIELDS} if old else {}
    if old is not None and before == values:
        return old, False
    new = supersede(old, ProjectReport(project=project, round=round_, **values), by=by)
    record(
        EventKind.PROJECT_REPORTED,
        by=by,
        subject=selectors.subject(project),
        label=project.name,
        body_key=project.body.key,
        data={"round": round_.key}
        | {
            field: [plain(before.get(field)), plain(value)]
            for field, value in values.items()
            if before.get(field) != value
        },
    )
    return new, True


@atomic
def report_table(
    *, project: Project, reports: Sequence[ProjectReport], by: Actor, importing: bool = False
) -> int:
    """Report a project in many rounds at once, with one event; other rounds are left as they are.

    Args: reports: unsaved rows of the project, one a round.
    Returns: how many were new or changed.
    Raises: InputError as `report_project`.
    """
    rounds = {row.round_id: row.round for row in reports}
    models = models_for({round_.year_id for round_ in rounds.values()})
    kinds = {year: model.project_kind(project.kind) for year, model in models.items()}
    for round_ in rounds.values():
        require_open(round_, importing=importing)
    problems = [
        problem
        for row in reports
        for problem in (
            *_phase_problems(project, kinds.get(row.round.year_id), row.phase),
            *_schedule_problems(row.schedule),
        )
    ]
    if problems:
        raise InputError(*problems)
    standing = {row.round_id: row for row in selectors.reports(project)}
    pairs: list[tuple[ProjectReport | None, ProjectReport]] = []
    for row in reports:
        old = standing.get(row.round_id)
        if old is None or _said(old) != _said(row):
            pairs.append((old, row))
    if not pairs:
        return 0
    supersede_many(pairs, by=by)
    record(
        EventKind.PROJECT_REPORTED,
        by=by,
        subject=selectors.subject(project),
        label=project.name,
        body_key=project.body.key,
        data={
            "rows": [
                [row.round.key, [plain(one) for one in _said(old)] if old else None, *map(plain, _said(row))]
                for old, row in pairs
            ]
        },
    )
    return len(pairs)


def _said(row: ProjectReport) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in _FIELDS)


def _kind(project: Project, round_: Round) -> ProjectKind | None:
    try:
        return model_for(round_.year_id).project_kind(project.kind)
    except LookupError:
        return None


def _phase_problems(project: Project, kind: ProjectKind | None, phase: str) -> list[Problem]:
    if not phase:
        return []
    known = [one.key for one in kind.phases] if kind else []
    if phase in known:
        return []
    return [
        Problem(
            "phase",
            Where(field="phase"),
            f"Skedet ”{phase}” finns inte för projektslaget {kind.label if kind else project.kind}.",
            f"Välj något av: {', '.join(known)}." if known else "Lägg upp skedena i årets ekonomimodell.",
        )
    ]


def _schedule_problems(schedule: str) -> list[Problem]:
    if not schedule or schedule in set(Schedule):
        return []
    return [
        Problem(
            "schedule",
            Where(field="schedule"),
            f"”{schedule}” är ingen tidplan.",
            f"Välj något av: {', '.join(Schedule)}.",
        )
    ]
