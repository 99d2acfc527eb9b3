"""What several commands ask for in the same way: a body and a round, by their keys."""

from __future__ import annotations

import argparse

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body


def add(parser: argparse.ArgumentParser) -> None:
    """The two arguments."""
    parser.add_argument("body", metavar="ORGAN", help="organets nyckel, t.ex. ks")
    parser.add_argument(
        "round", metavar="TILLFÄLLE", help="uppföljningstillfällets nyckel, t.ex. 2024-bokslut"
    )


def chosen(options: argparse.Namespace) -> tuple[Body, Round]:
    """What was asked for.

    Raises: InputError, naming what there is to choose from.
    """
    body = organisation.body(options.body)
    round_ = cycle.round_by_key(options.round)
    problems = []
    if body is None:
        known = [row.key for row in organisation.bodies()]
        problems.append(_unknown("unknown-body", "organet", options.body, known))
    if round_ is None:
        known = [row.key for row in cycle.rounds()]
        problems.append(_unknown("unknown-round", "uppföljningstillfället", options.round, known))
    if body is None or round_ is None:
        raise InputError(*problems)
    return body, round_


def body(key: str) -> Body:
    """The body with this key. Raises: InputError, naming what there is to choose from."""
    found = organisation.body(key)
    if found is None:
        raise InputError(_unknown("unknown-body", "organet", key, [row.key for row in organisation.bodies()]))
    return found


def round_(key: str) -> Round:
    """The round with this key. Raises: InputError, naming what there is to choose from."""
    found = cycle.round_by_key(key)
    if found is None:
        known = [row.key for row in cycle.rounds()]
        raise InputError(_unknown("unknown-round", "uppföljningstillfället", key, known))
    return found


def _unknown(code: str, noun: str, key: str, known: list[str]) -> Problem:
    remedy = (
        f"Här finns: {', '.join(known)}." if known else "Här finns ingenting ännu: läs in ett dataset först."
    )
    return Problem(code, Where(), f"{noun.capitalize()} {key} finns inte.", remedy)
