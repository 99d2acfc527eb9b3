"""The register of projects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.investments import selectors
from uppsikt.investments.models import Project
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key


@atomic
def save_project(
    *,
    key: str,
    body: Body,
    kind: str,
    name: str,
    area: str = "",
    group: str = "",
    code: str = "",
    position: int = 0,
    decision: Decision | None = None,
    decided_total_ore: int | None = None,
    spent_before_ore: int = 0,
    spent_before_source: str = "",
    guarantee_until: dt.date | None = None,
    by: Actor,
) -> tuple[Project, bool]:
    """Add a project to the register, or change one; one that was removed stands again.

    Args: decided_total_ore, spent_before_ore: outlays, positive.
    Raises: InputError when the kind is in no year's economy model, a code is another project's already, or an
        amount spent before the ledgers has no source.
    """
    codes = code.split()
    project = Project.objects.filter(key=key).first() or Project(key=key)
    problems = [*_kind_problems(kind), *_code_problems(key, codes)]
    if spent_before_ore and not spent_before_source.strip():
        problems.append(
            Problem(
                "source",
                Where(field="spent_before_source"),
                "Det upparbetade beloppet har ingen källa.",
                "Skriv varifrån det kommer, till exempel årsredovisningen 2021.",
            )
        )
    if problems:
        raise InputError(*problems)
    reference = decision or Decision()
    difference = changed(
        project,
        {
            "body": body,
            "kind": kind,
            "name": name.strip(),
            "area": area.strip(),
            "group": group.strip(),
            "code": " ".join(codes),
            "position": position,
            "decision_case": reference.case,
            "decision_body": reference.body,
            "decision_date": reference.date,
            "decision_section": reference.section,
            "decided_total_ore": decided_total_ore,
            "spent_before_ore": spent_before_ore,
            "spent_before_source": spent_before_source.strip(),
            "guarantee_until": guarantee_until,
        },
    )
    if project.removed_at is not None:
        project.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return project, False
    project.full_clean()
    project.save()
    _record(EventKind.PROJECT_SAVED, project, by, difference)
    return project, True


def unused_key(body: Body, name: str) -> str:
    """A readable key for a new project of the body."""
    return new_key([body.key, name], Project.objects.values_list("key", flat=True))


def last_position() -> int:
    """Where a new project is put: last."""
    return (Project.objects.order_by("-position").values_list("position", flat=True).first() or 0) + 10


@atomic
def remove_project(*, project: Project, by: Actor) -> bool:
    """Take a project out of the register. Nothing is lost: `restore_project` puts it back."""
    if project.removed_at is not None:
        return False
    project.removed_at = clock.now()
    project.save(update_fields=["removed_at"])
    _record(EventKind.PROJECT_REMOVED, project, by, {})
    return True


@atomic
def restore_project(*, project: Project, by: Actor) -> bool:
    """Put a removed project back. Raises: InputError when another project has taken over one of its codes."""
    if project.removed_at is None:
        return False
    problems = _code_problems(project.key, project.code.split())
    if problems:
        raise InputError(*problems)
    project.removed_at = None
    project.save(update_fields=["removed_at"])
    _record(EventKind.PROJECT_SAVED, project, by, {"removed": [True, False]})
    return True


def _kind_problems(kind: str) -> list[Problem]:
    known = dict.fromkeys(one.key for model in selectors.models() for one in model.project_kinds)
    if kind in known:
        return []
    remedy = (
        f"Välj något av: {', '.join(known)}." if known else "Lägg först upp en ekonomimodell med projektslag."
    )
    return [
        Problem("kind", Where(field="kind"), f"Projektslaget ”{kind}” finns inte i ekonomimodellen.", remedy)
    ]


def _code_problems(key: str, codes: list[str]) -> list[Problem]:
    """A code belongs to one project, or its outcome would be counted twice."""
    if not codes:
        return []
    rows = Project.objects.filter(removed_at__isnull=True).exclude(key=key).exclude(code="")
    others = rows.values_list("name", "code")
    return [
        Problem(
            "code",
            Where(field="code"),
            f"Koden {code} hör redan till {name}.",
            "Ett projekts kod kan bara stå på ett projekt, annars räknas utfallet två gånger.",
        )
        for name, held in others
        for code in codes
        if code in held.split()
    ]


def _record(kind: EventKind, project: Project, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject(project),
        label=project.name,
        body_key=project.body.key,
        data=data,
    )
