"""Every table of the dataset, in the order in which they are read in: what is pointed at comes first."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables.audit import (
    AUDITOR_FOLLOW_UPS,
    RECOMMENDATION_ANSWERS,
    RECOMMENDATIONS,
    REVIEWS,
)
from uppsikt.exchange.rules.tables.control import (
    CONTROL_MEASURES,
    CONTROLS,
    DEFICIENCIES,
    DEPENDENCIES,
    GROUP_CONTROLS,
    MITIGATIONS,
    OCCASIONS,
    RISK_ASSESSMENTS,
    RISK_TREATMENTS,
    RISKS,
)
from uppsikt.exchange.rules.tables.control_results import (
    CONTROL_FIGURES,
    CONTROL_RESULTS,
    CONTROL_SUMMARIES,
    GROUP_FIGURES,
    GROUP_RESULTS,
)
from uppsikt.exchange.rules.tables.cycle import PLANS, ROUNDS, YEARS
from uppsikt.exchange.rules.tables.economy import (
    BUDGET,
    CODING,
    ECONOMY_YEARS,
    FORECASTS,
    FRAME_AMOUNTS,
    FRAMES,
    REGISTER_AMOUNTS,
    REGISTERS,
    RESTATEMENTS,
)
from uppsikt.exchange.rules.tables.investments import PROJECT_AMOUNTS, PROJECT_PHASES, PROJECTS
from uppsikt.exchange.rules.tables.organisation import (
    BODIES,
    MUNICIPALITY,
    PEOPLE,
    ROLES,
    SUCCESSIONS,
    UNITS,
)
from uppsikt.exchange.rules.tables.planning import (
    ASSIGNMENTS,
    GOALS,
    INDICATORS,
    OBSERVATIONS,
    PRIORITIES,
    TARGETS,
    USES,
)
from uppsikt.exchange.rules.tables.procurement import (
    AGREEMENT_FOLLOW_UPS,
    AGREEMENTS,
    PROCUREMENTS,
    PURCHASE_HANDLINGS,
    PURCHASE_LIMITS,
    SUPPLIER_CHECKS,
    SUPPLIERS,
)
from uppsikt.exchange.rules.tables.reporting import (
    ASSESSMENTS,
    GOAL_TEXTS,
    INDICATOR_REPORTS,
    REPORT_TEXTS,
    REPORTS,
    STATUSES,
)

FORMAT = "uppsikt-dataset 1"

TABLES: tuple[Table, ...] = (
    MUNICIPALITY, BODIES, SUCCESSIONS, UNITS, PEOPLE, ROLES,
    YEARS, ROUNDS, PLANS,
    GOALS, PRIORITIES, INDICATORS, USES, TARGETS, OBSERVATIONS, ASSIGNMENTS,
    RISKS, RISK_ASSESSMENTS, RISK_TREATMENTS,
    REVIEWS, RECOMMENDATIONS, RECOMMENDATION_ANSWERS, AUDITOR_FOLLOW_UPS,
    GROUP_CONTROLS, CONTROLS, CONTROL_MEASURES, OCCASIONS, DEFICIENCIES, MITIGATIONS, DEPENDENCIES,
    INDICATOR_REPORTS, ASSESSMENTS, GOAL_TEXTS, STATUSES, REPORTS, REPORT_TEXTS,
    CONTROL_RESULTS, CONTROL_FIGURES, GROUP_RESULTS, GROUP_FIGURES, CONTROL_SUMMARIES,
    ECONOMY_YEARS, CODING, FRAMES, FRAME_AMOUNTS, BUDGET, FORECASTS, RESTATEMENTS, REGISTERS, REGISTER_AMOUNTS,
    PROJECTS, PROJECT_AMOUNTS, PROJECT_PHASES,
    PURCHASE_LIMITS, SUPPLIERS, AGREEMENTS, PROCUREMENTS, PURCHASE_HANDLINGS, SUPPLIER_CHECKS, AGREEMENT_FOLLOW_UPS,
)  # fmt: skip

BY_KEY: dict[str, Table] = {table.key: table for table in TABLES}

# Sheets of a workbook that are not tables.
INSTRUCTION_SHEET = "Läs först"
LISTS_SHEET = "Listor"
STEERING, ECONOMY = "models", "economy_models"
MODEL_SHEETS = {STEERING: "Styrmodell", ECONOMY: "Ekonomimodell"}
"""The folders that hold model documents, each with the sheet that they stand in."""


def table_named(name: str) -> Table | None:
    """The table that a file or a sheet is: what stands before the first hyphen, in Swedish or as its key."""
    wanted = name.split("-", maxsplit=1)[0].strip().casefold()
    return next((t for t in TABLES if wanted in (t.key.casefold(), t.title.casefold())), None)


def names_of(tables: Sequence[str]) -> str:
    """The tables in words: "Uppdrag, Åtgärder eller Kontroller"."""
    titles = [BY_KEY[one].title for one in tables]
    return " eller ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
