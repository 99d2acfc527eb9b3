"""The shape of a package: what may stand in which file, and how long it may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import contract, files, modules, packages, pyproject, rank, relative, tree

LONGEST_FILE = 450
LONGEST_VIEW = 20
# Names that say nothing about what is inside.
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "managers", "services", "signals"}


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def lines_of_code(function: ast.FunctionDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_package_has_a_place_in_the_layers() -> None:
    assert set(packages()) <= set(rank())


def test_every_package_with_layers_inside_is_held_to_them() -> None:
    names = ("rules", "models", "selectors", "actions", "pages", "views", "urls")
    layered = {relative(path).split("/")[2] for name in names for path in modules(name)}
    held = {name.removeprefix("uppsikt.") for name in contract("inside")["containers"]}
    assert layered - {"config", "web", "demo"} <= held


def test_every_package_with_models_has_a_door() -> None:
    with_models = {relative(path).split("/")[2] for path in modules("models")}
    doors = {
        one["id"].removeprefix("door-")
        for one in pyproject()["tool"]["importlinter"]["contracts"]
        if one["id"].startswith("door-")
    }
    assert with_models <= doors


def test_nothing_is_a_drawer() -> None:
    assert [relative(path) for path in files() if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_no_file_is_too_long() -> None:
    long = {
        relative(path): count
        for path in files()
        if (count := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert long == {}, "split it into a folder of the same name, by noun"


def test_views_are_short() -> None:
    long = {
        f"{relative(path)}:{function.name}": lines_of_code(function)
        for path in modules("views")
        for function in functions(path)
        if lines_of_code(function) > LONGEST_VIEW
    }
    assert long == {}, "a view asks access, a form, one action or one page builder, and answers"


def attributes(path: Path) -> set[str]:
    return {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("name", ["views", "api", "pages", "forms", "urls"])
def test_only_selectors_and_actions_reach_for_rows(name: str) -> None:
    assert [relative(path) for path in modules(name) if "objects" in attributes(path)] == []


def test_views_are_functions() -> None:
    classes = [
        f"{relative(path)}:{node.name}"
        for path in modules("views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases)
    ]
    assert classes == []


def called(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}


def test_no_signals_and_no_back_doors() -> None:
    hidden = {
        relative(path): sorted(found)
        for path in files()
        if (
            found := {
                name
                for name in called(path)
                if name.endswith(("get_model", "post_save.connect", "pre_save.connect")) or name == "receiver"
            }
        )
    }
    assert hidden == {}


def test_actions_are_signed() -> None:
    """Everything that changes rows takes, by name, who acts."""
    unsigned = [
        f"{relative(path)}:{function.name}"
        for path in modules("actions")
        for function in functions(path)
        if not function.name.startswith("_")
        and any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
        and not {"by", "actor"} & {argument.arg for argument in function.args.kwonlyargs}
    ]
    assert unsigned == []


def test_pages_are_frozen() -> None:
    loose = [
        f"{relative(path)}:{node.name}"
        for path in modules("pages")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
        and any("dataclass" in ast.unparse(one) for one in node.decorator_list)
        and not any("frozen=True" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert loose == []


def test_pages_say_what_they_are() -> None:
    silent = [
        f"{relative(path)}:{node.name}"
        for path in modules("pages")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
