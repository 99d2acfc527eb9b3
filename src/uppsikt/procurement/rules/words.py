"""The words of procurement: kinds of procurements and agreements, outcomes of checks, what is settled by date."""

from __future__ import annotations

from enum import StrEnum


class ProcurementKind(StrEnum):
    """How something was procured (LOU 2016:1145: open and negotiated in chapter 6, direct and exempt in 19 a)."""

    OPEN = "open"
    SIMPLIFIED = "simplified"
    NEGOTIATED = "negotiated"
    CALL_OFF = "call_off"
    DIRECT = "direct"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "open": "öppet förfarande",
            "simplified": "annonserad under tröskelvärdet",
            "negotiated": "förhandlat förfarande",
            "call_off": "avrop från ramavtal",
            "direct": "direktupphandling",
            "exempt": "undantag från upphandlingsplikt",
        }[self.value]


class AgreementKind(StrEnum):
    """Whether an agreement is called off from, or is itself the purchase."""

    FRAMEWORK = "framework"
    CONTRACT = "contract"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"framework": "ramavtal", "contract": "kontrakt"}[self.value]


class CheckOutcome(StrEnum):
    """What a check of a supplier came to."""

    OK = "ok"
    REMARK = "remark"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return {"ok": "utan anmärkning", "remark": "anmärkning", "refused": "underkänd"}[self.value]

    @property
    def shape(self) -> str:
        """The symbol beside the words."""
        return {"ok": "check", "remark": "diamond", "refused": "cross"}[self.value]

    @property
    def colour(self) -> str:
        """The tone of the symbol."""
        return {"ok": "good", "remark": "warn", "refused": "bad"}[self.value]


class LimitKey(StrEnum):
    """What a municipality settles about its purchases; each holds from a date until the next of the same key."""

    DOCUMENTATION = "documentation"
    DIRECT = "direct"
    LISTED = "listed"
    TOP = "top"
    GOOD = "compliance_good"
    POOR = "compliance_poor"
    OPERATING = "operating_lines"
    INVESTMENT = "investment_lines"
    BUYER = "buyer_number"
    CODE = "municipality_code"
    APART = "apart_categories"

    @property
    def label(self) -> str:
        """The limit in words."""
        return {
            "documentation": "Direktupphandling dokumenteras från",
            "direct": "Direktupphandlingsgräns",
            "listed": "Upphandlingar och avrop redovisas från",
            "top": "Största leverantörer redovisas från",
            "compliance_good": "Avtalstrohet är god från",
            "compliance_poor": "Avtalstrohet är låg under",
            "operating_lines": "Rader som är inköp i driften",
            "investment_lines": "Rader som är inköp i investeringar",
            "buyer_number": "Kommunens organisationsnummer",
            "municipality_code": "Kommunkod",
            "apart_categories": "Kategorier av direktupphandlingar som räknas för sig",
        }[self.value]

    @property
    def holds(self) -> str:
        """Which of its fields it is written in: amount_ore, percent or text."""
        if self in (LimitKey.DOCUMENTATION, LimitKey.DIRECT, LimitKey.LISTED, LimitKey.TOP):
            return "amount_ore"
        return "percent" if self in (LimitKey.GOOD, LimitKey.POOR) else "text"
