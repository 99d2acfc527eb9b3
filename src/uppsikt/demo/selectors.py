"""Reading the example municipality: where its data lie, whether it is loaded, who may sign in."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import yaml

from uppsikt.accounts import selectors as accounts
from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Role

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def municipality_key() -> str:
    """The key of the example municipality."""
    rows = yaml.safe_load((DATA / "municipality.yaml").read_text(encoding="utf-8"))
    key: str = rows[0]["key"]
    return key


def is_loaded() -> bool:
    """Whether the example municipality is in the database."""
    owner = organisation.municipality()
    return owner is not None and owner.key == municipality_key() and cycle.rounds().exists()


def people() -> list[User]:
    """One person for each role, in the order of the roles: those a visitor signs in as."""
    with (DATA / "roles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = {row["role"]: row["person"] for row in reversed(rows)}
    wanted = [first[role.value] for role in Role if role.value in first]
    known = {user.key: user for user in accounts.users().filter(key__in=wanted)}
    return [known[key] for key in wanted if key in known]
