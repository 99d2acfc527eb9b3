"""Reading the economy: the models a neighbour may need for annotations, and the money itself."""

from uppsikt.economy.models import (
    BudgetAmount,
    CodingValue,
    EconomyModelVersion,
    ForecastAmount,
    FrameAmount,
    FrameDecision,
    LedgerLoad,
    RegisterAmount,
    RegisterItem,
    Restatement,
    RoundLedger,
)

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
