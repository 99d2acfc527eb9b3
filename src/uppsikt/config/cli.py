"""The command line, `uppsikt` (bin/uppsikt).

Only a command's result goes to standard output; progress, problems and the log go to standard error.
No command asks a question. Exit codes: 0 done, 1 refused or not found (and why), 2 called wrongly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ValidationError

from uppsikt.config.swedish import Parser
from uppsikt.kernel.problems import InputError

DONE, REFUSED = 0, 1

DESCRIPTION = "Uppsikt: kommunens mål, uppdrag och uppföljning. Inget kommando ställer frågor."
EPILOG = (
    "Resultatet skrivs till standard ut, allt annat till standard fel. "
    "Slutkoder: 0 klart, 1 nekat eller fel i underlaget, 2 fel anrop. "
    "Databasen väljs med DATABASE_URL; utan den används SQLite i mappen var/."
)


def parser() -> Parser:
    """The whole command line as declared by the commands."""
    from uppsikt.config.commands import COMMANDS  # reads models, so Django must be up first

    top = Parser(prog="uppsikt", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False)
    chosen = top.add_subparsers(title="kommandon", metavar="KOMMANDO", dest="command", required=True)
    for name, command in COMMANDS.items():
        summary = (command.__doc__ or "").strip().splitlines()[0]
        own = chosen.add_parser(name, help=summary, description=command.__doc__, allow_abbrev=False)
        command.configure(own)
        own.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.config.settings")
    django.setup()
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return REFUSED
    except ValidationError as error:  # a row that its own model refuses
        for message in error.messages:
            print(message, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader (head, less) had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
