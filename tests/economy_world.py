"""A small municipality's economy, whose every figure can be worked out by hand.

Built through actions only: an economy model, codes, two SIE files written and read in, a budget and a forecast.
The ledger lies in a folder of the test's own.

The executive board 2024, kronor (budget / forecast / outcome / outcome 2023):

    revenue      180 000    180 000    200 000    150 000
    personnel −1 550 000 −1 500 000 −1 500 000 −1 100 000
    consultants −350 000   −600 000   −650 000   −300 000
    goods        −60 000    −60 000    −50 000         –
    result    −1 780 000 −1 980 000 −2 000 000 −1 250 000

By unit 2024: digital −1 850 000 (budget −1 590 000), ekonomi −150 000 (budget −190 000). The social committee:
personnel −500 000. Only consultants lie over the threshold (50 000 kronor and 5 percent).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import build
from uppsikt.economy.actions import budget, coding, loads, registers
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.actions import store_large
from uppsikt.files.rules import SIE
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.kernel.decision import Decision
from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher
from uppsikt.ledger.sie.writing import write_sie
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.selectors import Body, Unit

THOUSAND = 100_000
"""Öre in a thousand kronor."""

ECONOMIST = Actor("ek", "Eva Ekonom")
DIMENSIONS = {"cost_centre": 1, "project": 6, "activity": 21, "counterparty": 22}

_COLUMNS = [
    {"key": "budget", "label": "Budget helår", "measure": "budget"},
    {"key": "prognos", "label": "Prognos", "measure": "forecast"},
    {"key": "utfall", "label": "Utfall helår", "measure": "outcome"},
    {"key": "avvikelse", "label": "Avvikelse", "difference": ["utfall", "budget"]},
    {"key": "procent", "label": "Avvikelse (%)", "percent": ["avvikelse", "budget"], "decimals": 1},
    {"key": "fjol", "label": "Utfall {year-1}", "measure": "outcome", "years": -1},
]
_STATEMENT: dict[str, Any] = {
    "key": "resultat", "title": "Resultaträkning", "unit": "tkr", "scope": {"line": "result"},
    "commented": "avvikelse", "chart": "waterfall", "columns": _COLUMNS,
    "notes": ["Intäkter är positiva och kostnader negativa."],
    "rows": [
        {"key": "revenue", "label": "Intäkter", "scope": {"line": "revenue"}},
        {"key": "personnel", "label": "Personal", "scope": {"line": "personnel"}},
        {"key": "consultants", "label": "Konsulter", "scope": {"line": "consultants"}},
        {"key": "goods", "label": "Varor och tjänster", "scope": {"line": "goods"}},
        {"key": "costs", "label": "Kostnader", "role": "subtotal", "sum": ["personnel", "consultants", "goods"]},
        {"key": "result", "label": "Årets resultat", "role": "total", "scope": {"line": "result"}},
    ],
}  # fmt: skip
_UNITS: dict[str, Any] = {
    "key": "enheter", "title": "Per avdelning", "unit": "tkr", "scope": {"line": "result"}, "columns": _COLUMNS,
    "rows": [
        {"each": "unit", "under": "unit:ksf"},
        {"label": "Summa", "key": "all", "role": "total", "scope": {"line": "result"}},
    ],
}  # fmt: skip
_NET_COST: dict[str, Any] = {
    "key": "nettokostnad", "title": "Nettokostnad", "unit": "tkr", "scope": {"line": "result"}, "chart": "columns",
    "columns": [
        {"key": "{year-1}", "label": "{year-1}", "measure": "outcome", "years": -1},
        {"key": "{year}", "label": "{year}", "measure": "outcome"},
    ],
    "rows": [
        {"key": "all", "label": "Alla verksamheter", "role": "total", "scope": {"line": "result"}},
        {"label": "Varav", "role": "group"},
        {"each": "activity"},
        {"key": "growth", "label": "Förändring", "role": "percent", "growth_of": "all"},
    ],
}  # fmt: skip
_INITIATIVES: dict[str, Any] = {
    "key": "satsningar", "title": "Särskilda satsningar", "source": "register", "unit": "tkr",
    "columns": [
        {"key": "budget", "label": "Budget", "measure": "budget"},
        {"key": "utfall", "label": "Utfall", "measure": "outcome"},
    ],
    "rows": [{"each": "item", "scope": {"register": "initiatives"}}],
}  # fmt: skip
_BODIES: dict[str, Any] = {
    "key": "namnder", "title": "Driftredovisning per nämnd", "unit": "tkr", "whole": True, "scope": {"line": "result"},
    "columns": _COLUMNS,
    "rows": [{"each": "body"}, {"key": "all", "label": "Kommunen", "role": "total", "scope": {"place": "*"}}],
}  # fmt: skip
_FORECASTS: dict[str, Any] = {
    "key": "prognos", "title": "Prognos", "unit": "tkr", "scope": {"line": "result"}, "commented": "avvikelse",
    "round_kinds": ["interim"],
    "columns": [
        {"key": "budget", "label": "Budget helår", "measure": "budget"},
        {"key": "prognos", "label": "Prognos helår", "measure": "forecast"},
        {"key": "avvikelse", "label": "Avvikelse", "difference": ["prognos", "budget"]},
    ],
    "rows": [
        {"key": "consultants", "label": "Konsulter", "scope": {"line": "consultants"}},
        {"key": "result", "label": "Årets resultat", "role": "total", "scope": {"line": "result"}},
    ],
}  # fmt: skip
_GOALS: dict[str, Any] = {
    "key": "mal", "title": "Finansiella mål", "whole": True, "source": "financial_goals", "unit": "tkr", "rows": [],
    "columns": [
        {"key": "target", "label": "Mål", "text": "target"},
        {"key": "utfall", "label": "Utfall", "measure": "outcome"},
        {"key": "judgement", "label": "Bedömning", "text": "judgement"},
    ],
}  # fmt: skip

MODEL: dict[str, Any] = {
    "name": "liten",
    "dimensions": [
        {"key": "cost_centre", "label": "Ansvar", "sie": [1]},
        {"key": "activity", "label": "Verksamhet", "sie": [21]},
        {"key": "project", "label": "Projekt", "sie": [6]},
        {"key": "counterparty", "label": "Motpart", "sie": [22]},
    ],
    "threshold": {"amount": 50000, "percent": 5, "either": False},
    "frame_columns": [{"key": "frame", "label": "Ram"}],
    "lines": [
        {"key": "result", "label": "Årets resultat"},
        {"key": "revenue", "label": "Intäkter", "parent": "result", "accounts": ["3"], "income": True},
        {"key": "costs", "label": "Kostnader", "parent": "result"},
        {"key": "personnel", "label": "Personal", "parent": "costs", "accounts": ["5"]},
        {"key": "consultants", "label": "Konsulter", "parent": "costs", "accounts": ["74"]},
        {"key": "goods", "label": "Varor och tjänster", "parent": "costs", "accounts": ["4", "6", "7"]},
    ],
    "registers": [
        {
            "key": "initiatives", "label": "Särskilda satsningar",
            "measures": [{"key": "budget", "label": "Budget"}, {"key": "outcome", "label": "Utfall"}],
        }
    ],
    "financial_goals": [
        {"key": "margin", "label": "Resultat av intäkter", "line": "result", "per": "revenue", "target": "2"}
    ],
    "tables": [_STATEMENT, _UNITS, _NET_COST, _INITIATIVES, _BODIES, _GOALS, _FORECASTS],
}  # fmt: skip

ACCOUNTS = {
    "3010": "Avgifter", "5010": "Löner", "6110": "Kontorsmaterial", "7410": "Konsultarvoden",
    "1510": "Kundfordringar", "2440": "Leverantörsskulder", "2710": "Personalens skatt",
}  # fmt: skip
OBJECTS = {
    ("cost_centre", "110"): "Digital utveckling", ("cost_centre", "120"): "Redovisning",
    ("cost_centre", "210"): "Hemtjänst", ("activity", "101"): "Nämndverksamhet", ("activity", "901"): "Lokaler och IT",
    ("counterparty", "K1"): "Konsultbolaget AB", ("counterparty", "K2"): "Papper och pennor AB",
}  # fmt: skip

# One row: account, cost centre, activity, counterparty, kronor (debit +).
_Row = tuple[str, str, str, str, int]
_2024: list[tuple[str, str, str, str, list[_Row]]] = [
    ("LEV", "1", "2024-01-15", "Konsulter januari", [
        ("7410", "110", "901", "K1", 400_000), ("2440", "", "", "", -400_000)]),
    ("LON", "1", "2024-01-25", "Löner januari", [
        ("5010", "110", "901", "", 600_000), ("5010", "120", "901", "", 300_000), ("5010", "210", "", "", 500_000),
        ("2710", "", "", "", -1_400_000)]),
    ("KF", "1", "2024-06-30", "Avgifter första halvåret", [
        ("3010", "120", "101", "", -200_000), ("1510", "", "", "", 200_000)]),
    ("LON", "2", "2024-07-25", "Löner juli", [
        ("5010", "110", "101", "", 600_000), ("2710", "", "", "", -600_000)]),
    ("LEV", "2", "2024-10-02", "Konsulter och material", [
        ("7410", "110", "901", "K1", 250_000), ("6110", "120", "901", "K2", 50_000), ("2440", "", "", "", -300_000)]),
]  # fmt: skip
_2023: list[tuple[str, str, str, str, list[_Row]]] = [
    ("LON", "1", "2023-01-25", "Löner januari", [
        ("5010", "110", "901", "", 1_100_000), ("2710", "", "", "", -1_100_000)]),
    ("LEV", "1", "2023-03-01", "Konsulter", [
        ("7410", "110", "901", "K1", 300_000), ("2440", "", "", "", -300_000)]),
    ("KF", "1", "2023-06-30", "Avgifter", [
        ("3010", "120", "101", "", -150_000), ("1510", "", "", "", 150_000)]),
]  # fmt: skip
_BUDGET: list[tuple[str, str, str, int]] = [
    ("revenue", "ekonomi", "101", 180), ("personnel", "digital", "901", -1240), ("personnel", "ekonomi", "901", -310),
    ("consultants", "digital", "901", -350), ("goods", "ekonomi", "901", -60),
]  # fmt: skip
_FORECAST: list[tuple[str, str, int]] = [
    ("revenue", "ekonomi", 180), ("personnel", "digital", -1200), ("personnel", "ekonomi", -300),
    ("consultants", "digital", -600), ("goods", "ekonomi", -60),
]  # fmt: skip


def sie_vouchers(listed: list[tuple[str, str, str, str, list[_Row]]]) -> list[SieVoucher]:
    """The vouchers as the SIE writer takes them."""
    return [
        SieVoucher(
            series, number, dt.date.fromisoformat(day), text,
            tuple(
                SieRow(account, kronor * 100, tuple(
                    (DIMENSIONS[name], code)
                    for name, code in (("cost_centre", place), ("activity", activity), ("counterparty", other)) if code
                ))
                for account, place, activity, other, kronor in rows
            ),
        )
        for series, number, day, text, rows in listed
    ]  # fmt: skip


def load(
    folder: Path, year: int, vouchers: list[SieVoucher], *, name: str = "", by: Actor = ECONOMIST
) -> LedgerLoad:
    """Write a SIE file of the year and read it into the ledger."""
    target = folder / (name or f"huvudbok-{year}.se")
    closing: dict[str, int] = {}
    result: dict[str, int] = {}
    for voucher in vouchers:
        for row in voucher.rows:
            kept = closing if row.account < "3" else result
            kept[row.account] = kept.get(row.account, 0) + row.amount_ore
    header = SieHeader(
        "Kommunen", dt.date(year, 1, 1), dt.date(year, 12, 31),
        dimensions={1: "Ansvar", 6: "Projekt", 21: "Verksamhet", 22: "Motpart"}, accounts=ACCOUNTS,
        objects={(DIMENSIONS[name_], key): label for (name_, key), label in OBJECTS.items()},
        closing=closing, result=result,
    )  # fmt: skip
    write_sie(target, header, vouchers)
    file = store_large(source=target, name=target.name, kind=SIE, by=by)
    row, _ = loads.offer(file=file, name=target.name, options=loads.Options({}), by=by)
    return loads.read(load=row, by=by)


def unit(key: str, name: str, body: Body, parent: Unit | None = None) -> Unit:
    """A unit that has always been there."""
    placed, _ = organisation.place_unit(
        key=key, name=name, body=body, parent=parent, valid_from=build.LONG_AGO, by=SYSTEM
    )
    return placed.unit


def codes(year: int, units: dict[str, Unit]) -> None:
    """The year's codes: cost centres under units, activities in two groups."""
    values = [
        Value("cost_centre", "110", OBJECTS["cost_centre", "110"], unit="digital"),
        Value("cost_centre", "120", OBJECTS["cost_centre", "120"], unit="ekonomi"),
        Value("cost_centre", "210", OBJECTS["cost_centre", "210"], unit="sof"),
        Value("activity", "100", "Politisk verksamhet"),
        Value("activity", "900", "Gemensamma verksamheter"),
        Value("activity", "101", OBJECTS["activity", "101"], parent="100"),
        Value("activity", "901", OBJECTS["activity", "901"], parent="900"),
        *(
            Value("counterparty", key, name)
            for (axis, key), name in OBJECTS.items()
            if axis == "counterparty"
        ),
        *(Value("account", key, name) for key, name in ACCOUNTS.items()),
    ]
    coding.save_codes(year=year, values=values, units=units, bodies={}, by=SYSTEM)


def economy_world(settings: Any, folder: Path) -> SimpleNamespace:
    """The whole small economy, its ledger in `folder`. Args: settings: pytest-django's fixture.

    Returns: board, social (bodies), units by key, round (open, year end 2024), year, model, load, load_2023.
    """
    settings.UPPSIKT_LEDGER = folder / "ledger" / "ledger.duckdb"
    world = planned_world()
    world.load_2023 = load(folder, 2023, sie_vouchers(_2023))
    world.load = load(folder, 2024, sie_vouchers(_2024))
    loads.choose(round_=world.round, load=world.load, by=ECONOMIST)
    world.folder = folder
    return world


def planned_world() -> SimpleNamespace:
    """The small economy without any ledger: model, codes, frame, budget, forecast and a register."""
    board = build.body(key="ks", kind="executive_board", name="Kommunstyrelsen")
    social = build.body(key="sn", name="Socialnämnden")
    whole = unit("ksf", "Kommunstyrelsens förvaltning", board)
    units = {
        "ksf": whole,
        "digital": unit("digital", "Digitaliseringsavdelningen", board, whole),
        "ekonomi": unit("ekonomi", "Ekonomiavdelningen", board, whole),
        "sof": unit("sof", "Socialförvaltningen", social),
    }
    year = build.year()
    round_ = build.reporting_round()
    coding.save_model(year=year, document=MODEL, by=SYSTEM)
    for each in (2023, 2024):
        codes(each, units)
    plan(board, units, year, round_)
    return SimpleNamespace(board=board, social=social, units=units, round=round_, year=year, model=MODEL)


def plan(board: Body, units: dict[str, Unit], year: int, round_: Any) -> None:
    """The board's frame, detailed budget, forecast and one registered initiative."""
    budget.save_frame(
        key=f"ram-{year}-ks", body=board, year=year, original=True, date=dt.date(year - 1, 11, 20), text="Mål och budget",
        decision=Decision("KS-2023/100", "KF", dt.date(year - 1, 11, 20), "7"), amounts={"frame": -1780 * THOUSAND},
        by=ECONOMIST,
    )  # fmt: skip
    for line, place, activity, thousands in _BUDGET:
        budget.set_budget(
            body=board, year=year, line=line, unit=units[place], activity=activity, amount_ore=thousands * THOUSAND,
            profile=Profile.EVEN, by=ECONOMIST,
        )  # fmt: skip
    for line, place, thousands in _FORECAST:
        budget.set_forecast(
            round_=round_, body=board, line=line, unit=units[place], amount_ore=thousands * THOUSAND,
            explanation="Vakanser täcks med konsulter." if line == "consultants" else "", by=ECONOMIST,
        )  # fmt: skip
    item, _ = registers.save_item(
        register="initiatives", key="klimat", body=board, year=year, name="Klimatsatsning", by=ECONOMIST
    )
    for measure, thousands in (("budget", 500), ("outcome", 420)):
        registers.set_amount(
            item=item, round_=round_, measure=measure, amount=thousands * THOUSAND, source="Beslut KS § 12",
            by=ECONOMIST,
        )  # fmt: skip
