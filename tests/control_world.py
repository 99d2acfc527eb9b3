"""A small world of internal control: a board with a risk scale, risks, a workshop's people and mitigations."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests import build
from uppsikt.control.actions import mitigations, risks
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import Mitigation, Risk
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.selectors import Body


def risk(
    *, key: str = "2024-lon", of: int = 2024, at: Body | None = None, title: str = "", process: str = "Lönehantering",
    before: tuple[int, int] | None = None, after: tuple[int, int] | None = None,
    decision: RiskDecision | None = None, **more: Any,
) -> Risk:  # fmt: skip
    """A risk; assessed and decided about when that is given, as (likelihood, consequence)."""
    row, _ = risks.save_risk(
        key=key, year=of, body=at or build.body(), process=process, title=title or key.title(), by=SYSTEM, **more
    )  # fmt: skip
    for stage, place in ((Stage.BEFORE, before), (Stage.AFTER, after)):
        if place:
            risks.assess_risk(risk=row, stage=stage, likelihood=place[0], consequence=place[1], by=SYSTEM)
    if decision:
        risks.treat_risk(risk=row, decision=decision, by=SYSTEM)
    return row


def mitigation(*, of: Risk, key: str = "2024-atgard", title: str = "", **more: Any) -> Mitigation:
    """A mitigation of a risk."""
    row, _ = mitigations.save_mitigation(
        key=key, year=of.year_id, body=of.body, risk=of, title=title or key.title(), by=SYSTEM, **more
    )
    return row


def control_world() -> SimpleNamespace:
    """Four risks of a board, on a scale of 4 × 4 with reporting from 8 (high), and a committee beside it.

    Values before: 12 (with a mitigation, 6 after), 8 (nothing done), 4, and one not assessed.
    """
    world = build.small_world()
    world.interim = build.reporting_round(key="2024-oktober", kind="interim", cutoff="2024-10-31")
    world.committee = build.body(key="gn", name="Gymnasienämnden")
    board = world.board
    world.payroll = risk(
        at=board, title="Risk att fel lön betalas ut", cause="Underlag attesteras sent.",
        consequence="Medarbetare får fel lön.", before=(3, 4), after=(2, 3), decision=RiskDecision.MITIGATE,
        position=1,
    )  # fmt: skip
    world.purchase = risk(
        key="2024-inkop", at=board, title="Risk att inköp görs utan avtal", process="Inköp", before=(4, 2), position=2
    )  # fmt: skip
    world.archive = risk(
        key="2024-arkiv", at=board, title="Risk att handlingar inte arkiveras", process="Arkiv", before=(2, 2),
        decision=RiskDecision.ACCEPT, position=3,
    )  # fmt: skip
    world.fresh = risk(key="2024-ny", at=board, title="Risk som inte bedömts", process="Inköp", position=4)
    world.mitigation = mitigation(of=world.payroll, title="Utbilda attestanter", carried_from_year=2023)
    return world
