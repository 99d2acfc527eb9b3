"""Who, as rows."""

from __future__ import annotations

from uppsikt.accounts import selectors as accounts
from uppsikt.exchange.rules.rows import Values
from uppsikt.files import selectors as files
from uppsikt.organisation import selectors as organisation


def tables() -> dict[str, list[Values]]:
    """The tables of the organisation."""
    return {
        "municipality": _municipality(),
        "bodies": [
            {
                "key": row.body.key,
                "kind": row.body.kind,
                "name": row.name,
                "short": row.short,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            }
            for row in organisation.BodyName.objects.select_related("body").order_by(
                "body__position", "body__key", "valid_from"
            )
        ],
        "successions": [
            {
                "predecessor": row.predecessor.key,
                "successor": row.successor.key,
                "date": row.date,
                "kind": row.kind,
            }
            for row in organisation.Succession.objects.select_related("predecessor", "successor").order_by(
                "date", "predecessor__key", "successor__key"
            )
        ],
        "units": [
            {
                "key": row.unit.key,
                "name": row.name,
                "body": row.body.key,
                "parent": row.parent.key if row.parent else "",
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            }
            for row in organisation.Placement.objects.select_related("unit", "body", "parent").order_by(
                "unit__key", "valid_from"
            )
        ],
        "people": [
            {"key": row.key, "name": row.name, "email": row.email, "title": row.title}
            for row in accounts.users().order_by("key")
        ],
        "roles": [
            {
                "person": row.user.key,
                "role": row.role,
                "body": row.body.key if row.body else "",
                "unit": row.unit.key if row.unit else "",
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            }
            for row in organisation.RoleAssignment.objects.select_related("user", "body", "unit").order_by(
                "user__key", "role", "body__key", "unit__key", "valid_from", "pk"
            )
        ],
    }


def _municipality() -> list[Values]:
    row = organisation.municipality()
    if row is None:
        return []
    return [{"key": row.key, "name": row.name, "accent": row.accent, "logo": logo_name(row.logo)}]


def logo_name(digest: str) -> str:
    """What the municipality's logotype is called in a dataset. Empty when there is none."""
    stored = files.by_digest(digest) if digest else None
    return "logo" + (".png" if stored.media_type == "image/png" else ".jpg") if stored else ""


def logo() -> tuple[str, bytes] | None:
    """The municipality's logotype: its name in a dataset, and its content."""
    row = organisation.municipality()
    stored = files.by_digest(row.logo) if row and row.logo else None
    return (logo_name(stored.digest), files.content(stored)) if stored else None
