"""Writing what was said in a round."""

from __future__ import annotations

import json

from uppsikt.cycle import selectors as cycle
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.exchange.rules.tables.reporting import NOT_SET
from uppsikt.followup.actions import report_status
from uppsikt.history.events import EventKind
from uppsikt.planning.actions import goals, indicators
from uppsikt.planning.rules.reporting import goal_slot
from uppsikt.reports.actions import reports
from uppsikt.reports.actions.texts import chapter_label
from uppsikt.reports.composition import chapter_slot
from uppsikt.texts.actions import ANY_VERSION, save_text
from uppsikt.texts.rules import from_plain


def status(row: Row, here: Here) -> None:
    values = row.values
    item, label = here.item(values["item"])
    round_ = here.rounds[values["round"]]
    report_status(
        item=item,
        round_=round_,
        status="" if values["status"] == NOT_SET else values["status"],
        comment=values["comment"],
        scale=cycle.model_for(item.year_id).status_scale(round_.kind),
        label=label,
        by=here.by,
        importing=True,
    )


def indicator_report(row: Row, here: Here) -> None:
    values = row.values
    round_ = here.rounds[values["round"]]
    indicators.report_indicator(
        use=here.uses[values["use"]],
        round_=round_,
        reported=values["reported"],
        reason=values["reason"],
        analysis=values["analysis"],
        trend=values["trend"],
        unjustified=values["unjustified"],
        rule=here.rules(round_).verdicts.get(values["use"], ""),
        by=here.by,
        importing=True,
    )


def assessment(row: Row, here: Here) -> None:
    values = row.values
    round_ = here.rounds[values["round"]]
    goals.assess(
        goal=here.goals[values["goal"]],
        round_=round_,
        body=here.bodies[values["body"]],
        step="" if values["step"] == NOT_SET else values["step"],
        proposed=here.rules(round_).proposals.get(values["goal"], ""),
        rationale=values["rationale"],
        by=here.by,
        importing=True,
    )


def goal_text(row: Row, here: Here) -> None:
    values = row.values
    goal = here.goals[values["goal"]]
    kind, colon, position = values["kind"].partition(":")
    known = {one.key: one.label for one in cycle.model_for(goal.year_id).goal_texts}
    save_text(
        slot=goal_slot(
            goal.key, values["round"], values["body"], f"{kind}:priority-{position}" if colon else kind
        ),
        label=f"{goal.name}: {known.get(kind, kind)}{f' {position}' if colon else ''}",
        content=from_plain(values["content"]),
        base_number=ANY_VERSION,
        body_key=values["body"],
        by=here.by,
        kind=EventKind.GOAL_TEXT_SAVED,
        subject=f"goal:{goal.key}",
    )


def report(row: Row, here: Here) -> None:
    values = row.values
    here.reports[values["key"]], _changed = reports.save_report(
        key=values["key"],
        kind=values["kind"],
        body=here.bodies[values["body"]],
        year=values["year"],
        round_=here.rounds[values["round"]] if values["round"] else None,
        title=values["title"],
        by=here.by,
    )
    before = here.known.stored["reports"].get((values["key"],), {}).get("outline", "")
    if values["outline"]:
        own = json.loads(values["outline"])
        reports.save_outline(
            report=here.reports[values["key"]], chapters=own["chapters"], hidden=own["hidden"], by=here.by
        )
    elif before:
        reports.reset_outline(report=here.reports[values["key"]], by=here.by)


def report_text(row: Row, here: Here) -> None:
    values = row.values
    report_ = here.reports[values["report"]]
    save_text(
        slot=chapter_slot(report_.key, values["chapter"]),
        label=chapter_label(report_, values["chapter"]),
        content=from_plain(values["content"]),
        base_number=ANY_VERSION,
        body_key=report_.body.key,
        by=here.by,
        kind=EventKind.REPORT_TEXT_SAVED,
        subject=f"report:{report_.key}",
    )
