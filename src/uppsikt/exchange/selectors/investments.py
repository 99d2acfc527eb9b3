"""What is built, as rows."""

from __future__ import annotations

from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.selectors.economy import DECISION, in_order
from uppsikt.investments import selectors as investments

PROJECT = (
    "key", "kind", "name", "area", "group", "code", "position", "decided_total_ore", "spent_before_ore",
    "spent_before_source", "guarantee_until",
)  # fmt: skip


def tables() -> dict[str, list[Values]]:
    """The tables of projects: those that stand in the register."""
    amounts = investments.amounts().filter(project__removed_at__isnull=True).select_related("project")
    reports = investments.reports().filter(project__removed_at__isnull=True).select_related("project")
    projects: list[Values] = [
        {"body": row.body.key, **{name: getattr(row, name) for name in (*PROJECT, *DECISION)}}
        for row in investments.projects()
    ]
    told: list[Values] = [
        {
            "project": row.project.key,
            "year": row.year,
            "kind": row.kind,
            "flow": row.flow,
            "round": row.round.key if row.round else "",
            "key": row.key,
            "amount_ore": row.amount_ore,
            **{name: getattr(row, name) for name in DECISION},
        }
        for row in amounts.select_related("project", "round")
    ]
    said: list[Values] = [
        {
            "project": row.project.key,
            "round": row.round.key,
            "phase": row.phase,
            "schedule": row.schedule,
            "estimated_total_ore": row.estimated_total_ore,
            "comment": row.comment,
        }
        for row in reports.select_related("project", "round")
    ]
    return {
        "projects": sorted(projects, key=lambda row: (row["position"], row["key"])),
        "project_amounts": in_order(told, "project", "year", "kind", "flow", "round", "key"),
        "project_phases": in_order(said, "project", "round"),
    }
