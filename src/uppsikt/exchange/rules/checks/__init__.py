"""Everything that can be wrong with a dataset, found at once and each thing said once."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.exchange.rules.checks.audit import check_audit
from uppsikt.exchange.rules.checks.control import check_control
from uppsikt.exchange.rules.checks.control_results import check_control_results
from uppsikt.exchange.rules.checks.economy import check_economy
from uppsikt.exchange.rules.checks.investments import check_investments
from uppsikt.exchange.rules.checks.keys import check_keys
from uppsikt.exchange.rules.checks.organisation import check_organisation
from uppsikt.exchange.rules.checks.planning import check_planning
from uppsikt.exchange.rules.checks.procurement import check_procurement
from uppsikt.exchange.rules.checks.references import check_references
from uppsikt.exchange.rules.checks.reporting import check_reporting
from uppsikt.exchange.rules.checks.values import read_values
from uppsikt.exchange.rules.checks.years import check_years
from uppsikt.exchange.rules.rows import Dataset, Identity, Known, Values

Stored = Mapping[str, Mapping[Identity, Values]]


def check(
    dataset: Dataset,
    stored: Stored,
    models: Mapping[int, SteeringModel],
    economy_models: Mapping[int, EconomyModel],
) -> Known:
    """Read every cell and hold every row against the others, the database and the year's steering model.

    Args: stored: the rows of the database. models, economy_models: its models by year.
    Returns: the rows by identity; the faults are added to the dataset's.
    """
    read_values(dataset, stored)
    known = check_keys(dataset, stored)
    check_references(dataset, known)
    valid_models = check_years(dataset, known, models)
    check_organisation(dataset, known)
    check_planning(dataset, known, valid_models)
    check_audit(dataset, known)
    check_control(dataset, known, valid_models)
    check_reporting(dataset, known, valid_models)
    check_control_results(dataset, known, valid_models)
    check_investments(dataset, known, check_economy(dataset, known, economy_models))
    check_procurement(dataset, known)
    return known
