"""Writing what controls found: words and figures of an occasion together, as they are reported, and the summary."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.control.actions import results
from uppsikt.control.actions.summaries import sum_up
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors.summaries import summary_view
from uppsikt.exchange.actions.apply_planning import figure
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row, Values
from uppsikt.exchange.rules.tables import BY_KEY
from uppsikt.exchange.rules.tables.reporting import NOT_SET

SAID = ("judgement", "judgement_text", "comment", "recommendation")
RESULT = (*SAID, "reason", "performed_on", "performed_by", "reviewed_on", "reviewed_by")
COUNTED = ("checked", "faulty", "count", "extra_count", "extra_text", "total_ore", "outside_ore")


def of_occasion(rows: Sequence[Row], here: Here) -> None:
    """The result of an occasion: its row and its figures, as many of them as are new or changed."""
    values = _words("control_results", rows[0].values, here)
    results.report_result(
        **{name: values[name] for name in RESULT},
        occasion=here.occasions[here.place(values)],
        round_=here.rounds[values["round"]] if values["round"] else None,
        parts=_parts(rows),
        by=here.by,
        importing=True,
    )


def of_group(rows: Sequence[Row], here: Here) -> None:
    """What is said of a group-wide control for a period, with its totals as they were reported."""
    values = _words("group_results", rows[0].values, here)
    results.report_group(
        **{name: values[name] for name in (*SAID, "period", "change")},
        group=here.group_controls[values["group"]],
        round_=here.rounds[values["round"]] if values["round"] else None,
        parts=_parts(rows),
        by=here.by,
        importing=True,
    )


def summary(rows: Sequence[Row], here: Here) -> None:
    """A body's summary assessment, with what the rule proposes from all that has been written before it."""
    values = rows[0].values
    body, round_ = here.bodies[values["body"]], here.rounds[values["round"]]
    proposal = summary_view(body, round_).proposal
    sum_up(
        body=body,
        round_=round_,
        proposed=proposal.step.key if proposal else "",
        step="" if values["step"] == NOT_SET else values["step"],
        rationale=values["rationale"],
        stated=[{"of": of, "status": step, "count": count} for of, step, count in values["stated"]],
        by=here.by,
        importing=True,
    )


def _words(table: str, given: Values, here: Here) -> Values:
    """The result's own row: in the dataset, else in the database, else an empty one for the figures to hang on."""
    spec = BY_KEY[table]
    held = here.known.values(table, *(given[name] for name in spec.identity))
    return held or {field.key: given.get(field.key, field.default) for field in spec.fields}


def _parts(rows: Sequence[Row]) -> dict[str, PartInput]:
    return {row.values["measure"]: part(row.values) for row in rows if "measure" in row.values}


def part(values: Values) -> PartInput:
    """The figures of a row."""
    return PartInput(
        value=figure(values["value"]),
        faults=[{"kind": kind, "count": count} for kind, count in values["faults"]],
        **{name: values[name] for name in COUNTED},
    )
