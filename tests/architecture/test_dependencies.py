"""What is installed is what is declared, locked by hash, with no address of where it came from."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOT, files, pyproject, tree

LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in ("runtime", "test", "benchmark")}  # fmt: skip


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCKS[lock], re.MULTILINE))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_address(lock: str) -> None:
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|file:|@ ", LOCKS[lock])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCKS[lock].strip())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_larger_sets_contain_the_smaller() -> None:
    assert pinned("runtime").items() <= pinned("test").items() <= pinned("benchmark").items()


def test_everything_declared_is_locked() -> None:
    project = pyproject()["project"]
    assert {normal(name) for name in project["dependencies"]} <= set(pinned("runtime"))
    assert {normal(name) for name in project["optional-dependencies"]["test"]} <= set(pinned("test"))


def test_every_runtime_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("\n]")[0]
    assert [line for line in lines.splitlines() if line.strip().startswith('"') and "#" not in line] == []


def test_the_source_imports_only_what_is_declared() -> None:
    """A package that only tests install, or that comes along with another, must not be needed at run time."""
    declared = {normal(name) for name in pyproject()["project"]["dependencies"]}
    provided = packages_distributions()
    roots = {
        (name.split(".")[0], path.name)
        for path in files()
        for node in ast.walk(tree(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
            else []
        )
    }
    undeclared = {
        (root, path)
        for root, path in roots
        if root != "uppsikt"
        and root not in sys.stdlib_module_names
        and not {normal(name) for name in provided.get(root, [root])} & declared
    }
    assert undeclared == set()
