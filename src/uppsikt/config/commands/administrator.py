"""Ge en person rollen administratör för hela kommunen. Skriver ett nytt lösenord när personen inget har."""

from __future__ import annotations

import argparse
import secrets
import sys

from django.db import transaction
from django.utils.text import slugify

from uppsikt.accounts import actions as accounts
from uppsikt.accounts import selectors
from uppsikt.accounts.selectors import User
from uppsikt.config.database import ensure_database
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.organisation import actions as organisation
from uppsikt.organisation import selectors as organisations
from uppsikt.organisation.rules import Permission, Role

COMMAND_LINE = Actor("command-line", "Kommandoraden")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="E-POST", help="adressen som personen loggar in med")
    parser.add_argument("name", metavar="NAMN", help="personens namn")
    parser.add_argument("--new-password", action="store_true", help="ge ett nytt lösenord även om ett finns")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    with transaction.atomic():
        user = _person(options.email, options.name)
        if not organisations.grants(user).allows(Permission.MANAGE_ACCESS):
            organisation.give_role(
                user=user, role=Role.ADMINISTRATOR, valid_from=clock.today(), by=COMMAND_LINE
            )
        if options.new_password or not user.has_usable_password():
            password = secrets.token_urlsafe(15)
            accounts.set_password(user=user, password=password, by=COMMAND_LINE)
            print(password)
    print(f"{user.name} är administratör och loggar in som {user.email}.", file=sys.stderr)
    return 0


def _person(email: str, name: str) -> User:
    found = selectors.by_email(email)
    if found is not None:
        return found
    base = key = slugify(name) or "person"
    number = 1
    while selectors.by_key(key) is not None:
        number += 1
        key = f"{base}-{number}"
    return accounts.save_user(key=key, name=name, email=email, by=COMMAND_LINE)[0]
