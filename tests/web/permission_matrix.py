"""Every address of the installation, and what it takes to pass. Tested for every role, printed in docs/permissions.md.

A new address fails `test_permissions.py` until it has its row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from uppsikt.organisation.rules import GRANTS, Permission, Role


class Scope(Enum):
    """Where the permission must be held."""

    PUBLIC = "alla, även utan att logga in"
    SIGNED_IN = "alla som är inloggade"
    ANYWHERE = "någonstans"
    BODY = "i organet"
    WHOLE = "för hela kommunen"


@dataclass(frozen=True, slots=True)
class Door:
    """What it takes to pass one address.

    Args:
        arguments: the address's own arguments, or a function that makes the rows they name and returns them.
        data: what a POST sends; None means GET.
    """

    scope: Scope
    permission: Permission | None = None
    arguments: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        asks = self.scope in {Scope.ANYWHERE, Scope.BODY, Scope.WHOLE}
        if asks != (self.permission is not None):
            raise ValueError("a permission goes with a scope, and a scope with a permission")

    def lets_in(self, role: Role) -> bool:
        """Whether the role passes, when it is held where the door asks for it."""
        return self.permission is None or self.permission in GRANTS[role]


def _stored_picture() -> Mapping[str, Any]:
    """Its address is known only to those who may read a text that holds it."""
    from uppsikt.files.actions import store_file  # the matrix is also read without a database
    from uppsikt.history.rules import SYSTEM

    content = b"\x89PNG\r\n\x1a\n" + bytes(20)
    return {"digest": store_file(content=content, name="bild.png", by=SYSTEM).digest}


MATRIX: dict[str, Door] = {
    "accounts:sign_in": Door(Scope.PUBLIC),
    "accounts:sign_out": Door(Scope.SIGNED_IN, data={}),
    "web:theme": Door(Scope.PUBLIC, data={"theme": "dark"}),
    "web:theme_css": Door(Scope.PUBLIC),
    "web:styleguide": Door(Scope.PUBLIC),
    "files:picture": Door(Scope.SIGNED_IN, arguments=_stored_picture),
    "cycle:switch": Door(Scope.SIGNED_IN),
}


def addresses() -> Iterator[tuple[str, str]]:
    """The name and the pattern of every address, with its namespace."""
    yield from _walk(get_resolver().url_patterns, "", "/")


def _walk(patterns: list[Any], namespace: str, before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", route
