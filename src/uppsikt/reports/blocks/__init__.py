"""The blocks a chapter may hold: one module per kind, named here and nowhere else.

A composer is a pure function: from the composition (snapshot, texts, figures) and the block's own options to the
primitives of the payload. docs/formats/steering-model.md documents the options.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from uppsikt.reports.blocks import (
    assignment_list,
    audit_table,
    compliance_table,
    control_summary,
    control_table,
    disagreements,
    economy_chart,
    economy_table,
    goal_assessment_table,
    goal_sections,
    group_control,
    indicator_chart,
    measures_by_gender,
    mitigation_table,
    oversight_table,
    personnel,
    procurement_table,
    risk_matrix,
    risk_table,
    sources_list,
    summary_figures,
    supplier_table,
    text,
    variance_comments,
)
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block

Composer = Callable[[Composition, Mapping[str, Any]], list[Block]]

BLOCKS: Mapping[str, Composer] = {
    "text": text.compose,
    "summary_figures": summary_figures.compose,
    "goal_assessment_table": goal_assessment_table.compose,
    "goal_sections": goal_sections.compose,
    "indicator_chart": indicator_chart.compose,
    "assignment_list": assignment_list.compose,
    "measures_by_gender": measures_by_gender.compose,
    "personnel": personnel.compose,
    "economy_table": economy_table.compose,
    "economy_chart": economy_chart.compose,
    "variance_comments": variance_comments.compose,
    "control_summary": control_summary.compose,
    "group_control": group_control.compose,
    "risk_matrix": risk_matrix.compose,
    "risk_table": risk_table.compose,
    "mitigation_table": mitigation_table.compose,
    "control_table": control_table.compose,
    "audit_table": audit_table.compose,
    "supplier_table": supplier_table.compose,
    "compliance_table": compliance_table.compose,
    "procurement_table": procurement_table.compose,
    "oversight_table": oversight_table.compose,
    "sources_list": sources_list.compose,
    "disagreements": disagreements.compose,
}

LABELS: Mapping[str, str] = {
    "text": "Text",
    "summary_figures": "Nyckeltal",
    "goal_assessment_table": "Tabell över måluppfyllelse",
    "goal_sections": "Avsnitt per mål",
    "indicator_chart": "Diagram över en indikator",
    "assignment_list": "Lista över uppdrag",
    "measures_by_gender": "Mått efter kön",
    "personnel": "Personaluppgifter",
    "economy_table": "Tabell ur ekonomin",
    "economy_chart": "Diagram ur ekonomin",
    "variance_comments": "Förklarade avvikelser",
    "control_summary": "Samlad bedömning av intern kontroll",
    "group_control": "Kommungemensamma kontroller",
    "risk_matrix": "Riskmatris",
    "risk_table": "Tabell över risker",
    "mitigation_table": "Åtgärder mot risker, brister och efter granskning",
    "control_table": "Tabell över kontroller",
    "audit_table": "Rekommendationer från revision",
    "supplier_table": "Största leverantörerna",
    "compliance_table": "Avtalstrohet",
    "procurement_table": "Upphandlingar",
    "oversight_table": "Alla organ bredvid varandra",
    "sources_list": "Källförteckning",
    "disagreements": "Bedömningar som avviker från regeln",
}
