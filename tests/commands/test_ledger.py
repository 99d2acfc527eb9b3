"""`uppsikt ledger` as an operator drives it: files in, tried first, and the store built anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.ledger_folder import ROOT, environment, newest, salaries, set_up, sie


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("var")
    set_up(made)
    return made


def ledger(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "uppsikt.config.cli", "ledger", *map(str, arguments)],
        env=environment(folder), cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def plain(text: str) -> str:
    """With ordinary spaces in the figures."""
    return text.replace("\u00a0", " ")


def test_a_year_is_tried_read_corrected_and_built_anew(folder: Path, tmp_path: Path) -> None:
    first, corrected = sie(tmp_path / "2024.se", 5, 1_000), sie(tmp_path / "rattad.se", 5, 1_100)

    before = newest(folder)
    tried = ledger(folder, "import", first, "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "")
    assert plain(tried.stdout) == (
        "2024.se: sie4e, 2024 månad 1–12, 10 rader i 5 verifikat, debet 5 000,00 kr. Ingenting har ändrats.\n"
    )
    assert newest(folder) == before

    read = ledger(folder, "import", first)
    assert read.returncode == 0, read.stderr
    assert "(2024 månad 1–12), 10 rader i 5 verifikat, debet 5 000,00 kr." in plain(read.stdout)
    assert "konton utan rad" not in read.stdout  # the bank is a balance account
    assert salaries(folder) == 5_000

    again = ledger(folder, "import", first)
    assert again.stdout == (
        f"2024.se: filen är redan inläst (inläsning {newest(folder)}). Ingenting har ändrats.\n"
    )

    assert ledger(folder, "import", corrected).returncode == 0
    assert salaries(folder) == 5_500

    store = folder / "ledger" / "ledger.duckdb"
    store.unlink()
    built = ledger(folder, "rebuild")
    assert (built.returncode, built.stdout) == (0, "Lagret är byggt av 1 inläsningar.\n"), built.stderr
    assert salaries(folder) == 5_500


def test_a_broken_file_is_refused_with_its_lines_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    broken, good = sie(tmp_path / "trasig.se", 3, 10), sie(tmp_path / "hel.se", 3, 20)
    lines = broken.read_bytes().split(b"\n")
    place = next(number for number, line in enumerate(lines) if b"#TRANS 5010" in line)
    lines[place] = lines[place].replace(b"10", b"11").replace(b"5011", b"5010").replace(b"111", b"110")
    broken.write_bytes(b"\n".join(lines))
    done = ledger(folder, "import", broken, good)
    assert done.returncode == 1
    assert "trasig.se, rad " in done.stderr
    assert "Ingenting har ändrats." in done.stderr
    assert "hel.se: inläst som" in done.stdout
    assert salaries(folder) == 60


def test_an_extract_needs_its_year(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "utdrag.csv"
    source.write_text("Datum;Konto;Ansvar;Belopp\n2024-11-01;5010;110;100\n2024-11-01;1930;;-100\n")
    asked = ledger(folder, "import", source)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "Ange vilket år utdraget gäller." in asked.stderr
    read = ledger(folder, "import", source, "--year", "2024", "--mode", "add")
    assert read.returncode == 0, read.stderr
    assert "2 rader i" in read.stdout
