"""What is left for one person to do, in all open rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.cache import cache

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.kernel import clock
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.planning.rules.reporting import Task, is_mine
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks

REPORTING = (Permission.REPORT, Permission.WRITE, Permission.ASSESS)
KEPT_SECONDS = 600
_CACHE = "_uppsikt_ahead"


@dataclass(frozen=True, slots=True)
class Ahead:
    """An open round with everything it asks for in the bodies the person reports for; `mine` is their part."""

    round: Round
    tasks: tuple[Task, ...]
    mine: tuple[Task, ...]

    @property
    def left(self) -> tuple[Task, ...]:
        """The person's own things that are not done."""
        return tuple(task for task in self.mine if not task.done)


def ahead(user: User) -> tuple[Ahead, ...]:
    """The open rounds, most urgent first; read once per request. Empty for those who only read."""
    known: tuple[Ahead, ...] | None = getattr(user, _CACHE, None)
    if known is None:
        known = tuple(_ahead(user, cycle.open_rounds()))
        setattr(user, _CACHE, known)
    return known


def _ahead(user: User, rounds: Iterable[Round], *, own: bool = False) -> Iterator[Ahead]:
    """What the rounds ask for.

    Args: own: `tasks` need hold no more than `mine`; for those with roles for the whole municipality, whose own
        things are only those they answer for by name, that reads much less.
    """
    held = access.grants(user)
    if not any(held.anywhere(permission) for permission in REPORTING):
        return
    bodies = held.bodies(Permission.REPORT)
    person = user.key if own and all(grant.whole for grant in held.rows) else ""
    for round_ in rounds:
        tasks = tuple(reporting_tasks(round_, bodies, person))
        yield Ahead(round_, tasks, tuple(task for task in tasks if is_mine(task, held)))


def left_count(user: User, rounds: Iterable[Round], sequence: int) -> int:
    """How many things the person has left in the open ones of these rounds.

    Counted again only when something has changed: when the history's last event is another than `sequence`.
    """
    held = access.grants(user)
    if not any(held.anywhere(permission) for permission in REPORTING):
        return 0
    key = f"left:{user.pk}:{sequence}:{clock.today()}"
    known = cache.get(key)
    if known is None:
        read: tuple[Ahead, ...] | None = getattr(user, _CACHE, None)
        still_open = [each for each in rounds if each.state == RoundState.OPEN.value]
        known = sum(len(each.left) for each in read or _ahead(user, still_open, own=True))
        cache.set(key, known, KEPT_SECONDS)
    return int(known)
