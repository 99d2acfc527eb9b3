"""The commands of the command line: one module each, named here and nowhere else.

A command module has a docstring in Swedish (its first line is what the list of commands shows),
`configure(parser)`, which declares its arguments, and `run(options)`, which returns the exit code.
"""

from __future__ import annotations

import argparse
from typing import Protocol

from uppsikt.config.commands import (
    administrator,
    demo,
    economy,
    erase,
    export,
    import_,
    ledger,
    lint,
    migrate,
    purchases,
    report,
    serve,
    status,
    token,
    verify,
    worker,
)


class Command(Protocol):
    """What a module must have to be a command."""

    __doc__: str | None

    def configure(self, parser: argparse.ArgumentParser, /) -> None: ...

    def run(self, options: argparse.Namespace, /) -> int: ...


COMMANDS: dict[str, Command] = {
    "demo": demo,
    "import": import_,
    "export": export,
    "report": report,
    "status": status,
    "lint": lint,
    "ledger": ledger,
    "economy": economy,
    "purchases": purchases,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "administrator": administrator,
    "token": token,
    "erase": erase,
    "verify": verify,
}
