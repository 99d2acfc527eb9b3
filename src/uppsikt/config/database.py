"""Bringing the database to this version, before a command uses it."""

from __future__ import annotations

import sys
from typing import cast

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from uppsikt.config import environment


def is_current() -> bool:
    """Whether every migration that this version ships has been applied."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def ensure_database() -> bool:
    """Create or upgrade the database where it is needed. Returns whether anything was done.

    Commands started at the same time on one machine wait for each other.
    """
    if is_current():
        return False
    with environment.locked(settings.VAR, "migrate"):
        if is_current():
            return False
        print("Förbereder databasen ...", file=sys.stderr)
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    return True


def location() -> str:
    """Where the data lies, for a person to read; never the password."""
    entry = connections[DEFAULT_DB_ALIAS].settings_dict
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return str(entry["NAME"])
    return f"{connections[DEFAULT_DB_ALIAS].display_name} {cast('str', entry['NAME'])}"
