"""The command line's own words in Swedish: what argparse says by itself."""

from __future__ import annotations

import argparse
from typing import NoReturn

WORDS = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "subcommands": "kommandon",
    "show this help message and exit": "visa den här hjälpen och avsluta",
    "argument %(argument_name)s: %(message)s": "argumentet %(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "okända argument: %s",
    "not allowed with argument %s": "kan inte användas tillsammans med %s",
    "ignored explicit argument %r": "tar inget värde, men fick %r",
    "the following arguments are required: %s": "de här argumenten saknas: %s",
    "one of the arguments %s is required": "ett av argumenten %s behövs",
    "expected one argument": "ett värde behövs",
    "expected at most one argument": "högst ett värde får ges",
    "expected at least one argument": "minst ett värde behövs",
    "expected %s argument": "%s värde behövs",
    "expected %s arguments": "%s värden behövs",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan betyda flera val: %(matches)s",
    "invalid %(type)s value: %(value)r": "%(value)r är inte ett giltigt värde",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte att välja (välj bland %(choices)s)",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "%(value)r finns inte att välja, menade du %(closest)r? (välj bland %(choices)s)"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "kommandot %(parser_name)r finns inte (välj bland %(choices)s)"
    ),
    "can't open '%(filename)s': %(error)s": "kan inte öppna ”%(filename)s”: %(error)s",
}


def _translated(message: str | None) -> str | None:
    return WORDS.get(message, message) if message is not None else None


def _counted(one: str, many: str, count: int) -> str:
    message = one if count == 1 else many
    return WORDS.get(message, message)


# argparse looks its words up through these two names in its own module.
argparse._ = _translated  # type: ignore[attr-defined]
argparse.ngettext = _counted  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """A parser that answers a wrong call in Swedish: how to call it right, then what was wrong.

    All of it on standard error, since a wrong call has no result.
    """

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog}: fel: {message}\n")
