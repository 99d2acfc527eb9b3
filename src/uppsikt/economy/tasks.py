"""The economy's long work, as jobs."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from uppsikt.economy.actions import loads
from uppsikt.economy.models import LedgerLoad
from uppsikt.economy.rules.loads import LoadState
from uppsikt.history.rules import Actor
from uppsikt.jobs.actions import report
from uppsikt.jobs.task import job


@job
def read_ledger(key: str, *, load: int, by_key: str, by_name: str) -> str:
    """Read an offered ledger file. Safe to run again: one that was accepted before the worker died stays so."""
    row = LedgerLoad.objects.select_related("file", "replaces").get(pk=load)
    if row.state != LoadState.ACCEPTED.value:
        report(key, words=_("Läser och kontrollerar filen."))
        loads.read(load=row, by=Actor(by_key, by_name), progress=partial(_report, key))
    return _("%(name)s är inläst.") % {"name": row.name}


def _report(key: str, done: int, total: int) -> None:
    """How far the reading has come, in parts of a hundred where the size is known."""
    share = min(100, done * 100 // total) if total else 0
    words = _("Läser och kontrollerar filen.") if share < 100 else _("Lägger in raderna i huvudboken.")
    report(key, done=share, total=100 if total else 0, words=words)
