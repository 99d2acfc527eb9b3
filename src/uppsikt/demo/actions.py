"""Loading the example municipality, and taking it away."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.management import call_command
from django.db import transaction

from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.demo import selectors
from uppsikt.demo.selectors import DATA
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.organisation import selectors as organisation

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
        result = None
        if not selectors.is_loaded():
            result = import_dataset(DATA, by=by)
            if result.problems:
                raise InputError(*result.problems)
        people = tuple(selectors.people())
        # They get their passwords together, so one is asked: a password takes a third of a second to check.
        if people and not people[0].check_password(password):
            for person in people:
                accounts.set_password(user=person, password=password, by=by)
    return Loaded(result, people)


def wipe() -> None:
    """Empty the demo's database, visitors' changes and history too. Never another municipality's.

    Raises: InputError when the database belongs to another municipality.
    """
    _refuse_others("--reset tömmer bara demons databas.")
    call_command("flush", interactive=False, verbosity=0)


def _refuse_others(remedy: str) -> None:
    owner = organisation.municipality()
    if owner is not None and owner.key != selectors.municipality_key():
        raise refuse("not-demo", f"Databasen tillhör {owner.name} och är ingen demo.", remedy=remedy)
