"""Skapa en API-nyckel åt en person. Nyckeln skrivs ut en gång och kan inte visas igen."""

from __future__ import annotations

import argparse

from uppsikt.accounts import actions as accounts
from uppsikt.accounts import selectors
from uppsikt.config.commands.administrator import COMMAND_LINE
from uppsikt.config.database import ensure_database
from uppsikt.kernel.problems import refuse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="E-POST", help="personens adress")
    parser.add_argument("name", metavar="NAMN", help="vad nyckeln är till för")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    user = selectors.by_email(options.email)
    if user is None:
        raise refuse("unknown-person", f"Ingen person har adressen {options.email}.")
    print(accounts.create_token(user=user, name=options.name, by=COMMAND_LINE))
    return 0
