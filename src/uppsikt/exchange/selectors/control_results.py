"""What controls found, as rows."""

from __future__ import annotations

from typing import Any

from uppsikt.control import selectors as control
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.tables.reporting import NOT_SET
from uppsikt.exchange.selectors.control import place, standing_occasions
from uppsikt.exchange.selectors.economy import in_order
from uppsikt.exchange.selectors.planning import figure

SAID = ("judgement", "judgement_text", "comment", "recommendation")
RESULT = (*SAID, "reason", "performed_on", "performed_by", "reviewed_on", "reviewed_by")
FIGURES = ("measure", "checked", "faulty", "count", "extra_count", "extra_text", "total_ore", "outside_ore")


def tables() -> dict[str, list[Values]]:
    """The tables of what was found."""
    return {**_of_occasions(), **_of_groups(), "control_summaries": _summaries()}


def _of_occasions() -> dict[str, list[Values]]:
    occasions = {pk: place(row) for pk, row in standing_occasions().items()}
    results = control.ControlResult.objects.all().current().select_related("round")
    parts = control.ResultPart.objects.all().current()
    return {
        "control_results": in_order(
            [
                {
                    **{name: getattr(row, name) for name in RESULT},
                    **occasions[row.occasion_id],
                    "round": row.round.key if row.round else "",
                }
                for row in results
                if row.occasion_id in occasions
            ],
            "control",
            "period",
            "retest_of",
        ),
        "control_figures": in_order(
            [
                {**_figures(row), **occasions[row.occasion_id]}
                for row in parts
                if row.occasion_id in occasions
            ],
            "control",
            "period",
            "retest_of",
            "measure",
        ),
    }


def _of_groups() -> dict[str, list[Values]]:
    results = control.GroupResult.objects.all().current().filter(group__removed_at__isnull=True)
    parts = control.GroupPart.objects.all().current().filter(group__removed_at__isnull=True)
    return {
        "group_results": in_order(
            [
                {
                    **{name: getattr(row, name) for name in ("period", *SAID, "change")},
                    "group": row.group.key,
                    "round": row.round.key if row.round else "",
                }
                for row in results.select_related("group", "round")
            ],
            "group",
            "period",
        ),
        "group_figures": in_order(
            [
                {**_figures(row), "group": row.group.key, "period": row.period}
                for row in parts.select_related("group")
            ],
            "group",
            "period",
            "measure",
        ),
    }


def _figures(row: Any) -> Values:
    return {
        **{name: getattr(row, name) for name in FIGURES},
        "value": figure(row.value),
        "faults": tuple((one["kind"], one["count"]) for one in row.faults),
    }


def _summaries() -> list[Values]:
    rows = control.ControlSummary.objects.all().current().select_related("body", "round")
    return in_order(
        [
            {
                "body": row.body.key,
                "round": row.round.key,
                "step": row.step or NOT_SET,
                "rationale": row.rationale,
                "stated": tuple((one["of"], one["status"], one["count"]) for one in row.stated),
            }
            for row in rows
        ],
        "round",
        "body",
    )
