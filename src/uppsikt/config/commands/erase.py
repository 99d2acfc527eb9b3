"""Ta bort en persons uppgifter (dataskyddsförordningen art. 17). Det som gjorts står kvar, utan namn."""

from __future__ import annotations

import argparse
import sys

from uppsikt.accounts import actions as accounts
from uppsikt.accounts import selectors
from uppsikt.config.commands.administrator import COMMAND_LINE
from uppsikt.config.database import ensure_database
from uppsikt.kernel.problems import refuse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="E-POST", help="personens adress")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    user = selectors.by_email(options.email)
    if user is None:
        raise refuse("unknown-person", f"Ingen person har adressen {options.email}.")
    touched = accounts.erase_user(user=user, by=COMMAND_LINE)
    print(
        f"Uppgifterna om {user.key} är borttagna; {touched} händelser står kvar utan namn.", file=sys.stderr
    )
    return 0
