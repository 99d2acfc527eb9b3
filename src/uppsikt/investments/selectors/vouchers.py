"""The vouchers behind a project's outcome."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.investments.selectors import Project
from uppsikt.investments.selectors.facts import LedgerOutcomes
from uppsikt.ledger.rows import EntryRow


def largest(
    project: Project, model: EconomyModel, outcomes: LedgerOutcomes, *, limit: int
) -> list[tuple[EntryRow, str]]:
    """The year's largest entries on the project's codes with the flow each counts to, the largest first.

    One question per code and flow. The amounts stand in the ledger's own sign, as they were booked.
    """
    view = outcomes.view
    found = [
        (entry, flow)
        for code in project.codes
        for flow, line in model.flows.items()
        for entry in view.entries(view.scope(Nodes(line=line, project=code)), limit=limit, largest=True)
    ]
    found.sort(key=lambda pair: -abs(pair[0].amount_ore))
    return found[:limit]


def by_flow(model: EconomyModel) -> Mapping[str, str]:
    """What the lines that feed the flows are called."""
    lines = {line.key: line.label for line in model.lines}
    return {flow: lines.get(line, line) for flow, line in model.flows.items()}
