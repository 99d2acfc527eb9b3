"""Reading accounts."""

from __future__ import annotations

from django.db.models import F, QuerySet

from uppsikt.accounts.models import ApiToken, User
from uppsikt.accounts.rules import token_digest

__all__ = ["ApiToken", "User", "by_email", "by_key", "by_token", "tokens", "users"]


def users() -> QuerySet[User]:
    """Everyone, by name."""
    return User.objects.all()


def by_key(key: str) -> User | None:
    """The person with this key."""
    return User.objects.filter(key=key).first()


def by_email(email: str) -> User | None:
    """The person with this address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip()).first()


def by_token(token: str) -> User | None:
    """The active person whose living API key this is."""
    found = (
        ApiToken.objects.filter(digest=token_digest(token), revoked_at__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return found.user if found else None


def tokens(user: User) -> QuerySet[ApiToken]:
    """The person's API keys, living ones first, latest first."""
    return user.tokens.order_by(F("revoked_at").asc(nulls_first=True), "-created_at")
