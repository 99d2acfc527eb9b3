"""The programs in bin/ before they have an environment: what they say, and that they do no work twice."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ["check", "demo", "fast", "test", "uppsikt"]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """bin/_environment.py, pointed at an empty folder."""
    spec = importlib.util.spec_from_file_location("_environment", ROOT / "bin" / "_environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("runtime", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "STAMP", str(tmp_path / "stamp.json"))
    monkeypatch.setattr(module, "works", lambda: True)
    return module


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_can_be_started_and_say_what_they_are(name: str) -> None:
    program = ROOT / "bin" / name
    assert os.access(program, os.X_OK)
    first, second = program.read_text(encoding="utf-8").splitlines()[:2]
    assert first == "#!/usr/bin/env python3"
    assert second.startswith('"""')


def test_ci_runs_what_a_developer_runs() -> None:
    assert "bin/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_an_old_python_is_told_so(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 99))
    monkeypatch.setattr(environment.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit) as stopped:
        environment.use_a_new_enough_python()
    said = capsys.readouterr()
    assert (stopped.value.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "3.99" in said.err


def test_installing_happens_once(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(environment, "install", done.append)
    environment.ready("runtime")
    environment.ready("runtime")
    assert done == ["runtime"]


def test_the_larger_set_serves_for_the_smaller(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(environment, "install", done.append)
    environment.ready("test")
    environment.ready("runtime")
    assert done == ["test"]


def test_a_changed_lock_is_installed(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(environment, "install", done.append)
    environment.ready("runtime")
    Path(environment.ROOT, "requirements", "runtime.txt").write_text("runtime==2\n", encoding="utf-8")
    environment.ready("runtime")
    assert done == ["runtime", "runtime"]


def test_a_moved_folder_gets_a_new_environment(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(environment, "install", done.append)
    monkeypatch.setattr(environment, "make", lambda: done.append("made"))
    environment.ready("runtime")
    stamp = Path(environment.STAMP)
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"folder": "/elsewhere"}), encoding="utf-8")
    environment.ready("runtime")
    assert done == ["runtime", "made", "runtime"]
