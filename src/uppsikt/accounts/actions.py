"""Writing accounts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from uppsikt.accounts.models import ApiToken, User
from uppsikt.accounts.rules import token_digest
from uppsikt.history.actions import ERASED, atomic, erase_person, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock


@atomic
def save_user(
    *, key: str, name: str, email: str, title: str = "", is_active: bool = True, by: Actor
) -> tuple[User, bool]:
    """Create or change a person. Returns the person, and whether anything changed."""
    user = User.objects.filter(key=key).first() or User(key=key)
    wanted = {"name": name, "email": email.lower(), "title": title, "is_active": is_active}
    difference = changed(user, wanted)
    if not difference:
        return user, False
    if user.pk is None:
        user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    record(EventKind.USER_SAVED, by=by, subject=f"user:{key}", label=name, data=difference)
    return user, True


@atomic
def set_password(*, user: User, password: str, by: Actor) -> None:
    """Give the person a new password. The history says that it happened, never what it is."""
    user.set_password(password)
    _keep_password(user, by)


@atomic
def set_shared_password(*, users: Sequence[User], password: str, by: Actor) -> None:
    """Give example people one password that everybody knows, hashed once. Never for people who exist."""
    hashed = make_password(password)
    for user in users:
        user.password = hashed
        _keep_password(user, by)


def _keep_password(user: User, by: Actor) -> None:
    user.save(update_fields=["password"])
    record(
        EventKind.USER_SAVED, by=by, subject=f"user:{user.key}", label=user.name, data={"password": ["", "*"]}
    )


@atomic
def create_token(*, user: User, name: str, by: Actor) -> str:
    """A new API key for the person. Returns the key itself, which is not stored and cannot be shown again."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(user=user, name=name, digest=token_digest(token), created_at=clock.now())
    record(EventKind.TOKEN_CREATED, by=by, subject=f"user:{user.key}", label=name)
    return token


@atomic
def revoke_token(*, token: ApiToken, by: Actor) -> None:
    """End an API key at once."""
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(EventKind.TOKEN_REVOKED, by=by, subject=f"user:{token.user.key}", label=token.name)


@atomic
def erase_user(*, user: User, by: Actor) -> int:
    """Erase a person (GDPR art. 17): the account can no longer be used, and name, address and title are gone.

    What they did stays, told of the key alone. Adopted documents are kept as adopted (they are public records).
    Returns: how many events were touched.
    """
    user.name, user.title, user.is_active = ERASED, "", False
    user.email = f"{user.key}@borttagen.invalid"
    user.set_unusable_password()
    user.save()
    user.tokens.filter(revoked_at__isnull=True).update(revoked_at=clock.now())
    return erase_person(actor_key=user.key, by=by)
