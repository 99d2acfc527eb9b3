"""Figures are Decimal or integer öre. Ruff sees the imports; the built-in functions are looked for here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import SOURCE, files, relative, tree

# Where a binary floating-point number is right, and why. A folder ends with "/".
FLOATS_ALLOWED = {
    "src/uppsikt/typeset/": "Excel stores every number as a double, and positions on paper are lengths",
}

# The same for a literal in rules.
LITERALS_ALLOWED = {"src/uppsikt/exchange/rules/writing/": "the widths of a workbook's columns are lengths"}


def calls(path_text: str, name: str) -> list[str]:
    return [
        f"{relative(path)}:{node.lineno} {name}()"
        for path in files()
        if not any(relative(path).startswith(allowed) for allowed in FLOATS_ALLOWED) or not path_text
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


@pytest.mark.parametrize("name", ["float", "round"])
def test_no_binary_numbers(name: str) -> None:
    assert calls("except allowed", name) == [], "use Decimal, and uppsikt.kernel.numbers to round"


def test_no_float_columns() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")  # migrations too
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "FloatField"
    ]
    assert found == []


def likeness(path: Path) -> set[ast.AST]:
    """How alike two words must be for a suggestion (difflib) is no figure."""
    return {
        node.value for node in ast.walk(tree(path)) if isinstance(node, ast.keyword) and node.arg == "cutoff"
    }


def test_no_binary_literals_in_rules() -> None:
    found = [
        f"{relative(path)}:{node.lineno} {node.value!r}"
        for path in files("*/rules*") + files("*/rules/**/*.py") + files("kernel/*.py")
        if path.suffix == ".py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and node not in likeness(path)
        and not relative(path).startswith(tuple(LITERALS_ALLOWED))
    ]
    assert found == []


@pytest.mark.parametrize("folder", FLOATS_ALLOWED)
def test_exceptions_are_still_needed(folder: str) -> None:
    assert [one for one in calls("", "float") + calls("", "round") if one.startswith(folder)]
