"""What is bought, as rows: what stands in the registers. A sole trader has no number there, so none comes out."""

from __future__ import annotations

from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.selectors.economy import DECISION, in_order
from uppsikt.exchange.selectors.planning import figure
from uppsikt.procurement import selectors as procurement

SUPPLIER = ("key", "name", "org_number", "sole_trader", "codes", "exempt", "note")
AGREEMENT = (
    "key", "number", "title", "kind", "valid_from", "value_ore", "case_number", "category", "follow_up_due",
)  # fmt: skip
PROCUREMENT = (
    "key", "title", "kind", "date", "value_ore", "period_from", "period_to", "case_number", "category", "purchaser",
    "certified", "documented",
)  # fmt: skip
LIMIT = ("key", "valid_from", "amount_ore", "percent", "text", "source")


def tables() -> dict[str, list[Values]]:
    """The tables of procurement: those that stand, of suppliers and agreements that stand."""
    suppliers: list[Values] = [
        {name: getattr(row, name) for name in SUPPLIER} for row in procurement.suppliers()
    ]
    agreements: list[Values] = [
        {
            **{name: getattr(row, name) for name in AGREEMENT},
            "supplier": row.supplier.key,
            "bodies": ";".join(sorted(body.key for body in row.bodies.all())),
            "last_day": row.valid_to,
            "responsible": row.responsible.key if row.responsible else "",
        }
        for row in procurement.agreements()
    ]
    limits: list[Values] = [
        {**{name: getattr(row, name) for name in LIMIT}, "percent": figure(row.percent)}
        for row in procurement.limit_rows()
    ]
    return {
        "purchase_limits": in_order(limits, "key", "valid_from"),
        "suppliers": in_order(suppliers, "key"),
        "agreements": in_order(agreements, "key"),
        "procurements": in_order(_procurements(), "key"),
        **_found_out(),
    }


def _procurements() -> list[Values]:
    return [
        {
            **{name: getattr(row, name) for name in (*PROCUREMENT, *DECISION)},
            "body": row.body.key,
            "unit": row.unit.key if row.unit else "",
            "supplier": row.supplier.key if row.supplier and not row.supplier.removed_at else "",
            "agreement": row.agreement.key if row.agreement and not row.agreement.removed_at else "",
        }
        for row in procurement.procurements()
    ]


def _found_out() -> dict[str, list[Values]]:
    standing = {"supplier__removed_at__isnull": True}
    handlings: list[Values] = [
        {"year": row.year, "supplier": row.supplier.key, "category": row.category, "handling": row.handling}
        for row in procurement.handlings().filter(**standing)
    ]
    checks: list[Values] = [
        {
            "supplier": row.supplier.key,
            "date": row.date,
            "kind": row.kind,
            "outcome": row.outcome,
            "note": row.note,
        }
        for row in procurement.checks().filter(**standing)
    ]
    follow_ups: list[Values] = [
        {
            "agreement": row.agreement.key,
            "date": row.date,
            "finding": row.finding,
            "recovered_ore": row.recovered_ore,
            "note": row.note,
        }
        for row in procurement.follow_ups().filter(agreement__removed_at__isnull=True)
    ]
    return {
        "purchase_handlings": in_order(handlings, "year", "supplier"),
        "supplier_checks": in_order(checks, "supplier", "date", "kind"),
        "agreement_follow_ups": in_order(follow_ups, "agreement", "date"),
    }
