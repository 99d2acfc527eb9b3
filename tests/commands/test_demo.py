"""The demo through the command line: loaded once, never asked about, kept until --reset."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.test_cli import uppsikt


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo")
    first = uppsikt("demo", "--no-serve", folder=made)
    assert first.returncode == 0, first.stderr
    assert "controller@demo.example" in first.stdout
    return made


def test_again_takes_seconds_and_wipes_nothing(folder: Path) -> None:
    uppsikt("administrator", "visitor@exempel.se", "Besökaren", folder=folder)
    before = uppsikt("verify", folder=folder).stdout
    again = uppsikt("demo", folder=folder)
    assert again.returncode == 0
    assert "redan inläst" in again.stderr
    assert uppsikt("verify", folder=folder).stdout == before


def test_status_in_words_has_no_english(folder: Path) -> None:
    said = uppsikt("status", "ks", "2024-bokslut", folder=folder).stdout
    assert "I mycket hög grad" in said
    assert "not_met" not in said
    assert "cannot_judge" not in said


def test_nothing_but_json(folder: Path) -> None:
    done = uppsikt("status", "ks", "2024-bokslut", "--json", folder=folder)
    found = json.loads(done.stdout)
    assert list(found) == ["body", "round", "goals", "indicators", "assignments", "disagreements"]
    assert done.stderr == ""


def test_an_unknown_round_names_those_that_exist(folder: Path) -> None:
    done = uppsikt("status", "ks", "2024-bokslutet", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "2024-bokslut" in done.stderr
