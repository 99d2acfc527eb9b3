"""What a report reads of internal control: risks, actions, controls, group-wide controls and the summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from uppsikt.control.selectors import control_rows
from uppsikt.control.selectors.audit import RecommendationFacts, recommendation_facts
from uppsikt.control.selectors.controls import ControlFacts, control_facts
from uppsikt.control.selectors.groups import GroupTable, group_tables, period_known
from uppsikt.control.selectors.mitigations import MitigationFacts, mitigation_facts
from uppsikt.control.selectors.risks import RiskFacts, risk_facts
from uppsikt.control.selectors.summaries import SummaryView, summary_view
from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.cycle.selectors import Round
from uppsikt.organisation.selectors import Body
from uppsikt.reports.gaps import Gap

SUMMARY, GROUP, AUDIT = "control_summary", "group_control", "audit_table"
KINDS = frozenset({"risk_matrix", "risk_table", "mitigation_table", "control_table", SUMMARY, GROUP, AUDIT})


@dataclass(frozen=True)
class Control:
    """Internal control as the report's blocks read it: empty for a report without any such block.

    Args: href: the body's own page of internal control.
    """

    risks: Sequence[RiskFacts] = ()
    mitigations: Sequence[MitigationFacts] = ()
    controls: Sequence[ControlFacts] = ()
    groups: Sequence[GroupTable] = ()
    recommendations: Sequence[RecommendationFacts] = ()
    summary: SummaryView | None = None
    href: str = ""


def read(
    body: Body,
    year: int,
    round_: Round | None,
    chapters: Sequence[OutlineChapter],
    moment: dt.datetime | None = None,
) -> Control:
    """What the blocks of these chapters need. A constant number of queries; none without such a block."""
    asked = {block.kind for chapter in chapters for block in chapter.blocks} & KINDS
    if not asked:
        return Control()
    found = Control(href=f"{reverse('control:home')}?body={body.key}&round={round_.key if round_ else ''}")
    if round_ is not None and SUMMARY in asked:
        view = summary_view(body, round_, moment)
        ground = view.ground
        found = replace(
            found,
            summary=view,
            risks=ground.risks,
            mitigations=ground.mitigations,
            controls=ground.controls,
        )
    else:
        found = replace(
            found,
            risks=risk_facts(year, [body.key], moment),
            mitigations=mitigation_facts(year, [body.key], round_, moment),
            controls=control_facts(year, [body.key], round_, moment),
        )
    if AUDIT in asked:
        found = replace(found, recommendations=recommendation_facts([body.key], round_, moment))
    if GROUP in asked:
        found = replace(found, groups=_groups(year, round_, moment))
    return found


def _groups(year: int, round_: Round | None, moment: dt.datetime | None) -> list[GroupTable]:
    """The group-wide controls, each for the latest period that was known at the round."""
    groups = list(control_rows.groups(year, moment))
    return group_tables(groups, period_known(groups, round_, moment), moment)


def gaps(control: Control, round_: Round | None) -> list[Gap]:
    """What a report of internal control still lacks."""
    if round_ is None or not control.href:
        return []
    found = [
        Gap("status", one.mitigation.title, href=f"/control/mitigations/{one.item.key}/")
        for one in control.mitigations
        if one.step is None
    ]
    found += [
        Gap("status", one.name, href=f"/control/controls/{one.item.key}/")
        for one in control.controls
        if one.step is None
    ]
    view = control.summary
    if view is not None and view.proposal is not None and view.step is None:
        found.append(Gap("control", "Samlad bedömning av den interna kontrollen", href=control.href))
    if view is not None:
        found += [Gap("doubt", doubt.message, href=control.href) for doubt in view.doubts]
    return found
