"""Writes the parts of the documents that follow from the code: `python docs/generate.py [--check]`.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->` in any page under docs/.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ |= {"COLUMNS": "100", "NO_COLOR": "1"}  # argparse wraps its help to the window, and colours it


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def tables() -> str:
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("uppsikt.")]
    return table(
        ["Table", "Swedish", "What a row is"],
        [
            (f"`{model._meta.label}`", model._meta.verbose_name, (model.__doc__ or "").splitlines()[0])
            for model in models
        ],
    )


def roles() -> str:
    from uppsikt.organisation.rules import Role

    return table(["Roll", "Nyckel", "För"], [(role.label, f"`{role}`", role.description) for role in Role])


def permissions() -> str:
    from uppsikt.organisation.rules import GRANTS, Permission, Role

    return table(
        ["", *(role.label for role in Role)],
        [(f"`{one}`", *("●" if one in GRANTS[role] else "" for role in Role)) for one in Permission],
    )


def addresses() -> str:
    from tests.web.permission_matrix import MATRIX
    from tests.web.permission_matrix import addresses as every

    routes = dict(every())
    return table(
        ["Adress", "Namn", "Kräver"],
        [
            (
                f"`{routes.get(name, '')}`",
                f"`{name}`",
                f"{_permissions(door)} {door.scope.value}" if door.permission else door.scope.value,
            )
            for name, door in sorted(MATRIX.items())
        ],
    )


def _permissions(door: Any) -> str:
    """What the door asks for: one permission, or either of two."""
    return " eller ".join(f"`{one}`" for one in (door.permission, door.either) if one)


def variables() -> str:
    from uppsikt.config.environment import VARIABLES

    return table(["Variabel", "Betydelse"], [(f"`{name}`", text) for name, text in VARIABLES.items()])


def commands() -> str:
    from uppsikt.config.cli import parser
    from uppsikt.config.commands import COMMANDS

    top = parser()
    chosen = next(action for action in top._actions if hasattr(action, "choices") and action.choices)  # noqa: SLF001
    parts = [f"```text\n{top.format_help()}```\n"]
    parts += [f"\n### {name}\n\n```text\n{chosen.choices[name].format_help()}```\n" for name in COMMANDS]
    return "".join(parts)


def round_states() -> str:
    from uppsikt.cycle.rules.rounds import TRANSITIONS

    arrows = "".join(f"    {before} --> {after}: {act}\n" for (before, after), act in TRANSITIONS.items())
    return f"```mermaid\nstateDiagram-v2\n{arrows}```\n"


def events() -> str:
    from uppsikt.history.presenters import PRESENTERS

    return table(
        ["Nyckel", "Lydelse", "Personuppgifter"],
        [
            (f"`{kind}`", presenter.text("…"), ", ".join(presenter.personal))
            for kind, presenter in PRESENTERS.items()
        ],
    )


PARTS: dict[str, Callable[[], str]] = {
    "tables": tables,
    "roles": roles,
    "permissions": permissions,
    "addresses": addresses,
    "variables": variables,
    "commands": commands,
    "round-states": round_states,
    "events": events,
}


def main(*, check: bool) -> int:
    import django

    django.setup()
    stale = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]().strip()}\n\n{found[3]}", before)
        if after != before:
            stale.append(page)
            if not check:
                page.write_text(after, encoding="utf-8")
    for page in stale:
        print(f"{'stale' if check else 'written'}: {page.relative_to(ROOT)}")
    if check and stale:
        print("run: .venv/bin/python docs/generate.py")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
