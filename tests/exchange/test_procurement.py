"""Procurement in and out with a dataset: nothing is lost, and no personal number comes in or out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.reading import BY, emptied
from uppsikt.demo.selectors import municipality_key
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import import_dataset
from uppsikt.history import selectors as history
from uppsikt.procurement import selectors

pytestmark = pytest.mark.django_db

TABLES = {
    "municipality.csv": f"key,name\n{municipality_key()},Kommunen\n",
    "bodies.csv": "key,kind,name,short,valid_from,valid_to\n"
    "ks,executive_board,Kommunstyrelsen,KS,2020-01-01,\nsn,committee,Socialnämnden,SN,2020-01-01,\n",
    "suppliers.csv": "key,name,org_number,sole_trader,codes,exempt,note\n"
    "alfa,Alfa AB,5560360793,,K1 K2,,\nanna,Annas trädgård,198507099805,,K3,,\nstaten,Staten,,,K4,Annan myndighet,\n",
    "agreements.csv": "key,number,title,supplier,bodies,kind,valid_from,last_day,value_ore,category\n"
    "stad,A-1,Städ,alfa,sn;ks,framework,2024-01-01,2025-12-31,100000,Städ\n",
    "procurements.csv": "key,title,kind,body,date,value_ore,supplier,agreement,purchaser,certified,documented\n"
    "p1,Fönsterputs,direct,ks,2024-03-01,6000000,alfa,,Bo Beställare,true,\n"
    "p2,Städ av badhus,call_off,sn,2024-03-01,,,stad,,,\n",
    "purchase_limits.yaml": "- {key: direct, valid_from: 2024-01-01, amount_ore: 120000000, source: Riktlinjer}\n"
    "- {key: compliance_good, valid_from: 2024-01-01, percent: 90.0}\n",
    "purchase_handlings.yaml": "- {year: 2024, supplier: alfa, category: Städ, handling: Upphandlas}\n",
    "supplier_checks.csv": "supplier,date,kind,outcome,note\nalfa,2024-02-01,Skatter,remark,Restförd\n",
    "agreement_follow_ups.yaml": "- {agreement: stad, date: 2024-06-01, finding: Fel pris, recovered_ore: 250000}\n",
}


def write(folder: Path, **changes: str) -> Path:
    for name, text in (TABLES | {key.replace("__", "."): value for key, value in changes.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_out_and_in_again(tmp_path: Path) -> None:
    source = write(tmp_path)
    result = import_dataset(source, by=BY)
    assert result.problems == ()
    assert import_dataset(source, by=BY).rows_changed == 0
    anna = selectors.supplier("anna")
    assert anna is not None
    assert (anna.sole_trader, anna.org_number) == (True, "")
    files = exporting.files()
    out = tmp_path / "ut"
    exporting.export_dataset(out)
    assert not [path for path in out.rglob("*") if path.is_file() and b"9805" in path.read_bytes()]
    assert not [event for event in history.recent() if "9805" in str(event.data)]
    emptied()
    assert import_dataset(out, by=BY).problems == ()
    assert exporting.files() == files


def test_every_fault_is_said_at_its_place(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        suppliers__csv="key,name,org_number,codes\nalfa,Alfa AB,,K1 K1\nbeta,Anna 850709-9805,,K1\n",
        agreements__csv="key,title,supplier,bodies,kind,valid_from,last_day\n"
        "stad,Städ,alfa,ks;okand,framework,2024-01-01,2023-01-01\n",
    )
    found = {
        (problem.where.file, problem.where.field, problem.code)
        for problem in import_dataset(source, by=BY).problems
    }
    assert found == {
        ("suppliers.csv", "name", "personal"),
        ("suppliers.csv", "codes", "code"),
        ("agreements.csv", "bodies", "reference"),
        ("agreements.csv", "last_day", "dates"),
    }
    assert not selectors.suppliers().exists()


def test_what_an_action_refuses_is_said_at_its_row(tmp_path: Path) -> None:
    source = write(
        tmp_path, purchase_limits__yaml="- {key: direct, valid_from: 2024-01-01, percent: 5}\n",
        suppliers__csv=TABLES["suppliers.csv"].replace("5560360793", "5560360794"),
    )  # fmt: skip
    found = {(problem.where.file, problem.where.field) for problem in import_dataset(source, by=BY).problems}
    assert found >= {("suppliers.csv", "org_number")}
    assert any(file == "purchase_limits.yaml" for file, _field in found)
