"""`uppsikt report`: drafts by the data of now, what is adopted as it was adopted, and nothing else on standard output."""

from __future__ import annotations

import argparse
import datetime as dt
import json

import pytest

from uppsikt.config.commands import report
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError
from uppsikt.publishing import selectors as publishing
from uppsikt.reports import selectors
from uppsikt.reports.actions.adoption import adopt

pytestmark = pytest.mark.django_db
BEGINS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE html>", "json": b'{"chapters"'}


@pytest.fixture(autouse=True)
def _demo(demo_database: None, settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(report, "ensure_database", lambda: False)


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    report.configure(parser)
    return report.run(parser.parse_args(arguments))


@pytest.mark.parametrize("ending", BEGINS)
def test_every_format_by_the_file_s_name(ending: str, tmp_path) -> None:
    target = tmp_path / f"rapport.{ending}"
    assert run("ks", "2020-mars", "--out", str(target)) == 0
    assert target.read_bytes().startswith(BEGINS[ending])


def test_the_payload_alone_on_standard_output(capsysbinary) -> None:
    assert run("ks", "2020-mars", "--format", "json", "--out", "-") == 0
    out, err = capsysbinary.readouterr()
    payload = json.loads(out)
    assert (payload["schema"], payload["document"]["state"]) == ("uppsikt.report/1", "draft")
    assert b"saknas" in err


def test_the_adopted_is_handed_out_as_it_was(capsysbinary) -> None:
    row = selectors.report("2020-mars-ks")
    assert row is not None
    adopt(report=row, decision=Decision("", "Kommunstyrelsen", dt.date(2020, 5, 6), "9"), by=SYSTEM)
    publication = publishing.latest("report:2020-mars-ks")
    assert publication is not None
    run("ks", "2020-mars", "--format", "json", "--out", "-")
    assert json.loads(capsysbinary.readouterr().out) == publication.payload
    run("ks", "2020-mars", "--format", "json", "--out", "-", "--draft")
    assert json.loads(capsysbinary.readouterr().out)["document"]["state"] == "draft"


def test_the_plan_of_a_year(capsysbinary) -> None:
    run("ks", "2025", "--plan", "--format", "json", "--out", "-")
    assert json.loads(capsysbinary.readouterr().out)["document"]["title"] == "Verksamhetsplan 2025"


@pytest.mark.parametrize(
    "arguments",
    [("ks", "nope"), ("nope", "2024-bokslut"), ("ks", "1999", "--plan"), ("ks", "nope", "--plan")],
)
def test_what_does_not_exist_is_named(arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        run(*arguments, "--format", "json", "--out", "-")


def test_a_folder_that_is_not_there(tmp_path) -> None:
    with pytest.raises(InputError, match="Kan inte skriva"):
        run("ks", "2020-mars", "--format", "json", "--out", str(tmp_path / "none" / "r.json"))
