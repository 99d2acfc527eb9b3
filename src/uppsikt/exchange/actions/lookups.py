"""What rows point at, read once for a whole import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from uppsikt.accounts import selectors as accounts
from uppsikt.accounts.selectors import User
from uppsikt.control import selectors as control
from uppsikt.control.selectors import (
    AuditReview,
    Control,
    Deficiency,
    GroupControl,
    Mitigation,
    Occasion,
    Recommendation,
    Risk,
)
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.economy import selectors as economy
from uppsikt.economy.selectors import FrameDecision, RegisterItem
from uppsikt.exchange.rules.rows import Dataset, Identity, Known, Values, identity
from uppsikt.exchange.rules.selection import tainted
from uppsikt.exchange.rules.tables import BY_KEY
from uppsikt.followup.selectors import Item
from uppsikt.history.rules import Actor
from uppsikt.investments import selectors as investments
from uppsikt.investments.selectors import Project
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import Assignment, Goal, Indicator, IndicatorUse
from uppsikt.procurement import selectors as procurement
from uppsikt.procurement.selectors import Agreement, Supplier
from uppsikt.reports import selectors as reports
from uppsikt.reports.selectors import Report

SERIES = ("indicator", "body", "unit", "period", "breakdown")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules say in a round: each use's verdict and each goal's proposed step, by key."""

    verdicts: dict[str, str]
    proposals: dict[str, str]


@dataclass
class Here:
    """The import that is going on: by whom, of what, and the rows there are so far."""

    by: Actor
    dataset: Dataset
    known: Known
    _rules: dict[str, Rules] = field(default_factory=dict)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        return {row.key: row for row in organisation.bodies()}

    @cached_property
    def units(self) -> dict[str, Unit]:
        return {row.key: row for row in organisation.Unit.objects.all()}

    @cached_property
    def people(self) -> dict[str, User]:
        return {row.key: row for row in accounts.users()}

    @cached_property
    def rounds(self) -> dict[str, Round]:
        return {row.key: row for row in cycle.rounds()}

    @cached_property
    def goals(self) -> dict[str, Goal]:
        return {row.key: row for row in planning.goals()}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {row.key: row for row in planning.indicators()}

    @cached_property
    def uses(self) -> dict[str, IndicatorUse]:
        return {row.key: row for row in planning.uses()}

    @cached_property
    def assignments(self) -> dict[str, Assignment]:
        return {row.item.key: row for row in planning.assignments()}

    @cached_property
    def reports(self) -> dict[str, Report]:
        return {row.key: row for row in reports.reports()}

    @cached_property
    def frames(self) -> dict[str, FrameDecision]:
        rows = economy.FrameDecision.objects.filter(removed_at__isnull=True)
        return {row.key: row for row in rows.select_related("body")}

    @cached_property
    def frame_amounts(self) -> dict[str, dict[str, int]]:
        """What each frame decision moves, by column, as it will be."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        faulty = {key for key, row in self.known.given["frame_amounts"].items() if row.faulty}
        for values in self.known.every("frame_amounts"):
            if identity(BY_KEY["frame_amounts"], values) not in faulty:
                found[values["frame"]][values["column"]] = values["amount_ore"]
        return found

    @cached_property
    def register_items(self) -> dict[tuple[str, str], RegisterItem]:
        rows = economy.RegisterItem.objects.filter(removed_at__isnull=True)
        return {(row.register, row.key): row for row in rows.select_related("body")}

    @cached_property
    def projects(self) -> dict[str, Project]:
        return {row.key: row for row in investments.projects()}

    @cached_property
    def risks(self) -> dict[str, Risk]:
        rows = control.Risk.objects.filter(removed_at__isnull=True)
        return {row.key: row for row in rows.select_related("body")}

    @cached_property
    def reviews(self) -> dict[str, AuditReview]:
        return {row.key: row for row in control.AuditReview.objects.filter(removed_at__isnull=True)}

    @cached_property
    def recommendations(self) -> dict[str, Recommendation]:
        rows = control.Recommendation.objects.filter(removed_at__isnull=True)
        return {row.key: row for row in rows.select_related("review", "body")}

    @cached_property
    def group_controls(self) -> dict[str, GroupControl]:
        rows = control.GroupControl.objects.filter(removed_at__isnull=True)
        return {row.key: row for row in rows.select_related("body")}

    @cached_property
    def controls(self) -> dict[str, Control]:
        rows = control.Control.objects.filter(item__removed_at__isnull=True)
        return {row.item.key: row for row in rows.select_related("item__body", "group")}

    @cached_property
    def occasions(self) -> dict[Identity, Occasion]:
        """The occasions by `place`."""
        rows = control.Occasion.objects.filter(removed_at__isnull=True)
        found = rows.select_related("control__item__body", "control__group", "retest_of")
        return {
            (row.control.item.key, row.period, row.retest_of.key if row.retest_of else ""): row
            for row in found
        }

    @staticmethod
    def place(values: Values) -> Identity:
        """What finds the occasion that a row is, or points at."""
        return values["control"], values["period"], values["retest_of"]

    @cached_property
    def deficiencies(self) -> dict[str, Deficiency]:
        rows = control.Deficiency.objects.filter(removed_at__isnull=True)
        return {row.key: row for row in rows.select_related("occasion")}

    @cached_property
    def mitigations(self) -> dict[str, Mitigation]:
        rows = control.Mitigation.objects.filter(item__removed_at__isnull=True)
        return {row.item.key: row for row in rows.select_related("item__body")}

    @cached_property
    def suppliers(self) -> dict[str, Supplier]:
        return {row.key: row for row in procurement.suppliers()}

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        return {row.key: row for row in procurement.agreements()}

    def item(self, key: str) -> tuple[Item, str]:
        """What has a status under this key, and what it is called. Raises: KeyError."""
        if key in self.assignments:
            return self.assignments[key].item, self.assignments[key].title
        if key in self.mitigations:
            return self.mitigations[key].item, self.mitigations[key].title
        return self.controls[key].item, name_of(self.controls[key])

    @cached_property
    def _observations(self) -> dict[tuple[object, ...], list[Values]]:
        found: dict[tuple[object, ...], list[Values]] = defaultdict(list)
        faulty = {key for key, row in self.known.given["observations"].items() if row.faulty}
        for values in self.known.every("observations"):
            if identity(BY_KEY["observations"], values) not in faulty:
                found[tuple(values[name] for name in SERIES)].append(values)
        return found

    def observations_of(self, values: Values) -> list[Values]:
        """The outcomes of the same period and group, of every round."""
        return self._observations[tuple(values[name] for name in SERIES)]

    @cached_property
    def tainted(self) -> set[tuple[str, object]]:
        """What no rule can be asked about (`exchange.rules.selection.tainted`)."""
        return tainted(self.dataset)

    def rules(self, round_: Round) -> Rules:
        """What the rules say in the round. Ask only when all they rest on is written."""
        if round_.key not in self._rules:
            self._rules[round_.key] = self._judge(round_)
        return self._rules[round_.key]

    def _judge(self, round_: Round) -> Rules:
        view = planning.snapshot(year=round_.year_id, round_=round_)
        everything = (*view.indicators, *(one for rows in view.sections.values() for one in rows))
        verdicts = {
            one.use.key: one.judgement.verdict.value
            for one in everything
            if not self._doubtful(("uses", one.use.key), ("indicators", one.indicator.key))
        }
        proposals = {
            goal.goal.key: goal.proposal.step.key
            for goal in view.goals
            if goal.proposal
            and not self._doubtful(("goals", goal.goal.key))
            and all(one.use.key in verdicts for one in goal.indicators)
            and not self._doubtful(*(("assignments", row.assignment.item.key) for row in goal.assignments))
        }
        return Rules(verdicts, proposals)

    def _doubtful(self, *things: tuple[str, object]) -> bool:
        return not self.tainted.isdisjoint(things)
