"""Loading the example municipality, and taking it away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.management import call_command
from django.db import transaction

from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.cycle import actions as cycle
from uppsikt.cycle import selectors as cycle_selectors
from uppsikt.demo import selectors
from uppsikt.demo.ledgers import load_ledgers
from uppsikt.demo.selectors import DATA
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.organisation import selectors as organisation
from uppsikt.reports import selectors as reports
from uppsikt.reports.actions import adoption

ADOPTIONS = Path(__file__).parent / "adoptions.yaml"
DAYS_LEFT = dt.timedelta(days=10)
LOADER = Actor("import-demo", "Import: demo")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the demo came to. `result` is None when it was there already."""

    result: ImportResult | None
    people: tuple[User, ...]


def load(*, password: str, by: Actor = LOADER) -> Loaded:
    """Load the example municipality where it is missing, and let its people sign in with `password`.

    A demo that is there is left as its visitors have made it.

    Raises: InputError when the database belongs to another municipality.
    """
    _refuse_others("Läs in demon i en egen databas.")
    with transaction.atomic():
        result: ImportResult | None = None
        if not selectors.is_loaded():
            result = import_dataset(DATA, by=by, name="demon")
            if result.problems:
                raise InputError(*result.problems)
        people = tuple(selectors.people())
        # They get their passwords together, so one is asked: a password takes a third of a second to check.
        if people and not people[0].check_password(password):
            accounts.set_shared_password(users=people, password=password, by=by)
    if result is not None:
        load_ledgers(by=by)
        _bring_up_to_date(by)
        _adopt_reports(by)
    return Loaded(result, people)


def _bring_up_to_date(by: Actor) -> None:
    """Give the open round some days left, whenever the demo is loaded: a visitor should not begin too late."""
    today = clock.today()
    for row in cycle_selectors.open_rounds():
        if row.deadline is not None and row.deadline < today:
            cycle.save_round(
                key=row.key,
                year=row.year_id,
                kind=row.kind,
                name=row.name,
                cutoff=row.cutoff,
                opens=row.opens,
                deadline=today + DAYS_LEFT,
                by=by,
            )


def _adopt_reports(by: Actor) -> None:
    """Adopt the reports that the demo's bodies have adopted, with the decisions they refer to."""
    for row in yaml.safe_load(ADOPTIONS.read_text(encoding="utf-8")):
        report = reports.report(row["report"])
        if report is None:
            raise LookupError(f"the dataset has no report {row['report']!r}")
        decision = Decision(
            row["decision_case"], row["decision_body"], row["decision_date"], row["decision_section"]
        )
        adoption.adopt(report=report, decision=decision, by=by)


def wipe() -> None:
    """Empty the demo's database, visitors' changes and history too. Never another municipality's.

    Raises: InputError when the database belongs to another municipality.
    """
    _refuse_others("--reset tömmer bara demons databas.")
    call_command("flush", interactive=False, verbosity=0)
    ledgers.path().unlink(missing_ok=True)


def _refuse_others(remedy: str) -> None:
    owner = organisation.municipality()
    if owner is not None and owner.key != selectors.municipality_key():
        raise refuse("not-demo", f"Databasen tillhör {owner.name} och är ingen demo.", remedy=remedy)
