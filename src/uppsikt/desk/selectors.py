"""What is left for one person to do, in all open rounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.kernel import clock
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.planning.rules.reporting import Task, is_mine
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks

REPORTING = (Permission.REPORT, Permission.WRITE, Permission.ASSESS)
KEPT_SECONDS = 600


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


def ahead(user: User, *, own: bool = False) -> tuple[Ahead, ...]:
    """The open rounds, most urgent first. Empty for those who only read.

    Args: own: `tasks` need hold no more than `mine`; for those with roles for the whole municipality, whose own
        things are only those they answer for by name, that reads much less.
    """
    held = access.grants(user)
    if not any(held.anywhere(permission) for permission in REPORTING):
        return ()
    bodies = held.bodies(Permission.REPORT)
    person = user.key if own and all(grant.whole for grant in held.rows) else ""
    found = []
    for round_ in cycle.open_rounds():
        tasks = tuple(reporting_tasks(round_, bodies, person))
        found.append(Ahead(round_, tasks, tuple(task for task in tasks if is_mine(task, held))))
    return tuple(found)


def left_count(user: User) -> int:
    """How many things the person has left. Counted again only when something has changed."""
    held = access.grants(user)
    if not any(held.anywhere(permission) for permission in REPORTING):
        return 0
    key = f"left:{user.pk}:{history.last_sequence()}:{clock.today()}"
    known = cache.get(key)
    if known is None:
        known = sum(len(each.left) for each in ahead(user, own=True))
        cache.set(key, known, KEPT_SECONDS)
    return int(known)
