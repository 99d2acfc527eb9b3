"""A handful of projects, whose every figure can be worked out by hand.

Built through actions only: an economy model, two SIE files written and read in, the register with its amounts.
Year end 2024, tkr (budget / outcome / forecast in August / decided / spent to date):

    fiber      committee, IT        −5 500   −3 461   −5 000
    cameras    committee           −10 100   −7 094   −9 000       budget −10 000, carried over −100; two codes
    townhall   premises            −40 000  −30 000            1 192 000   150 900   before 100 000, 2023 20 900
    north      development, west   −30 000  −40 000 +10 000 (net −30 000)   100 000    30 000   phase planning
               sales                60 000 −5 000    −8 000 +50 000 (net 42 000; budget 55 000)
    centre     development, middle −50 000 −100 000 +60 000 (net −40 000)   200 000    40 000   phase building
    old        development, west: nothing since 2021

The townhall's plan: 2024 −312 312, 2025 −312 312, 2026 −334 620.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import build
from uppsikt.cycle.selectors import Round
from uppsikt.economy.actions import coding, loads
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.actions import store_large
from uppsikt.files.rules import SIE
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.investments.actions import amounts, register, reporting
from uppsikt.investments.selectors import Project
from uppsikt.kernel.decision import Decision
from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher
from uppsikt.ledger.sie.writing import write_sie
from uppsikt.organisation.selectors import Body

THOUSAND = 100_000
"""Öre in a thousand kronor."""

ECONOMIST = Actor("ek", "Eva Ekonom")
KS_DECISION = Decision("KS-2024/7", "Kommunstyrelsen", dt.date(2024, 3, 6), "12")

_MONEY = [
    {"key": "budget", "label": "Budget", "measure": "budget"},
    {"key": "utfall", "label": "Utfall", "measure": "outcome"},
]
_COMMITTEE: dict[str, Any] = {
    "key": "namnd", "title": "Investeringar {year}", "source": "projects", "unit": "tkr", "scope": {"kind": "committee"},
    "columns": [*_MONEY, {"key": "avvikelse", "label": "Avvikelse", "difference": ["budget", "utfall"]}],
    "rows": [{"each": "key", "scope": {"kind": "committee"}},
             {"key": "all", "label": "Summa", "role": "total", "scope": {"kind": "committee"}}],
    "notes": ["Avvikelsen är budget minus utfall."],
}  # fmt: skip
_PREMISES: dict[str, Any] = {
    "key": "lokal", "title": "Lokalprojekt", "source": "projects", "unit": "tkr",
    "scope": {"kind": "premises"},
    "columns": [
        {"key": "totalbudget", "label": "Totalbudget", "measure": "decided_total"},
        {"key": "upparbetat", "label": "Upparbetat", "measure": "spent"},
        {"key": "plan_{year}", "label": "Plan {year}", "measure": "plan", "negate": True},
        {"key": "plan_{year+2}", "label": "Plan {year+2}", "measure": "plan", "years": 2, "negate": True},
    ],
    "rows": [{"each": "key", "scope": {"kind": "premises"}}],
}  # fmt: skip
_DEVELOPMENT: dict[str, Any] = {
    "key": "exploatering", "title": "Exploateringsprojekt", "source": "projects", "unit": "tkr",
    "scope": {"kind": "development"},
    "columns": [
        {"key": "utgift", "label": "Utgift", "measure": "outcome", "scope": {"flow": "expense"}},
        {"key": "inkomst", "label": "Inkomst", "measure": "outcome", "scope": {"flow": "income"}},
        {"key": "netto", "label": "Netto", "total": ["utgift", "inkomst"]},
        {"key": "budget", "label": "Budget", "measure": "budget"},
        {"key": "avvikelse", "label": "Avvikelse", "difference": ["netto", "budget"]},
        {"key": "salt", "label": "Försäljning", "measure": "outcome", "scope": {"flow": "sales_net"}},
    ],
    "rows": [{"each": "phase", "scope": {"kind": "development"}},
             {"label": "Varav per område", "role": "group"},
             {"each": "area", "scope": {"phase": "building"}}, {"each": "area", "scope": {"phase": "planning"}},
             {"key": "all", "label": "Summa", "role": "total", "scope": {"kind": "development"}}],
}  # fmt: skip

_BODIES: dict[str, Any] = {
    "key": "namnder", "title": "Per nämnd", "source": "projects", "unit": "tkr", "whole": True, "columns": _MONEY,
    "rows": [{"each": "body"}, {"key": "all", "label": "Summa", "role": "total", "scope": {"flow": "net"}}],
}  # fmt: skip

MODEL: dict[str, Any] = {
    "name": "projekt",
    "dimensions": [
        {"key": "cost_centre", "label": "Ansvar", "sie": [1]}, {"key": "project", "label": "Projekt", "sie": [6]},
    ],
    "lines": [
        {"key": "investment", "label": "Investeringar"},
        {"key": "out", "label": "Utgifter", "parent": "investment", "accounts": ["115"]},
        {"key": "in", "label": "Inkomster", "parent": "investment", "accounts": ["116"], "income": True},
        {"key": "sales", "label": "Exploatering"},
        {"key": "sold_out", "label": "Exploateringsutgifter", "parent": "sales", "accounts": ["145"]},
        {"key": "sold_in", "label": "Exploateringsinkomster", "parent": "sales", "accounts": ["146"], "income": True},
    ],
    "flows": {"expense": "out", "income": "in", "sales_expense": "sold_out", "sales_income": "sold_in"},
    "areas": [{"key": "middle", "label": "Mellersta"}, {"key": "west", "label": "Västra"}],
    "project_kinds": [
        {"key": "committee", "label": "Nämndens investeringar"},
        {"key": "premises", "label": "Lokalprojekt", "phases": [{"key": "building", "label": "Byggs"}]},
        {
            "key": "development", "label": "Exploatering",
            "phases": [{"key": "building", "label": "Genomförandeprojekt"},
                       {"key": "planning", "label": "Planeringsprojekt"}],
        },
    ],
    "tables": [_COMMITTEE, _PREMISES, _DEVELOPMENT, _BODIES],
}  # fmt: skip

ACCOUNTS = {
    "1151": "Pågående investering", "1161": "Investeringsinkomst", "1451": "Mark till försäljning",
    "1461": "Såld mark", "2440": "Leverantörsskulder",
}  # fmt: skip
CODES = ("1001", "1002", "1003", "2001", "3001", "3002")

# Account, project, tkr (debit +), by year and day.
BOOKED: dict[int, list[tuple[str, str, str, int]]] = {
    2023: [("2023-05-10", "1151", "2001", 20_900)],
    2024: [
        ("2024-02-01", "1151", "1001", 3_461), ("2024-03-01", "1151", "1002", 7_000),
        ("2024-10-01", "1151", "1003", 94), ("2024-04-01", "1151", "2001", 30_000),
        ("2024-05-01", "1151", "3001", 40_000), ("2024-06-01", "1161", "3001", -10_000),
        ("2024-07-01", "1451", "3001", 8_000), ("2024-07-02", "1461", "3001", -50_000),
        ("2024-08-01", "1151", "3002", 100_000), ("2024-09-01", "1161", "3002", -60_000),
    ],
}  # fmt: skip


def load(folder: Path, year: int, booked: list[tuple[str, str, str, int]]) -> LedgerLoad:
    """Write a SIE file with a voucher for each thing booked, and read it into the ledger."""
    vouchers = [
        SieVoucher("LEV", str(number), dt.date.fromisoformat(day), f"Faktura {number}", (
            SieRow(account, tkr * THOUSAND, ((1, "500"), (6, code))), SieRow("2440", -tkr * THOUSAND, ())))
        for number, (day, account, code, tkr) in enumerate(booked, 1)
    ]  # fmt: skip
    closing: dict[str, int] = {}
    for voucher in vouchers:
        for row in voucher.rows:
            closing[row.account] = closing.get(row.account, 0) + row.amount_ore
    header = SieHeader(
        "Kommunen", dt.date(year, 1, 1), dt.date(year, 12, 31), dimensions={1: "Ansvar", 6: "Projekt"}, accounts=ACCOUNTS,
        objects={(6, code): f"Projekt {code}" for code in CODES} | {(1, "500"): "Exploatering"}, closing=closing, result={},
    )  # fmt: skip
    target = folder / f"huvudbok-{year}.se"
    write_sie(target, header, vouchers)
    file = store_large(source=target, name=target.name, kind=SIE, by=ECONOMIST)
    row, _ = loads.offer(file=file, name=target.name, options=loads.Options({}), by=ECONOMIST)
    return loads.read(load=row, by=ECONOMIST)


def project(key: str, at: Body, kind: str, name: str, **more: Any) -> Project:
    """A project in the register; amounts in `more` are öre."""
    row, _ = register.save_project(key=key, body=at, kind=kind, name=name, by=ECONOMIST, **more)
    return row


def give(
    of: Project, kind: str, flow: str, year: int, tkr: int, round_: Round | None = None, **more: Any
) -> None:
    """An amount of a project, in tkr."""
    amounts.set_amount(
        project=of,
        year=year,
        kind=kind,
        flow=flow,
        amount_ore=tkr * THOUSAND,
        round_=round_,
        by=ECONOMIST,
        **more,
    )


def model(year: int = 2024) -> None:
    """The economy model, with the year that goes by it."""
    build.year(number=year)
    coding.save_model(year=year, document=MODEL, by=SYSTEM)


def investments_world(settings: Any, folder: Path) -> SimpleNamespace:
    """The whole small register with its ledger in `folder`. Args: settings: pytest-django's fixture.

    Returns: board, committee (bodies), the projects by key, august and year_end (rounds, both open).
    """
    settings.UPPSIKT_LEDGER = folder / "ledger" / "ledger.duckdb"
    board = build.body(key="ks", kind="executive_board", name="Kommunstyrelsen")
    other = build.body(key="gn", name="Gymnasienämnden")
    model()
    august = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
    year_end = build.reporting_round()
    for year in BOOKED:
        values = [Value("account", key, name) for key, name in ACCOUNTS.items()]
        values += [Value("project", code, f"Projekt {code}") for code in CODES]
        values.append(Value("cost_centre", "500", "Exploatering", body="ks"))
        coding.save_codes(year=year, values=values, units={}, bodies={"ks": board}, by=SYSTEM)
    held = [load(folder, year, booked) for year, booked in BOOKED.items()]
    for round_ in (august, year_end):
        loads.choose(round_=round_, load=held[-1], by=ECONOMIST)
    found = _register(board, august)
    return SimpleNamespace(board=board, other=other, august=august, year_end=year_end, **found)


def _register(board: Body, august: Round) -> dict[str, Project]:
    """The projects with their amounts and reports."""
    fiber = project("fiber", board, "committee", "Fiber", group="IT", code="1001", position=10)
    cameras = project("cameras", board, "committee", "Trygghetskameror", code="1002 1003", position=20)
    townhall = project(
        "townhall", board, "premises", "Kommunhuset", code="2001", position=30, decided_total_ore=1_192_000 * THOUSAND,
        spent_before_ore=100_000 * THOUSAND, spent_before_source="Årsredovisningen 2022",
    )  # fmt: skip
    north = project(
        "north", board, "development", "Norra industriområdet", area="west", code="3001", position=40,
        decided_total_ore=100_000 * THOUSAND,
    )  # fmt: skip
    centre = project(
        "centre", board, "development", "Centrum", area="middle", code="3002", position=50,
        decided_total_ore=200_000 * THOUSAND,
    )  # fmt: skip
    old = project("old", board, "development", "Gamla kajen", area="west", position=60)
    give(fiber, "budget", "expense", 2024, -5_500)
    give(cameras, "budget", "expense", 2024, -10_000)
    amounts.carry_over(
        project=cameras, from_year=2023, amount_ore=-100 * THOUSAND, decision=KS_DECISION, by=ECONOMIST
    )
    give(townhall, "budget", "expense", 2024, -40_000)
    for year, tkr in ((2024, -312_312), (2025, -312_312), (2026, -334_620)):
        give(townhall, "plan", "expense", year, tkr)
    for flow, tkr in (("expense", -30_000), ("sales_expense", -5_000), ("sales_income", 60_000)):
        give(north, "budget", flow, 2024, tkr)
    give(centre, "budget", "expense", 2024, -50_000)
    give(old, "budget", "expense", 2021, -1_000)
    give(fiber, "forecast", "expense", 2024, -5_000, august)
    give(cameras, "forecast", "expense", 2024, -9_000, august)
    for row, phase, schedule in ((north, "planning", "late"), (centre, "building", "on_time")):
        reporting.report_project(
            project=row,
            round_=august,
            phase=phase,
            schedule=schedule,
            comment=f"Läget för {row.name}.",
            by=ECONOMIST,
        )
    return {row.key: row for row in (fiber, cameras, townhall, north, centre, old)}
