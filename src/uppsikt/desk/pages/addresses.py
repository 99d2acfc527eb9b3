"""Where a thing named in the history, in a draft or in a task is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse

from uppsikt.control.pages.audit_words import recommendation_href
from uppsikt.control.selectors.audit import recommendations
from uppsikt.cycle.selectors import Round
from uppsikt.planning import selectors as planning
from uppsikt.planning.rules.reporting import Task, TaskKind
from uppsikt.reports import selectors as reports
from uppsikt.reports.pages.links import to
from uppsikt.reports.selectors import Report

CONTROL: Mapping[str, str] = {
    "risk": "risk", "mitigation": "mitigation", "control": "control", "review": "review",
    "audit_question": "question", "deficiency": "deficiency", "group_control": "group", "workshop": "workshop",
    "sample": "sample",
}  # fmt: skip
"""The page of each kind of thing in internal control."""


def of_task(task: Task, round_: Round) -> str:
    """The field where the task is done."""
    part = {
        TaskKind.INDICATOR: f"judgement-{task.key}",
        TaskKind.ASSIGNMENT: f"status-{task.key}",
        TaskKind.TEXT: "texts",
        TaskKind.GOAL: "assessment",
    }[task.kind]
    if task.goal:
        return f"{reverse('planning:report_goal', args=[round_.key, task.goal])}#{part}"
    if task.section:
        return f"{reverse('planning:report_section', args=[round_.key, task.body, task.section])}#{part}"
    return f"{reverse('planning:report_assignments', args=[round_.key, task.body])}#{part}"


def of_report(row: Report) -> str:
    """A report's workspace."""
    return to("workspace", row)


def of_drafts(slots: Collection[str]) -> Mapping[str, str]:
    """The page where each draft was begun, for those that still have one. Three queries at most."""
    parts = [(slot, slot.split(":")) for slot in slots]
    fields = [
        (slot, pieces[1], pieces[2]) for slot, pieces in parts if pieces[0] == "round" and len(pieces) == 4
    ]
    keys: dict[str, set[str]] = {"status": set(), "judgement": set()}
    for _slot, _round, part in fields:
        kind, _dash, key = part.partition("-")
        keys.setdefault(kind, set()).add(key)
    tasks = {row.item.key: row for row in planning.assignments().filter(item__key__in=keys["status"])}
    uses = {row.key: row for row in planning.uses().filter(key__in=keys["judgement"])}
    wanted = {pieces[1] for _slot, pieces in parts if pieces[0] == "report"}
    written = {row.key: row for row in reports.reports().filter(key__in=wanted)} if wanted else {}
    found: dict[str, str] = {}
    for slot, pieces in parts:
        if pieces[0] == "goal" and len(pieces) >= 5:
            kind = pieces[4] if len(pieces) == 5 else f"{pieces[4]}-{pieces[5].removeprefix('priority-')}"
            found[slot] = f"{reverse('planning:report_goal', args=[pieces[2], pieces[1]])}#text-{kind}"
        elif pieces[0] == "report" and pieces[1] in written and len(pieces) == 3:
            found[slot] = to("chapter", written[pieces[1]], chapter=pieces[2])
    for slot, round_, part in fields:
        kind, _dash, key = part.partition("-")
        href = ""
        if kind == "assessment":
            href = reverse("planning:report_goal", args=[round_, key])
        elif kind == "status" and key in tasks:
            task = tasks[key]
            href = (
                reverse("planning:report_goal", args=[round_, task.goal.key])
                if task.goal
                else reverse("planning:report_assignments", args=[round_, task.item.body.key])
            )
        elif kind == "judgement" and key in uses:
            use = uses[key]
            href = (
                reverse("planning:report_goal", args=[round_, use.goal.key])
                if use.goal
                else reverse("planning:report_section", args=[round_, use.body.key, use.section])
            )
        if href:
            found[slot] = f"{href}#{part}"
    return found


PROCUREMENT = ("supplier", "agreement", "procurement")


def of_subjects(subjects: Iterable[str]) -> Mapping[str, str]:
    """The page of each thing named in the history. Three queries at most."""
    named = {subject: subject.partition(":")[::2] for subject in subjects}
    wanted = {key for kind, key in named.values() if kind == "use"}
    uses = {row.key: row for row in planning.uses().filter(key__in=wanted)} if wanted else {}
    keys = {key for kind, key in named.values() if kind == "report"}
    written = {row.key: row for row in reports.reports().filter(key__in=keys)} if keys else {}
    said = {key for kind, key in named.values() if kind == "recommendation"}
    told = {row.key: row for row in recommendations(said)} if said else {}
    found: dict[str, str] = {}
    for subject, (kind, key) in named.items():
        if kind in ("goal", "indicator", "assignment"):
            found[subject] = reverse(f"planning:{kind}", args=[key])
        elif kind in CONTROL:
            found[subject] = reverse(f"control:{CONTROL[kind]}", args=[key])
        elif kind in PROCUREMENT:
            found[subject] = reverse(f"procurement:{kind}", args=[key])
        elif kind == "publication":
            found[subject] = reverse("reports:publication", args=[key])
        elif kind == "recommendation" and key in told:
            found[subject] = recommendation_href(told[key])
        elif kind == "project":
            found[subject] = reverse("investments:project", args=[key])
        elif kind == "use" and key in uses:
            found[subject] = f"{reverse('planning:indicator', args=[uses[key].indicator.key])}?use={key}"
        elif kind == "report" and key in written:
            found[subject] = of_report(written[key])
    return found
