"""What the economy stores. Outcomes are not among it: they are in the ledger's files."""

from uppsikt.economy.models.budget import (
    BudgetAmount,
    ForecastAmount,
    FrameAmount,
    FrameDecision,
    Restatement,
)
from uppsikt.economy.models.coding import CodingValue, EconomyModelVersion
from uppsikt.economy.models.ledger import LedgerLoad, RoundLedger
from uppsikt.economy.models.registers import RegisterAmount, RegisterItem

__all__ = [
    "BudgetAmount",
    "CodingValue",
    "EconomyModelVersion",
    "ForecastAmount",
    "FrameAmount",
    "FrameDecision",
    "LedgerLoad",
    "RegisterAmount",
    "RegisterItem",
    "Restatement",
    "RoundLedger",
]
