"""Writing when: years with their models, rounds, plans."""

from __future__ import annotations

from uppsikt.cycle import actions as cycle
from uppsikt.cycle.presets import preset
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.models_sheet import ordered
from uppsikt.exchange.rules.rows import Row, Values
from uppsikt.kernel.decision import Decision
from uppsikt.planning.actions import plans

REASON = "Inläsning av datamängd"


def year(row: Row, here: Here) -> None:
    name = row.values["model"]
    document = ordered(here.dataset.models.get(name) or preset(name))
    cycle.save_model(year=row.values["year"], document=document, by=here.by)


def round_(row: Row, here: Here) -> None:
    values = row.values
    saved, _changed = cycle.save_round(
        key=values["key"],
        year=values["year"],
        kind=values["kind"],
        name=values["name"],
        cutoff=values["cutoff"],
        opens=values["opens"],
        deadline=values["deadline"],
        by=here.by,
    )
    wanted = RoundState(values["state"])
    if wanted is RoundState.CLOSED and saved.state == RoundState.PLANNED.value:
        cycle.move_round(round_=saved, state=RoundState.OPEN, by=here.by)
    cycle.move_round(round_=saved, state=wanted, by=here.by, reason=REASON)
    here.rounds[saved.key] = saved


def plan(row: Row, here: Here) -> None:
    values = row.values
    body = here.bodies[values["body"]]
    saved, _changed = plans.save_plan(year=values["year"], body=body, decision=decision(values), by=here.by)
    if values["state"] == "adopted":
        plans.adopt(plan=saved, decision=decision(values), by=here.by)
    elif saved.adopted_at is not None:
        plans.reopen(plan=saved, reason=REASON, by=here.by)


def decision(values: Values) -> Decision:
    """The row's decision reference."""
    return Decision(
        values["decision_case"],
        values["decision_body"],
        values["decision_date"],
        values["decision_section"],
    )
