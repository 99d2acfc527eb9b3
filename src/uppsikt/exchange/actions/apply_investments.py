"""Writing what is built: projects, their amounts, what was said of them."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.investments.actions.amounts import set_table
from uppsikt.investments.actions.register import save_project
from uppsikt.investments.actions.reporting import report_table
from uppsikt.investments.selectors import ProjectAmount, ProjectReport

AMOUNT = (
    "year", "kind", "flow", "key", "amount_ore", "decision_case", "decision_body", "decision_date",
    "decision_section",
)  # fmt: skip
REPORT = ("phase", "schedule", "estimated_total_ore", "comment")


def project(row: Row, here: Here) -> None:
    values = row.values
    here.projects[values["key"]], _changed = save_project(
        key=values["key"],
        body=here.bodies[values["body"]],
        kind=values["kind"],
        name=values["name"],
        area=values["area"],
        group=values["group"],
        code=values["code"],
        position=values["position"],
        decision=decision(values),
        decided_total_ore=values["decided_total_ore"],
        spent_before_ore=values["spent_before_ore"],
        spent_before_source=values["spent_before_source"],
        guarantee_until=values["guarantee_until"],
        by=here.by,
    )


def amounts(rows: Sequence[Row], here: Here) -> None:
    """A project's amounts."""
    found = here.projects[rows[0].values["project"]]
    given = [
        ProjectAmount(
            project=found,
            round=here.rounds[row.values["round"]] if row.values["round"] else None,
            **{name: row.values[name] for name in AMOUNT},
        )
        for row in rows
    ]
    set_table(project=found, amounts=given, by=here.by, importing=True)


def phases(rows: Sequence[Row], here: Here) -> None:
    """What was said of a project in its rounds."""
    found = here.projects[rows[0].values["project"]]
    given = [
        ProjectReport(
            project=found,
            round=here.rounds[row.values["round"]],
            **{name: row.values[name] for name in REPORT},
        )
        for row in rows
    ]
    report_table(project=found, reports=given, by=here.by, importing=True)
