"""Roles as code, and how names, bodies and units follow each other in time."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class BodyKind(StrEnum):
    """What sort of body it is (KL 3 and 6 kap, 10 kap for companies and joint authorities)."""

    COUNCIL = "council"
    EXECUTIVE_BOARD = "executive_board"
    COMMITTEE = "committee"
    SUBCOMMITTEE = "subcommittee"
    COMPANY_BOARD = "company_board"
    JOINT_AUTHORITY = "joint_authority"

    @property
    def label(self) -> str:
        """The field's own word."""
        return {
            "council": "fullmäktige",
            "executive_board": "kommunstyrelse",
            "committee": "nämnd",
            "subcommittee": "utskott",
            "company_board": "bolagsstyrelse",
            "joint_authority": "kommunalförbund",
        }[self.value]


class Permission(StrEnum):
    """One thing a person may do. Stored nowhere: roles are code."""

    READ = "read"
    REPORT = "report"
    ASSESS = "assess"
    WRITE = "write"
    PLAN = "plan"
    COMPOSE = "compose"
    ADOPT = "adopt"
    RUN_ROUND = "run_round"
    STEER = "steer"
    LOAD = "load"
    BUDGET = "budget"
    FORECAST = "forecast"
    CONTROL = "control"
    PROCURE = "procure"
    AUDIT = "audit"
    IMPORT = "import"
    EXPORT = "export"
    READ_HISTORY = "read_history"
    MANAGE_ACCESS = "manage_access"


class Role(StrEnum):
    """A named set of permissions, given per body, unit or for the whole municipality."""

    ADMINISTRATOR = "administrator"
    CENTRAL_CONTROLLER = "central_controller"
    CONTROLLER = "controller"
    ECONOMIST = "economist"
    REPORTER = "reporter"
    APPROVER = "approver"
    SECRETARY = "secretary"
    REPRESENTATIVE = "representative"
    AUDITOR = "auditor"
    READER = "reader"

    @property
    def label(self) -> str:
        """The role's name in the interface."""
        return ROLE_TEXTS[self][0]

    @property
    def description(self) -> str:
        """What the role is for, so that an administrator can choose."""
        return ROLE_TEXTS[self][1]


ROLE_TEXTS: Mapping[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("Administratör", "Sköter personer, behörighet, inläsning och styrmodell."),
    Role.CENTRAL_CONTROLLER: ("Central controller", "Driver uppföljningen för hela kommunen."),
    Role.CONTROLLER: ("Controller", "Driver en nämnds plan, uppföljning och rapport."),
    Role.ECONOMIST: ("Ekonom", "Läser in huvudboken, sköter budget och prognos och förklarar avvikelser."),
    Role.REPORTER: ("Rapportör", "Rapporterar utfall, status och kommentarer för sin del."),
    Role.APPROVER: ("Godkännare", "Bedömer mål och godkänner det som rapporterats."),
    Role.SECRETARY: ("Nämndsekreterare", "Färdigställer handlingar och fastställer enligt beslut."),
    Role.REPRESENTATIVE: ("Förtroendevald", "Läser plan, uppföljning och rapport."),
    Role.AUDITOR: (
        "Revisor",
        "Läser allt, även historiken, tar ut underlag, drar stickprov och ställer frågor.",
    ),
    Role.READER: ("Läsare", "Läser plan, uppföljning och rapport."),
}

_P = Permission
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {_P.READ, _P.MANAGE_ACCESS, _P.STEER, _P.RUN_ROUND, _P.LOAD, _P.IMPORT, _P.EXPORT, _P.READ_HISTORY}
    ),
    Role.CENTRAL_CONTROLLER: frozenset(set(_P) - {_P.MANAGE_ACCESS, _P.AUDIT}),
    Role.CONTROLLER: frozenset(
        {
            _P.READ, _P.REPORT, _P.ASSESS, _P.WRITE, _P.PLAN, _P.COMPOSE, _P.ADOPT, _P.RUN_ROUND,
            _P.BUDGET, _P.FORECAST, _P.CONTROL, _P.PROCURE, _P.EXPORT, _P.READ_HISTORY,
        }
    ),
    Role.ECONOMIST: frozenset(
        {
            _P.READ, _P.WRITE, _P.LOAD, _P.BUDGET, _P.FORECAST, _P.PROCURE, _P.COMPOSE, _P.EXPORT, _P.READ_HISTORY,
        }
    ),
    Role.REPORTER: frozenset({_P.READ, _P.REPORT, _P.WRITE}),
    Role.APPROVER: frozenset({_P.READ, _P.REPORT, _P.ASSESS, _P.WRITE, _P.READ_HISTORY}),
    Role.SECRETARY: frozenset({_P.READ, _P.COMPOSE, _P.ADOPT, _P.EXPORT}),
    Role.REPRESENTATIVE: frozenset({_P.READ}),
    Role.AUDITOR: frozenset({_P.READ, _P.READ_HISTORY, _P.EXPORT, _P.AUDIT}),
    Role.READER: frozenset({_P.READ}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grant:
    """One role as it holds today. `body` and `unit` are keys; both empty means the whole municipality.

    For a role in a unit, `body` is the unit's body today and `units` the unit with all under it.
    """

    role: Role
    body: str = ""
    units: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether the grant reaches the whole municipality."""
        return not self.body and not self.units


@dataclass(frozen=True, slots=True)
class Grants:
    """Everything a person may do today. Ask this before every action."""

    user_key: str
    rows: tuple[Grant, ...] = ()

    def allows(
        self, permission: Permission, *, body: str = "", unit: str = "", responsible: str = ""
    ) -> bool:
        """Whether `permission` holds for a thing of `body`, reported by `unit` or the person `responsible`.

        A role in a body reaches all its units. A role in a unit reaches what that unit (or one under it)
        answers for, and what the person answers for by name; reading reaches the whole body.
        With no `body` the question is about the whole municipality.
        """
        for grant in self.rows:
            if permission not in GRANTS[grant.role]:
                continue
            if grant.whole:
                return True
            if not body or grant.body != body:
                continue
            if not grant.units or permission is Permission.READ:
                return True
            if unit in grant.units or (responsible and responsible == self.user_key):
                return True
        return False

    def anywhere(self, permission: Permission) -> bool:
        """Whether the person has `permission` for anything at all."""
        return any(permission in GRANTS[grant.role] for grant in self.rows)

    def bodies(self, permission: Permission) -> frozenset[str] | None:
        """The keys of the bodies where `permission` holds for something; None means all."""
        rows = [grant for grant in self.rows if permission in GRANTS[grant.role]]
        if any(grant.whole for grant in rows):
            return None
        return frozenset(grant.body for grant in rows)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The person's roles, each once, in the order of `Role`."""
        held = {grant.role for grant in self.rows}
        return tuple(role for role in Role if role in held)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that holds between two dates (the end not included)."""

    value: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def on(rows: Iterable[Dated], day: dt.date) -> str | None:
    """What held on `day`; the nearest earlier, else the first, when nothing did. None only without rows."""
    listed = sorted(rows, key=lambda row: row.valid_from)
    for row in listed:
        if row.holds(day):
            return row.value
    earlier = [row for row in listed if row.valid_from <= day]
    chosen = earlier[-1:] or listed[:1]
    return chosen[0].value if chosen else None


def overlaps(rows: Iterable[Dated]) -> list[tuple[Dated, Dated]]:
    """Pairs of rows that both hold on some day. One name and one place at a time is the rule."""
    listed = sorted(rows, key=lambda row: row.valid_from)
    return [
        (before, after)
        for before, after in itertools.pairwise(listed)
        if before.valid_to is None or before.valid_to > after.valid_from
    ]


def lineage(body: str, successions: Iterable[tuple[str, str]]) -> list[str]:
    """The body and all it descends from, nearest first: whose figures a comparison may follow.

    Args: successions: (predecessor, successor) keys.
    """
    pairs = list(successions)
    found = [body]
    for key in found:
        found.extend(before for before, after in pairs if after == key and before not in found)
    return found


def descendants(unit: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """The unit and every unit under it, given each unit's parent."""
    found = {unit}
    grew = True
    while grew:
        below = {key for key, parent in parents.items() if parent in found and key not in found}
        grew = bool(below)
        found |= below
    return frozenset(found)
