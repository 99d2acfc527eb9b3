"""Writing what is built: projects, their amounts, what was said of them."""

from __future__ import annotations

from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.investments.actions.amounts import set_amount
from uppsikt.investments.actions.register import save_project
from uppsikt.investments.actions.reporting import report_project


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


def amount(row: Row, here: Here) -> None:
    values = row.values
    set_amount(
        project=here.projects[values["project"]],
        year=values["year"],
        kind=values["kind"],
        flow=values["flow"],
        amount_ore=values["amount_ore"],
        round_=here.rounds[values["round"]] if values["round"] else None,
        key=values["key"],
        decision=decision(values),
        by=here.by,
        importing=True,
    )


def phase(row: Row, here: Here) -> None:
    values = row.values
    report_project(
        project=here.projects[values["project"]],
        round_=here.rounds[values["round"]],
        phase=values["phase"],
        schedule=values["schedule"],
        estimated_total_ore=values["estimated_total_ore"],
        comment=values["comment"],
        by=here.by,
        importing=True,
    )
