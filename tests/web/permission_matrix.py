"""Every address of the installation, and what it takes to pass. Tested for every role, printed in docs/permissions.md.

A new address fails `test_permissions.py` until it has its row here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from uppsikt.organisation.rules import GRANTS, Permission, Role


class Scope(Enum):
    """Where the permission must be held."""

    PUBLIC = "alla, även utan att logga in"
    SIGNED_IN = "alla som är inloggade"
    ANYWHERE = "någonstans"
    BODY = "i organet"
    WHOLE = "för hela kommunen"


@dataclass(frozen=True, slots=True)
class Door:
    """What it takes to pass one address.

    Args:
        arguments: the address's own arguments, or a function that makes the rows they name and returns them.
        data: what a POST sends; None means GET.
        query: what stands after the question mark.
        either: another permission that will do as well.
    """

    scope: Scope
    permission: Permission | None = None
    arguments: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    either: Permission | None = None

    def __post_init__(self) -> None:
        asks = self.scope in {Scope.ANYWHERE, Scope.BODY, Scope.WHOLE}
        if asks != (self.permission is not None):
            raise ValueError("a permission goes with a scope, and a scope with a permission")

    def lets_in(self, role: Role) -> bool:
        """Whether the role passes, when it is held where the door asks for it."""
        return self.permission is None or not {self.permission, self.either}.isdisjoint(GRANTS[role])


def _stored_picture() -> Mapping[str, Any]:
    """Its address is known only to those who may read a text that holds it."""
    from uppsikt.files.actions import store_file  # the matrix is also read without a database
    from uppsikt.history.rules import SYSTEM

    content = b"\x89PNG\r\n\x1a\n" + bytes(20)
    return {"digest": store_file(content=content, name="bild.png", by=SYSTEM).digest}


def _laid_out() -> Mapping[str, Any]:
    """A year with a planned round."""
    from uppsikt.cycle import actions as cycle  # the matrix is also read without a database
    from uppsikt.cycle.presets import preset
    from uppsikt.history.rules import SYSTEM

    cycle.save_model(year=2031, document=preset("malomrade-2024"), by=SYSTEM)
    day = dt.date(2031, 8, 31)
    cycle.save_round(key="2031-aug", year=2031, kind="interim", name="Delår", cutoff=day, by=SYSTEM)
    return {"round": "2031-aug"}


def _summed_up() -> Mapping[str, Any]:
    """The executive board in a planned round."""
    return {"round_key": _laid_out()["round"], "body": "ks"}


def _handed_in() -> Mapping[str, Any]:
    """A file that holds nothing to read in: its page says so."""
    from uppsikt.exchange.exporting import template  # the matrix is also read without a database
    from uppsikt.files.actions import store_file
    from uppsikt.files.rules import XLSX
    from uppsikt.history.rules import SYSTEM

    return {"digest": store_file(content=template(), name="mall.xlsx", by=SYSTEM, allowed=(XLSX,)).digest}


def _started_job() -> Mapping[str, Any]:
    """A job that somebody else started."""
    from tests.actions.jobs.work import count  # the matrix is also read without a database
    from uppsikt.history.rules import SYSTEM
    from uppsikt.jobs.actions import start

    return {"key": start(key="prov:1", task=count, title="Prov", by=SYSTEM, until=1).key}


def _in_plan(**names: str) -> Callable[[], Mapping[str, Any]]:
    """The address's arguments by what they name in a small world: key="goal" gives the goal's key."""

    def make() -> Mapping[str, Any]:
        from tests import build  # the matrix is also read without a database

        world = build.small_world()
        known = {
            "goal": world.goal.key, "use": world.use.key, "indicator": world.indicator.key,
            "assignment": world.assignment.item.key, "body": world.board.key, "year": world.year,
        }  # fmt: skip
        return {argument: known.get(name, name) for argument, name in names.items()}

    return make


def _removed_assignment() -> Mapping[str, Any]:
    from tests import build  # the matrix is also read without a database
    from uppsikt.history.rules import SYSTEM
    from uppsikt.planning.actions.assignments import remove_assignment

    world = build.small_world()
    remove_assignment(assignment=world.assignment, by=SYSTEM)
    return {"kind": "assignments", "key": world.assignment.item.key}


def _plan(permission: Permission, data: Mapping[str, Any] | None = None, **names: str) -> Door:
    return Door(Scope.BODY, permission, _in_plan(**names or {"body": "body", "year": "year"}), data)


def _report_of_year_end(**more: str) -> Callable[[], Mapping[str, Any]]:
    def make() -> Mapping[str, Any]:
        from tests import build  # the matrix is also read without a database

        return {"body": build.small_world().board.key, "edition": "2024-bokslut", **more}

    return make


def _adopted(**more: str) -> Callable[[], Mapping[str, Any]]:
    """A publication with one small file, so that nothing has to be typeset."""

    def make() -> Mapping[str, Any]:
        from tests import build  # the matrix is also read without a database
        from uppsikt.history.rules import SYSTEM
        from uppsikt.kernel.decision import Decision
        from uppsikt.publishing.actions import publish
        from uppsikt.reports import selectors
        from uppsikt.reports.assembly import compose

        world = build.small_world()
        row = selectors.report_or_new(world.board, world.rounds.year_end)
        if "edition" in more:
            more["body"] = world.board.key
        published = publish(
            subject=selectors.subject(row), title=row.title, body=row.body, year=row.year_id, round_=row.round,
            payload=compose(row), files={"html": b"<!doctype html><title>R</title>"}, file_name=row.key,
            decision=Decision(), by=SYSTEM,
        )  # fmt: skip
        return more if "edition" in more else {"pk": published.pk, **more}

    return make


def _two_reports() -> Mapping[str, Any]:
    """The year-end report, and the interim one it is compared with."""
    from tests import build  # the matrix is also read without a database
    from uppsikt.history.rules import SYSTEM
    from uppsikt.reports import selectors
    from uppsikt.reports.actions.reports import ensure_report

    world = build.small_world()
    for round_ in (world.rounds.interim, world.rounds.year_end):
        ensure_report(report=selectors.report_or_new(world.board, round_), by=SYSTEM)
    return {"body": world.board.key, "edition": world.rounds.year_end.key}


def _report(permission: Permission, data: Mapping[str, Any] | None = None, **more: str) -> Door:
    return Door(Scope.BODY, permission, _report_of_year_end(**more), data)


def _reporting(permission: Permission, data: Mapping[str, Any] | None = None, **names: str) -> Door:
    return Door(Scope.BODY, permission, _in_plan(round="2024-bokslut", **names), data)


def _project(
    permission: Permission, data: Mapping[str, Any] | None = None, *, removed: bool = False, **more: Any
) -> Door:
    """A project of the executive board, in a year with an economy model."""

    def make() -> Mapping[str, Any]:
        from tests import build, investments_world  # the matrix is also read without a database
        from uppsikt.history.rules import SYSTEM
        from uppsikt.investments.actions.register import remove_project

        investments_world.model()
        build.reporting_round()
        found = investments_world.project("fiber", build.body(), "committee", "Fiber")
        if removed:
            remove_project(project=found, by=SYSTEM)
        return {"key": found.key, **more}

    return Door(Scope.BODY, permission, make, data)


def _bought(
    kind: str,
    permission: Permission,
    data: Mapping[str, Any] | None = None,
    *,
    removed: bool = False,
    scope: Scope = Scope.ANYWHERE,
    **more: Any,
) -> Door:
    """A supplier, an agreement of the executive board or a procurement of its, or something settled."""

    def make() -> Mapping[str, Any]:
        from tests import build  # the matrix is also read without a database
        from uppsikt.history.rules import SYSTEM
        from uppsikt.procurement.actions import agreements, procurements, settling, suppliers

        build.year()
        build.reporting_round()
        day, board = dt.date(2024, 1, 1), build.body()
        if kind == "limit":
            return {"pk": settling.settle(key="direct", valid_from=day, amount_ore=1, by=SYSTEM)[0].pk}
        supplier, _ = suppliers.save_supplier(key="alfa", name="Alfa", by=SYSTEM)
        if kind == "supplier" and removed:
            suppliers.remove_supplier(supplier=supplier, by=SYSTEM)
        if kind == "agreement":
            found, _ = agreements.save_agreement(
                key="avtal", title="Avtal", supplier=supplier, bodies=[board], valid_from=day, by=SYSTEM
            )
            if removed:
                agreements.remove_agreement(agreement=found, by=SYSTEM)
        if kind == "procurement":
            made, _ = procurements.save_procurement(
                key="kop", title="Köp", kind="direct", body=board, date=day, by=SYSTEM
            )
            if removed:
                procurements.remove_procurement(procurement=made, by=SYSTEM)
        return {"key": {"supplier": "alfa", "agreement": "avtal", "procurement": "kop"}[kind], **more}

    return Door(scope, permission, make, data)


def _economy(*, query: Mapping[str, str] | None = None, ledger: bool = False, **arguments: Any) -> Door:
    """A page of the board's economy in its interim round, by address or by query; with a ledger where one is read."""

    def make() -> Mapping[str, Any]:
        import tempfile  # the matrix is also read without a database
        from pathlib import Path

        from django.conf import settings

        from tests import build, economy_world

        if ledger:
            economy_world.economy_world(settings, Path(tempfile.mkdtemp()))
            return arguments
        world = economy_world.planned_world()
        round_ = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
        economy_world.plan(world.board, world.units, world.year, round_)
        return arguments

    place = {"body": "ks"} if ledger else {"body": "ks", "round": "2024-augusti"}
    return Door(Scope.BODY, Permission.READ, make, query={**place, **(query or {})})


def _ledger_load(**more: Any) -> Callable[[], Mapping[str, Any]]:
    """A load of the ledger that waits to be read, of a file that is none."""

    def make() -> Mapping[str, Any]:
        import tempfile  # the matrix is also read without a database
        from pathlib import Path

        from tests import build
        from uppsikt.economy.actions import loads
        from uppsikt.files.actions import store_large
        from uppsikt.files.rules import SIE
        from uppsikt.history.rules import SYSTEM

        build.year()
        build.reporting_round()
        with tempfile.NamedTemporaryFile() as source:
            source.write(b"text")
            source.flush()
            file = store_large(source=Path(source.name), name="a.se", kind=SIE, by=SYSTEM)
        if "digest" in more:
            return {"digest": file.digest}
        options = loads.Options({})
        return {"pk": loads.offer(file=file, name="a.se", options=options, by=SYSTEM)[0].pk, **more}

    return make


def _kept(*, removed: bool = False, **names: str) -> Callable[[], Mapping[str, Any]]:
    """The executive board's budget and register in a year with an economy model and an open round."""

    def make() -> Mapping[str, Any]:
        from tests import build  # the matrix is also read without a database
        from tests.economy_world import MODEL
        from uppsikt.economy.actions import budget, registers
        from uppsikt.economy.actions.coding import save_model
        from uppsikt.history.rules import SYSTEM
        from uppsikt.kernel.decision import Decision

        build.year()
        board, round_ = build.body(), build.reporting_round()
        save_model(year=2024, document=MODEL, by=SYSTEM)
        budget.save_frame(
            key="ram", body=board, year=2024, original=True, date=dt.date(2024, 1, 1), text="Ram",
            decision=Decision(body="KF"), amounts={"frame": 1}, by=SYSTEM,
        )  # fmt: skip
        item, _new = registers.save_item(
            register="initiatives", key="klimat", body=board, year=2024, name="Klimat", by=SYSTEM
        )
        if removed:
            registers.remove_item(item=item, by=SYSTEM)
        known = {
            "body": board.key, "year": 2024, "round": round_.key, "frame": "ram", "item": "klimat",
            "register": "initiatives",
        }  # fmt: skip
        return {argument: known[name] for argument, name in names.items()}

    return make


def _budget(data: Mapping[str, Any] | None = None, **names: str) -> Door:
    return Door(Scope.BODY, Permission.BUDGET, _kept(body="body", year="year", **names), data)


def _item(data: Mapping[str, Any] | None = None, *, removed: bool = False, **names: str) -> Door:
    made = _kept(removed=removed, register="register", body="body", round="round", **names)
    return Door(Scope.BODY, Permission.BUDGET, made, data)


def _code() -> Mapping[str, Any]:
    """A code of the year."""
    from uppsikt.economy.actions.coding import save_codes  # the matrix is also read without a database
    from uppsikt.economy.rules.coding import Value
    from uppsikt.history.rules import SYSTEM

    save_codes(year=2024, values=[Value("activity", "101")], units={}, bodies={}, by=SYSTEM)
    return {"year": 2024, "dimension": "activity", "key": "101"}


def _purchases() -> Mapping[str, Any]:
    """A round; without a ledger to read the open data lead on to what is missing."""
    from tests import build  # the matrix is also read without a database

    build.year()
    build.reporting_round()
    return {"round": "2024-bokslut"}


def _project_table() -> Mapping[str, Any]:
    """A table of the year's economy model."""
    from tests import build, investments_world  # the matrix is also read without a database

    investments_world.model()
    build.reporting_round()
    return {"key": "namnd"}


def _review(
    permission: Permission,
    data: Mapping[str, Any] | None = None,
    *,
    either: Permission | None = None,
    of: str = "review",
    removed: bool = False,
) -> Door:
    """A review, a recommendation in it or an auditor's question, of the executive board."""

    def make() -> Mapping[str, Any]:
        from tests import audit_world  # the matrix is also read without a database
        from uppsikt.control.actions import audit
        from uppsikt.history.rules import SYSTEM

        row = {
            "review": audit_world.review,
            "recommendation": audit_world.recommendation,
            "question": audit_world.question,
        }[of]()
        if removed and of == "review":
            audit.remove_review(review=row, by=SYSTEM)
        elif removed:
            audit.remove_recommendation(recommendation=row, by=SYSTEM)
        return {"key": row.key}

    return Door(Scope.BODY, permission, make, data, either=either)


def _risk(
    permission: Permission,
    data: Mapping[str, Any] | None = None,
    *,
    of: str = "risk",
    removed: bool = False,
    **more: Any,
) -> Door:
    """A risk of the executive board, a mitigation of it, what that waits for, or a workshop about it."""

    def make() -> Mapping[str, Any]:
        from tests import build, control_world  # the matrix is also read without a database
        from uppsikt.control.actions import mitigations, risks, workshops
        from uppsikt.followup.actions import set_dependency
        from uppsikt.history.rules import SYSTEM

        build.year()
        build.reporting_round()
        risk = control_world.risk(at=build.body())
        if of == "year":
            return dict(more)
        if of == "workshop":
            found = workshops.open_workshop(year=2024, body=risk.body, name="Workshop", by=SYSTEM)
            return {"number": found.pk, **more}
        if of == "risk":
            if removed:
                risks.remove_risk(risk=risk, by=SYSTEM)
            return {"key": risk.key, **more}
        row = control_world.mitigation(of=risk)
        if of == "dependency":
            other = control_world.mitigation(of=risk, key="2024-forst")
            waits, _ = set_dependency(item=row.item, waits_for=other.item, label=row.title, by=SYSTEM)
            return {"number": waits.pk}
        if removed:
            mitigations.remove_mitigation(mitigation=row, by=SYSTEM)
        return {"key": row.item.key, **more}

    return Door(Scope.BODY, permission, make, data)


def _control(
    permission: Permission,
    data: Mapping[str, Any] | None = None,
    *,
    of: str = "control",
    removed: bool = False,
    scope: Scope = Scope.BODY,
    **more: Any,
) -> Door:
    """A control of the executive board, its measure or occasion, or a group-wide control with a measure."""

    def make() -> Mapping[str, Any]:
        from tests import build, controls_world  # the matrix is also read without a database
        from uppsikt.control.actions import controls
        from uppsikt.history.rules import SYSTEM

        build.year()
        build.reporting_round()
        if of == "group":
            group = controls_world.group()
            controls_world.measure(of=group)
            controls_world.occasion(of=controls_world.control(key="2024-del", group=group))
            if removed:
                controls.remove_group_control(group=group, by=SYSTEM)
            return {"key": group.key, **more}
        row = controls_world.control(key="2024-kontroll", name="Löner", frequency="year")
        controls_world.measure(of=row)
        occasion = controls_world.occasion(of=row)
        if of == "occasion":
            if removed:
                controls.remove_occasion(occasion=occasion, by=SYSTEM)
            return {"pk": occasion.pk, **more}
        if removed:
            controls.remove_control(control=row, by=SYSTEM)
        return {"key": row.item.key, **more}

    return Door(scope, permission, make, data)


def _proof(
    permission: Permission,
    data: Mapping[str, Any] | None = None,
    *,
    of: str = "sample",
    removed: bool = False,
    either: Permission | None = None,
) -> Door:
    """A sample of the executive board's control, what the control found wrong, or a file that proves it."""

    def make() -> Mapping[str, Any]:
        from tests import samples_world  # the matrix is also read without a database
        from uppsikt.control.actions import deficiencies, evidence, samples
        from uppsikt.files.rules import Sent
        from uppsikt.history.rules import SYSTEM

        world = samples_world.control_world(key="ks")
        if of in ("occasion", "target"):
            return {"pk": world.occasion.pk} | ({"of": "occasion"} if of == "target" else {})
        if of in ("sample", "row"):
            draw = samples_world.draw(world)
            if removed:
                samples.remove_sample(draw=draw, by=SYSTEM)
            return {"pk": draw.pk} | ({"row": draw.items.all()[0].row} if of == "row" else {})
        if of == "deficiency":
            found = samples_world.deficiency(world.occasion)
            if removed:
                deficiencies.remove_deficiency(deficiency=found, by=SYSTEM)
            return {"key": found.key}
        row = evidence.add_evidence(file=Sent("a.pdf", b"%PDF-1.7"), target=world.occasion, by=SYSTEM)
        if removed:
            evidence.remove_evidence(evidence=row, by=SYSTEM)
        return {"pk": row.pk}

    return Door(Scope.BODY, permission, make, data, either=either)


def _audited(*asked: str) -> Callable[[], Mapping[str, Any]]:
    """The executive board's year, with a pack taken out of it where its digest is asked for."""

    def make() -> Mapping[str, Any]:
        from tests import audit_world  # the matrix is also read without a database

        audit_world.review()
        given = {"key": "ks", "year": 2024} | ({"digest": audit_world.pack()} if "digest" in asked else {})
        return {name: given[name] for name in asked}

    return make


_COMPOSE = Permission.COMPOSE
_READ, _PLAN, _ADOPT = Permission.READ, Permission.PLAN, Permission.ADOPT

MATRIX: dict[str, Door] = {
    "planning:goals": Door(Scope.ANYWHERE, _READ),
    "planning:goal": _plan(_READ, key="goal"),
    "planning:indicator": _plan(_READ, key="indicator"),
    "oversight:board": Door(Scope.ANYWHERE, _READ),
    "oversight:workbook": Door(Scope.ANYWHERE, _READ),
    "oversight:lint": Door(Scope.ANYWHERE, _READ),
    "planning:assignments": Door(Scope.ANYWHERE, _READ),
    "planning:assignments_workbook": Door(Scope.ANYWHERE, _READ),
    "planning:assignment": _plan(_READ, key="assignment"),
    "planning:plans": Door(Scope.ANYWHERE, _READ),
    "planning:plan": _plan(_READ),
    "planning:goal_new": _plan(_PLAN),
    "planning:goal_edit": _plan(_PLAN, key="goal"),
    "planning:use_new": Door(
        Scope.BODY, _PLAN, _in_plan(body="body", year="year"), query={"goal": "2024-trygghet"}
    ),
    "planning:use_edit": _plan(_PLAN, key="use"),
    "planning:target_edit": _plan(_PLAN, key="use", role="milestone"),
    "planning:target_remove": _plan(_PLAN, {}, key="use", role="milestone"),
    "planning:assignment_new": _plan(_PLAN),
    "planning:assignment_edit": _plan(_PLAN, key="assignment"),
    "planning:row_move": _plan(_PLAN, {"way": "up"}, kind="uses", key="use"),
    "planning:row_remove": _plan(_PLAN, {}, kind="assignments", key="assignment"),
    "planning:row_restore": Door(Scope.BODY, _PLAN, _removed_assignment, {}),
    "planning:plan_roll": _plan(_PLAN),
    "planning:plan_adopt": _plan(_ADOPT),
    "planning:plan_reopen": _plan(_ADOPT),
    "planning:reporting": Door(Scope.ANYWHERE, _READ),
    "planning:report_body": _reporting(_READ, body="body"),
    "planning:report_move": _reporting(Permission.RUN_ROUND, {"state": "closed"}, body="body"),
    "planning:report_goal": _reporting(_READ, key="goal"),
    "planning:report_carry": _reporting(Permission.WRITE, {}, key="goal"),
    "planning:report_assignments": _reporting(_READ, body="body"),
    "planning:report_section": _reporting(_READ, body="body", section="personal"),
    "economy:tables": Door(Scope.ANYWHERE, _READ),
    "economy:table": _economy(key="prognos"),
    "economy:table_workbook": _economy(key="prognos"),
    "economy:figure": _economy(query={"table": "prognos", "row": "consultants", "column": "budget"}),
    "economy:voucher": _economy(ledger=True, year=2024, series="LEV", number="1"),
    "economy:variances": Door(Scope.ANYWHERE, _READ),
    "economy:variance": _economy(table="prognos", row="consultants"),
    "desk:home": Door(Scope.SIGNED_IN),
    "desk:search": Door(Scope.ANYWHERE, _READ),
    "desk:history": Door(Scope.ANYWHERE, Permission.READ_HISTORY),
    "desk:account": Door(Scope.SIGNED_IN),
    "desk:token_new": Door(Scope.SIGNED_IN, data={"name": "Statistiken"}),
    "desk:token_revoke": Door(Scope.SIGNED_IN, arguments={"pk": 1}, data={}),
    "economy:forecast": Door(Scope.ANYWHERE, _READ),
    "economy:forecast_accuracy": Door(Scope.ANYWHERE, _READ),
    "investments:projects": Door(Scope.ANYWHERE, _READ),
    "investments:projects_workbook": Door(Scope.ANYWHERE, _READ),
    "investments:portfolio": Door(Scope.ANYWHERE, _READ),
    "investments:table": Door(Scope.ANYWHERE, _READ, _project_table),
    "investments:project_new": Door(Scope.ANYWHERE, Permission.BUDGET),
    "investments:project": _project(_READ),
    "investments:project_change": _project(Permission.BUDGET),
    "investments:project_remove": _project(Permission.BUDGET, {}),
    "investments:project_restore": _project(Permission.BUDGET, {}, removed=True),
    "investments:project_amounts": _project(Permission.BUDGET, year=2024),
    "investments:project_carry": _project(Permission.BUDGET, year=2024),
    "investments:project_adjust": _project(Permission.BUDGET, year=2024),
    "investments:project_report": _project(Permission.FORECAST, round="2024-bokslut"),
    "procurement:overview": Door(Scope.ANYWHERE, _READ),
    "procurement:workbook": Door(Scope.ANYWHERE, _READ),
    "procurement:open_data": Door(Scope.ANYWHERE, _READ, _purchases),
    "procurement:limits": Door(Scope.ANYWHERE, _READ),
    "procurement:limit_new": Door(Scope.WHOLE, Permission.PROCURE),
    "procurement:limit_remove": _bought("limit", Permission.PROCURE, {}, scope=Scope.WHOLE),
    "procurement:follow_ups": Door(Scope.ANYWHERE, _READ),
    "procurement:suppliers": Door(Scope.ANYWHERE, _READ),
    "procurement:suppliers_workbook": Door(Scope.ANYWHERE, _READ),
    "procurement:supplier_new": Door(Scope.ANYWHERE, Permission.PROCURE),
    "procurement:supplier": _bought("supplier", _READ),
    "procurement:supplier_change": _bought("supplier", Permission.PROCURE),
    "procurement:supplier_remove": _bought("supplier", Permission.PROCURE, {}),
    "procurement:supplier_restore": _bought("supplier", Permission.PROCURE, {}, removed=True),
    "procurement:supplier_check": _bought("supplier", Permission.PROCURE),
    "procurement:supplier_handle": _bought("supplier", Permission.PROCURE, year=2024),
    "procurement:agreements": Door(Scope.ANYWHERE, _READ),
    "procurement:agreements_workbook": Door(Scope.ANYWHERE, _READ),
    "procurement:agreement_new": Door(Scope.ANYWHERE, Permission.PROCURE),
    "procurement:agreement": _bought("agreement", _READ),
    "procurement:agreement_change": _bought("agreement", Permission.PROCURE, scope=Scope.BODY),
    "procurement:agreement_remove": _bought("agreement", Permission.PROCURE, {}, scope=Scope.BODY),
    "procurement:agreement_restore": _bought(
        "agreement", Permission.PROCURE, {}, scope=Scope.BODY, removed=True
    ),
    "procurement:agreement_follow_up": _bought("agreement", Permission.PROCURE, scope=Scope.BODY),
    "procurement:procurements": Door(Scope.ANYWHERE, _READ),
    "procurement:procurements_workbook": Door(Scope.ANYWHERE, _READ),
    "procurement:procurement_new": Door(Scope.ANYWHERE, Permission.PROCURE),
    "procurement:procurement": _bought("procurement", _READ, scope=Scope.BODY),
    "procurement:procurement_change": _bought("procurement", Permission.PROCURE, scope=Scope.BODY),
    "procurement:procurement_remove": _bought("procurement", Permission.PROCURE, {}, scope=Scope.BODY),
    "procurement:procurement_restore": _bought(
        "procurement", Permission.PROCURE, {}, scope=Scope.BODY, removed=True
    ),
    "control:home": Door(Scope.ANYWHERE, _READ),
    "control:summary": Door(Scope.BODY, Permission.ASSESS, _summed_up),
    "control:risks": Door(Scope.ANYWHERE, _READ),
    "control:risk_new": Door(Scope.ANYWHERE, Permission.CONTROL),
    "control:risks_carry": _risk(Permission.CONTROL, of="year", body="ks", year=2024),
    "control:risk": _risk(_READ),
    "control:risk_change": _risk(Permission.CONTROL),
    "control:risk_assess": _risk(Permission.CONTROL),
    "control:risk_treat": _risk(Permission.CONTROL),
    "control:risk_adopt": _risk(Permission.CONTROL, {"body": "ks"}),
    "control:risk_remove": _risk(Permission.CONTROL, {}),
    "control:risk_restore": _risk(Permission.CONTROL, {}, removed=True),
    "control:workshops": Door(Scope.ANYWHERE, _READ),
    "control:workshop_new": Door(Scope.ANYWHERE, Permission.CONTROL),
    "control:workshop": _risk(_READ, of="workshop"),
    "control:workshop_close": _risk(Permission.CONTROL, {}, of="workshop"),
    "control:workshop_take": _risk(Permission.CONTROL, {}, of="workshop", key="2024-lon"),
    "control:libraries": Door(Scope.ANYWHERE, _READ),
    "control:library": Door(Scope.ANYWHERE, Permission.CONTROL, {"name": "vanliga-risker"}),
    "control:library_upload": Door(Scope.ANYWHERE, Permission.CONTROL, data={}),
    "control:library_take": Door(Scope.ANYWHERE, Permission.CONTROL, data={}),
    "control:library_export": _risk(_READ, of="year", body="ks", year=2024),
    "control:mitigations": Door(Scope.ANYWHERE, _READ),
    "control:mitigations_report": _risk(Permission.REPORT, of="year", body="ks", round="2024-bokslut"),
    "control:mitigation_new": Door(
        Scope.BODY,
        Permission.CONTROL,
        lambda: {"of": "risk", **_risk(_READ).arguments()},  # type: ignore[operator]
    ),
    "control:mitigation": _risk(_READ, of="mitigation"),
    "control:mitigation_change": _risk(Permission.CONTROL, of="mitigation"),
    "control:mitigation_report": _risk(Permission.REPORT, of="mitigation", round="2024-bokslut"),
    "control:mitigation_remove": _risk(Permission.CONTROL, {}, of="mitigation"),
    "control:mitigation_restore": _risk(Permission.CONTROL, {}, of="mitigation", removed=True),
    "control:dependency_new": _risk(Permission.CONTROL, of="mitigation"),
    "control:dependency_remove": _risk(Permission.CONTROL, {}, of="dependency"),
    "control:controls": Door(Scope.ANYWHERE, _READ),
    "control:control_new": Door(Scope.ANYWHERE, Permission.CONTROL),
    "control:control": _control(_READ),
    "control:control_change": _control(Permission.CONTROL),
    "control:control_remove": _control(Permission.CONTROL, {}),
    "control:control_restore": _control(Permission.CONTROL, {}, removed=True),
    "control:control_status": _control(Permission.REPORT, round="2024-bokslut"),
    "control:occasion_new": _control(Permission.CONTROL),
    "control:occasions_generate": _control(Permission.CONTROL, {}),
    "control:measure_new": _control(Permission.CONTROL),
    "control:measure_change": _control(Permission.CONTROL, name="right"),
    "control:measure_remove": _control(Permission.CONTROL, {}, name="right"),
    "control:occasion": _control(_READ, of="occasion"),
    "control:occasion_change": _control(Permission.CONTROL, of="occasion"),
    "control:occasion_remove": _control(Permission.CONTROL, {}, of="occasion"),
    "control:occasion_restore": _control(Permission.CONTROL, {}, of="occasion", removed=True),
    "control:sample_new": _proof(Permission.REPORT, of="occasion"),
    "control:deficiency_new": _proof(Permission.REPORT, of="occasion"),
    "control:sample": _proof(Permission.REPORT, either=Permission.AUDIT),
    "control:sample_judge": _proof(Permission.REPORT, {"verdict": "right"}, of="row"),
    "control:sample_fill": _proof(Permission.REPORT, {}),
    "control:sample_list": _proof(Permission.REPORT, either=Permission.AUDIT),
    "control:sample_workbook": _proof(Permission.REPORT, either=Permission.AUDIT),
    "control:sample_csv": _proof(Permission.REPORT, either=Permission.AUDIT),
    "control:sample_remove": _proof(Permission.REPORT, {}),
    "control:sample_restore": _proof(Permission.REPORT, {}, removed=True),
    "control:deficiencies": Door(Scope.ANYWHERE, _READ),
    "control:deficiency": _proof(_READ, of="deficiency"),
    "control:deficiency_change": _proof(Permission.REPORT, of="deficiency"),
    "control:deficiency_retest": _proof(Permission.REPORT, of="deficiency"),
    "control:deficiency_remove": _proof(Permission.REPORT, {}, of="deficiency"),
    "control:deficiency_restore": _proof(Permission.REPORT, {}, of="deficiency", removed=True),
    "control:evidence_new": _proof(Permission.REPORT, of="target"),
    "control:evidence_file": _proof(_READ, of="evidence"),
    "control:evidence_remove": _proof(Permission.REPORT, {}, of="evidence"),
    "control:evidence_restore": _proof(Permission.REPORT, {}, of="evidence", removed=True),
    "control:groups": Door(Scope.ANYWHERE, _READ),
    "control:group_new": Door(Scope.WHOLE, Permission.CONTROL),
    "control:group": _control(_READ, of="group", scope=Scope.ANYWHERE),
    "control:group_change": _control(Permission.CONTROL, of="group", scope=Scope.WHOLE),
    "control:group_remove": _control(Permission.CONTROL, {}, of="group", scope=Scope.WHOLE),
    "control:group_restore": _control(Permission.CONTROL, {}, of="group", removed=True, scope=Scope.WHOLE),
    "control:group_give": _control(Permission.CONTROL, of="group", scope=Scope.WHOLE),
    "control:group_report": _control(Permission.CONTROL, of="group", scope=Scope.WHOLE),
    "control:group_measure_new": _control(Permission.CONTROL, of="group", scope=Scope.WHOLE),
    "control:group_measure_change": _control(Permission.CONTROL, of="group", scope=Scope.WHOLE, name="right"),
    "control:group_measure_remove": _control(
        Permission.CONTROL, {}, of="group", scope=Scope.WHOLE, name="right"
    ),
    "control:reviews": Door(Scope.ANYWHERE, _READ),
    "control:recommendations": Door(Scope.ANYWHERE, _READ),
    "control:questions": Door(Scope.ANYWHERE, _READ),
    "control:review_new": Door(Scope.ANYWHERE, Permission.CONTROL, either=Permission.AUDIT),
    "control:review": _review(_READ),
    "control:review_change": _review(Permission.CONTROL, either=Permission.AUDIT),
    "control:review_remove": _review(Permission.CONTROL, {}, either=Permission.AUDIT),
    "control:review_restore": _review(Permission.CONTROL, {}, either=Permission.AUDIT, removed=True),
    "control:recommendation_new": _review(Permission.CONTROL, either=Permission.AUDIT),
    "control:recommendation_change": _review(
        Permission.CONTROL, either=Permission.AUDIT, of="recommendation"
    ),
    "control:recommendation_remove": _review(
        Permission.CONTROL, {}, either=Permission.AUDIT, of="recommendation"
    ),
    "control:recommendation_restore": _review(
        Permission.CONTROL, {}, either=Permission.AUDIT, of="recommendation", removed=True
    ),
    "control:recommendation_answer": _review(Permission.CONTROL, of="recommendation"),
    "control:recommendation_follow_up": _review(Permission.AUDIT, of="recommendation"),
    "control:recommendation_return": _review(
        Permission.CONTROL, either=Permission.AUDIT, of="recommendation"
    ),
    "control:question_new": Door(Scope.ANYWHERE, Permission.AUDIT),
    "control:question": _review(_READ, of="question"),
    "control:question_answer": _review(Permission.WRITE, of="question"),
    "control:question_close": _review(Permission.AUDIT, {}, of="question"),
    "desk:room": Door(
        Scope.ANYWHERE, Permission.AUDIT, either=Permission.READ_HISTORY, query={"body": "all"}
    ),
    "desk:packs": Door(Scope.ANYWHERE, Permission.AUDIT, either=Permission.READ_HISTORY),
    "desk:room_pack": Door(
        Scope.BODY,
        Permission.AUDIT,
        _audited(),
        {"body": "ks", "year": "2024"},
        either=Permission.READ_HISTORY,
    ),
    "desk:pack_download": Door(
        Scope.BODY, Permission.AUDIT, _audited("digest"), either=Permission.READ_HISTORY
    ),
    "desk:room_sample": Door(Scope.BODY, Permission.AUDIT, _audited(), query={"body": "ks", "year": "2024"}),
    "desk:basic_review": Door(
        Scope.BODY, Permission.AUDIT, _audited("key", "year"), either=Permission.READ_HISTORY
    ),
    "reports:reports": Door(Scope.ANYWHERE, _READ),
    "reports:preview_styles": Door(Scope.SIGNED_IN),
    "reports:workspace": _report(_READ),
    "reports:chapter": _report(_COMPOSE, chapter="sammanfattning"),
    "reports:versions": _report(_READ, chapter="sammanfattning"),
    "reports:pictures": _report(_COMPOSE, {}),
    "reports:outline": _report(_COMPOSE, {"verb": "down", "key": "sammanfattning"}),
    "reports:carry": _report(_COMPOSE, {}),
    "reports:uncarry": _report(_COMPOSE, {}),
    "reports:earlier": Door(Scope.BODY, _READ, _two_reports),
    "reports:difference": Door(Scope.BODY, _READ, _adopted(edition="2024-bokslut")),
    "reports:adopt": _report(_ADOPT),
    "reports:draft_file": _report(_READ, format="json"),
    "reports:publication": Door(Scope.BODY, _READ, _adopted()),
    "reports:publication_page": Door(Scope.BODY, _READ, _adopted()),
    "reports:publication_file": Door(Scope.BODY, _READ, _adopted(format="html")),
    "economy:budget": Door(Scope.ANYWHERE, _READ),
    "economy:budget_months": Door(Scope.ANYWHERE, _READ),
    "economy:frame_new": _budget(),
    "economy:frame": _budget(key="frame"),
    "economy:frame_remove": _budget({}, key="frame"),
    "economy:budget_amount": _budget(),
    "economy:restatements": Door(Scope.BODY, _READ, _kept(body="body", year="year")),
    "economy:restatement": _budget(),
    "economy:registers": Door(Scope.ANYWHERE, _READ),
    "economy:register_item_new": _item(),
    "economy:register_item": _item(key="item"),
    "economy:register_item_move": _item({}, key="item"),
    "economy:register_item_remove": _item({}, key="item"),
    "economy:register_item_restore": _item({}, removed=True, key="item"),
    "economy:ledger": Door(Scope.ANYWHERE, _READ),
    "economy:ledger_new": Door(Scope.WHOLE, Permission.LOAD),
    "economy:ledger_file": Door(Scope.WHOLE, Permission.LOAD, _ledger_load(digest=True)),
    "economy:ledger_load": Door(Scope.WHOLE, _READ, _ledger_load()),
    "economy:ledger_start": Door(Scope.WHOLE, Permission.LOAD, _ledger_load(), {}),
    "economy:ledger_change": Door(Scope.ANYWHERE, _READ),
    "economy:ledger_choose": Door(
        Scope.WHOLE, Permission.LOAD, _ledger_load(round="2024-bokslut"), {}, either=Permission.RUN_ROUND
    ),
    "economy:model": Door(Scope.ANYWHERE, _READ),
    "economy:codes": Door(Scope.ANYWHERE, _READ, {"year": 2024, "dimension": "account"}),
    "economy:code": Door(Scope.WHOLE, Permission.LOAD, _code, either=Permission.BUDGET),
    "exchange:import": Door(Scope.WHOLE, Permission.IMPORT),
    "exchange:preview": Door(Scope.WHOLE, Permission.IMPORT, _handed_in),
    "exchange:export": Door(Scope.WHOLE, Permission.EXPORT),
    "exchange:download": Door(Scope.WHOLE, Permission.EXPORT, {"form": "template"}),
    # Also open to the one who started the job (tests/web/jobs).
    "jobs:job": Door(Scope.WHOLE, Permission.IMPORT, _started_job),
    "accounts:sign_in": Door(Scope.PUBLIC),
    "accounts:sign_out": Door(Scope.SIGNED_IN, data={}),
    "web:theme": Door(Scope.PUBLIC, data={"theme": "dark"}),
    "web:theme_css": Door(Scope.PUBLIC),
    "web:styleguide": Door(Scope.PUBLIC),
    "files:picture": Door(Scope.SIGNED_IN, arguments=_stored_picture),
    "cycle:switch": Door(Scope.SIGNED_IN),
    "cycle:year_list": Door(Scope.ANYWHERE, Permission.READ),
    "cycle:year_open": Door(Scope.WHOLE, Permission.STEER, arguments=lambda: _laid_out() and {}, data={}),
    "cycle:round_open": Door(Scope.WHOLE, Permission.RUN_ROUND, arguments=_laid_out, data={}),
}


def addresses() -> Iterator[tuple[str, str]]:
    """The name and the pattern of every address, with its namespace."""
    yield from _walk(get_resolver().url_patterns, "", "/")


def _walk(patterns: list[Any], namespace: str, before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", route
