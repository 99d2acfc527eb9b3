"""Writing internal control: risks, controls with measures and occasions, deficiencies, mitigations, what waits."""

from __future__ import annotations

from uppsikt.control.actions import controls, deficiencies, mitigations, risks
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.exchange.actions.apply_planning import figure
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row, Values
from uppsikt.followup.actions import set_dependency

RISK = (
    "key", "year", "process", "title", "cause", "consequence", "background", "origin_year", "shared", "adapted",
    "position",
)  # fmt: skip
CHECKED = ("process", "name", "purpose", "method", "frequency", "period_text", "footnote")
ITEM = ("key", "year", "deadline", "carried_from_year", "origin_year", "position")


def risk(row: Row, here: Here) -> None:
    values = row.values
    adopted, earlier = values["adopted_from"], values["carried_over_from"]
    here.risks[values["key"]], _changed = risks.save_risk(
        **{name: values[name] for name in RISK},
        body=here.bodies[values["body"]],
        unit=here.units[values["unit"]] if values["unit"] else None,
        responsible=here.people[values["responsible"]] if values["responsible"] else None,
        adopted_from=here.risks[adopted] if adopted else None,
        carried_over_from=here.risks[earlier] if earlier else None,
        by=here.by,
    )


def risk_assessment(row: Row, here: Here) -> None:
    values = row.values
    risks.assess_risk(
        risk=here.risks[values["risk"]],
        stage=Stage(values["stage"]),
        likelihood=values["likelihood"],
        consequence=values["consequence"],
        comment=values["comment"],
        by=here.by,
    )


def risk_treatment(row: Row, here: Here) -> None:
    values = row.values
    risks.treat_risk(
        risk=here.risks[values["risk"]],
        decision=RiskDecision(values["decision"]),
        rationale=values["rationale"],
        by=here.by,
    )


def group_control(row: Row, here: Here) -> None:
    values = row.values
    here.group_controls[values["key"]], _changed = controls.save_group_control(
        **{name: values[name] for name in ("key", "year", *CHECKED, "rows_of", "position")},
        body=here.bodies[values["body"]],
        by=here.by,
    )


def control(row: Row, here: Here) -> None:
    values = row.values
    earlier = values["carried_over_from"]
    here.controls[values["key"]], _changed = controls.save_control(
        **_item(values, here),
        **{name: values[name] for name in (*CHECKED, "label", "performer_text", "reviewer_text")},
        group=here.group_controls[values["group"]] if values["group"] else None,
        risk=here.risks[values["risk"]] if values["risk"] else None,
        performer=here.people[values["performer"]] if values["performer"] else None,
        reviewer=here.people[values["reviewer"]] if values["reviewer"] else None,
        carried_over_from=here.controls[earlier] if earlier else None,
        by=here.by,
    )


def measure(row: Row, here: Here) -> None:
    values = row.values
    controls.save_measure(
        **{name: values[name] for name in ("key", "label", "kind", "unit_text", "above", "position")},
        group=here.group_controls[values["group"]] if values["group"] else None,
        control=here.controls[values["control"]] if values["control"] else None,
        approved_from=figure(values["approved_from"]),
        deficient_from=figure(values["deficient_from"]),
        by=here.by,
    )


def occasion(row: Row, here: Here) -> None:
    values = row.values
    again = values["retest_of"]
    here.occasions[here.place(values)], _changed = controls.save_occasion(
        **{name: values[name] for name in ("period", "period_text", "due", "position")},
        control=here.controls[values["control"]],
        retest_of=here.deficiencies[again] if again else None,
        by=here.by,
    )


def deficiency(row: Row, here: Here) -> None:
    values = row.values
    here.deficiencies[values["key"]], _changed = deficiencies.save_deficiency(
        **{name: values[name] for name in ("key", "title", "description", "found_on")},
        occasion=here.occasions[here.place(values)],
        by=here.by,
    )


def mitigation(row: Row, here: Here) -> None:
    values = row.values
    about, earlier = values["recommendation"], values["carried_over_from"]
    here.mitigations[values["key"]], _changed = mitigations.save_mitigation(
        **_item(values, here),
        title=values["title"],
        description=values["description"],
        risk=here.risks[values["risk"]] if values["risk"] else None,
        recommendation=here.recommendations[about] if about else None,
        deficiency=here.deficiencies[values["deficiency"]] if values["deficiency"] else None,
        carried_over_from=here.mitigations[earlier] if earlier else None,
        by=here.by,
    )


def dependency(row: Row, here: Here) -> None:
    values = row.values
    item, label = here.item(values["item"])
    waits_for, _label = here.item(values["waits_for"])
    set_dependency(item=item, waits_for=waits_for, note=values["note"], label=label, by=here.by)


def _item(values: Values, here: Here) -> Values:
    return {name: values[name] for name in ITEM} | {
        "body": here.bodies[values["body"]],
        "unit": here.units[values["unit"]] if values["unit"] else None,
        "responsible": here.people[values["responsible"]] if values["responsible"] else None,
    }
