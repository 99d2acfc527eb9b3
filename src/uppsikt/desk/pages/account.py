"""My account: who I am here, what I may do, and the keys I have given to programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.accounts import selectors as accounts
from uppsikt.accounts.selectors import User
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.web.parts import Crumb, Fact, Text


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, where it holds and what it is for."""

    role: str
    where: Text
    description: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key for a program. `revoke` is empty when it has ended."""

    name: str
    text: Text
    revoke: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """My account. `token` is a key that was just made, shown this once."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    roles: tuple[RoleRow, ...]
    keys: tuple[KeyRow, ...]
    token: str
    fault: Text


def account_page(user: User, *, token: str = "", fault: str = "") -> AccountPage:
    """The page of the person who asks."""
    return AccountPage(
        title=user.name,
        lead=user.title,
        crumbs=(Crumb(_("Mitt konto")),),
        facts=(Fact(_("E-postadress"), user.email), Fact(_("Titel"), user.title or "–")),
        roles=tuple(_roles(user)),
        keys=tuple(_keys(user)),
        token=token,
        fault=fault,
    )


def _roles(user: User) -> Iterable[RoleRow]:
    today = clock.today()
    names, units = organisation.body_names(today), organisation.unit_names(today)
    for grant in access.grants(user).rows:
        where = names.get(grant.body, grant.body) or _("Hela kommunen")
        if grant.units:
            below = ", ".join(sorted(units.get(key, key) for key in grant.units))
            where = f"{where}: {below}"
        yield RoleRow(grant.role.label, where, grant.role.description)


def _keys(user: User) -> Iterable[KeyRow]:
    for row in accounts.tokens(user):
        made = format_date(row.created_at.astimezone(clock.STOCKHOLM).date())
        ended = format_date(row.revoked_at.astimezone(clock.STOCKHOLM).date()) if row.revoked_at else ""
        text = _("skapad %(day)s") % {"day": made}
        yield KeyRow(
            name=row.name,
            text=f"{text}, {_('återkallad %(day)s') % {'day': ended}}" if ended else text,
            revoke="" if ended else reverse("desk:token_revoke", args=[row.pk]),
        )
