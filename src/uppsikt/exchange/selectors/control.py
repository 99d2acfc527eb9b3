"""Internal control, as rows: risks, controls and their occasions, deficiencies, mitigations, what waits for what."""

from __future__ import annotations

from typing import Any

from uppsikt.control import selectors as control
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.selectors.economy import in_order
from uppsikt.exchange.selectors.planning import figure
from uppsikt.followup.selectors import Dependency

CHECKED = ("process", "name", "purpose", "method", "frequency", "period_text", "footnote")
RISK = (
    "key", "process", "title", "cause", "consequence", "background", "origin_year", "shared", "adapted", "position",
)  # fmt: skip
ITEM = ("key", "deadline", "carried_from_year", "origin_year", "position")
MEASURE = ("key", "label", "kind", "unit_text", "above", "position")


def tables() -> dict[str, list[Values]]:
    """The tables of what may go wrong and what is done about it."""
    return {
        **_risks(),
        **_controls(),
        "occasions": _occasions(),
        "deficiencies": _deficiencies(),
        "mitigations": _mitigations(),
        "dependencies": _dependencies(),
    }


def key_of(row: Any) -> str:
    """The key of what is pointed at; empty when it points at nothing."""
    return "" if row is None else str(getattr(row, "item", row).key)


def _risks() -> dict[str, list[Values]]:
    rows = control.Risk.objects.filter(removed_at__isnull=True)
    related = ("body", "unit", "responsible", "adopted_from", "carried_over_from")
    risks: list[Values] = [
        {
            **{name: getattr(row, name) for name in RISK},
            **{name: key_of(getattr(row, name)) for name in related},
            "year": row.year_id,
        }
        for row in rows.select_related(*related)
    ]
    assessed = control.RiskAssessment.objects.all().current().filter(risk__removed_at__isnull=True)
    treated = control.RiskTreatment.objects.all().current().filter(risk__removed_at__isnull=True)
    return {
        "risks": placed(risks),
        "risk_assessments": in_order(
            [
                {
                    "risk": row.risk.key,
                    "stage": row.stage,
                    "likelihood": row.likelihood,
                    "consequence": row.consequence,
                    "comment": row.comment,
                }
                for row in assessed.select_related("risk")
            ],
            "risk",
            "stage",
        ),
        "risk_treatments": in_order(
            [
                {"risk": row.risk.key, "decision": row.decision, "rationale": row.rationale}
                for row in treated.select_related("risk")
            ],
            "risk",
        ),
    }


def _controls() -> dict[str, list[Values]]:
    groups = control.GroupControl.objects.filter(removed_at__isnull=True).select_related("body")
    rows = control.Control.objects.filter(item__removed_at__isnull=True)
    own = ("group", "risk", "performer", "reviewer")
    measures = control.ControlMeasure.objects.filter(removed_at__isnull=True)
    return {
        "group_controls": placed(
            [
                {
                    **{name: getattr(row, name) for name in ("key", *CHECKED, "rows_of", "position")},
                    "year": row.year_id,
                    "body": row.body.key,
                }
                for row in groups
            ]
        ),
        "controls": placed(
            [
                {
                    **_told(row),
                    **{name: getattr(row, name) for name in ("label", "performer_text", "reviewer_text")},
                    **{name: key_of(getattr(row, name)) for name in own},
                    **_item(row.item),
                }
                for row in rows.select_related(*own, *ITEM_RELATED)
            ]
        ),
        "control_measures": sorted(
            [
                {
                    **{name: getattr(row, name) for name in MEASURE},
                    "group": key_of(row.group),
                    "control": key_of(row.control),
                    "approved_from": figure(row.approved_from),
                    "deficient_from": figure(row.deficient_from),
                }
                for row in measures.select_related("group", "control__item")
            ],
            key=lambda row: (row["group"], row["control"], row["position"], row["key"]),
        ),
    }  # fmt: skip


def _told(row: control.Control) -> Values:
    """A control's own words. Those of a group-wide control that has been taken out have become its own."""
    group = row.group if row.group is not None and row.group.removed_at is not None else None
    return {name: getattr(row, name) or getattr(group, name, "") for name in CHECKED}


ITEM_RELATED = tuple(
    f"item__{name}" for name in ("body", "unit", "responsible", "carried_over_from")
)  # fmt: skip


def _item(item: Any) -> Values:
    return {
        **{name: getattr(item, name) for name in ITEM},
        **{
            name: key_of(getattr(item, name)) for name in ("body", "unit", "responsible", "carried_over_from")
        },
        "year": item.year_id,
    }


def standing_occasions() -> dict[int, Values]:
    """The occasions that stand, by id."""
    rows = control.Occasion.objects.filter(removed_at__isnull=True)
    return {
        row.pk: {
            "control": row.control.item.key,
            "period": row.period,
            "period_text": row.period_text,
            "due": row.due,
            "position": row.position,
            "retest_of": key_of(row.retest_of),
        }
        for row in rows.select_related("control__item", "retest_of")
    }


def place(occasion: Values) -> Values:
    """What finds an occasion again."""
    return {name: occasion[name] for name in ("control", "period", "retest_of")}


def _occasions() -> list[Values]:
    return sorted(
        standing_occasions().values(),
        key=lambda row: (row["control"], row["position"], row["period"], row["retest_of"]),
    )


def _deficiencies() -> list[Values]:
    occasions = standing_occasions()
    return in_order(
        [
            {
                **place(occasions[row.occasion_id]),
                "key": row.key,
                "title": row.title,
                "description": row.description,
                "found_on": row.found_on,
            }
            for row in control.Deficiency.objects.filter(removed_at__isnull=True)
            if row.occasion_id in occasions
        ],
        "found_on",
        "key",
    )


def _mitigations() -> list[Values]:
    about = ("risk", "recommendation", "deficiency")
    rows = control.Mitigation.objects.filter(item__removed_at__isnull=True)
    return placed(
        [
            {
                **_item(row.item),
                **{name: key_of(getattr(row, name)) for name in about},
                "title": row.title,
                "description": row.description,
            }
            for row in rows.select_related(*about, *ITEM_RELATED)
        ]
    )


def _dependencies() -> list[Values]:
    rows = Dependency.objects.all().current().select_related("item", "waits_for")
    return in_order(
        [{"item": row.item.key, "waits_for": row.waits_for.key, "note": row.note} for row in rows],
        "item",
        "waits_for",
    )


def placed(rows: list[Values]) -> list[Values]:
    """The rows of a year's table by year, body, position and key, whatever database they come from."""
    return sorted(rows, key=lambda row: (row["year"], row["body"], row["position"], row["key"]))
