"""What must not stand in any file of the repository."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, relative, text, tracked

# Put together here so that this file does not find itself.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org"]
FOLDERS = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "C:" + "\\\\Users"]
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{relative(path)}:{number}"
        for path in tracked()
        if relative(path) != "LICENSE" and (content := text(path)) is not None
        for number, line in enumerate(content.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("name", REGISTRIES)
def test_no_registry_addresses(name: str) -> None:
    assert lines_with(re.compile(re.escape(name))) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_no_paths_of_one_machine(name: str) -> None:
    assert lines_with(re.compile(r"(?<![\w.}])" + re.escape(name))) == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED) == []


def test_no_file_is_huge() -> None:
    assert [relative(path) for path in tracked() if path.stat().st_size > 3_000_000] == []


def test_house_files() -> None:
    wanted = ["README.md", "LICENSE", "publiccode.yml", "CHANGELOG.md", "THREAT_MODEL.md", ".ci/run"]
    assert [name for name in wanted if not (ROOT / name).is_file()] == []


def test_licence_is_the_eupl() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    assert "Appendix" in licence
