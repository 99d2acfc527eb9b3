"""Writing registers."""

from __future__ import annotations

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import RegisterAmount, RegisterItem
from uppsikt.economy.selectors import models as economy_models
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, withdraw
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body


@atomic
def save_item(
    *,
    register: str,
    key: str,
    body: Body,
    year: int,
    name: str,
    group: str = "",
    position: int = 0,
    goal: str = "",
    project: str = "",
    by: Actor,
) -> tuple[RegisterItem, bool]:
    """Create or change an item of a register. Raises: InputError for a register the year's model has not."""
    if economy_models.model_for(year).register(register) is None:
        raise refuse(
            "register",
            f"Årets ekonomimodell har inget register ”{register}”.",
            field="register",
            remedy="Lägg till det i modellen, eller välj ett annat.",
        )
    row = RegisterItem.objects.filter(register=register, key=key).first() or RegisterItem(
        register=register, key=key
    )
    difference = changed(
        row,
        {
            "body": body, "year": year, "name": name.strip(), "group": group.strip(), "position": position,
            "goal": goal, "project": project, "removed_at": None,
        },
    )  # fmt: skip
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(
        EventKind.REGISTER_SAVED,
        by=by,
        subject=f"register:{register}-{key}",
        label=row.name,
        body_key=body.key,
        data=difference,
    )
    return row, True


@atomic
def remove_item(*, item: RegisterItem, by: Actor) -> None:
    """Take an item out of its register. It stays in the history."""
    item.removed_at = clock.now()
    item.save(update_fields=["removed_at"])
    record(
        EventKind.REGISTER_REMOVED,
        by=by,
        subject=f"register:{item.register}-{item.key}",
        label=item.name,
        body_key=item.body.key,
    )


@atomic
def set_amount(
    *,
    item: RegisterItem,
    round_: Round,
    measure: str,
    amount: int,
    source: str,
    by: Actor,
    importing: bool = False,
) -> tuple[RegisterAmount, bool]:
    """Write down an amount (öre) or a count of an item in a round, with the source it comes from.

    Raises: InputError when the round is closed, the register has no such measure, or no source is told.
    """
    require_open(round_, importing=importing)
    register = economy_models.model_for(item.year).register(item.register)
    if register is None or measure not in {one.key for one in register.measures}:
        raise refuse(
            "measure",
            f"Registret har inget mått ”{measure}”.",
            field="measure",
            remedy="Välj ett av registrets mått.",
        )
    source = source.strip()
    if not source:
        raise refuse(
            "source",
            "Skriv varifrån beloppet kommer.",
            field="source",
            remedy="Till exempel beslutet, systemet eller den handling där det står.",
        )
    rows = RegisterAmount.objects.all().current()
    standing = rows.filter(item=item, round=round_, measure=measure).first()
    if standing is not None and (standing.amount, standing.source) == (amount, source):
        return standing, False
    row = RegisterAmount(item=item, round=round_, measure=measure, amount=amount, source=source)
    stored = supersede(standing, row, by=by)
    record(
        EventKind.REGISTER_AMOUNT_SET,
        by=by,
        subject=f"register:{item.register}-{item.key}",
        label=item.name,
        body_key=item.body.key,
        data={
            "round": round_.key,
            "measure": measure,
            "amount": [standing.amount if standing else None, amount],
            "source": [standing.source if standing else "", source],
        },
    )
    return stored, True


@atomic
def clear_amount(*, item: RegisterItem, round_: Round, measure: str, by: Actor) -> None:
    """Take away what is written of an item in a round. Raises: InputError when the round is closed."""
    require_open(round_)
    rows = RegisterAmount.objects.all().current()
    standing = rows.filter(item=item, round=round_, measure=measure).first()
    if standing is None:
        return
    withdraw(standing)
    record(
        EventKind.REGISTER_AMOUNT_SET,
        by=by,
        subject=f"register:{item.register}-{item.key}",
        label=item.name,
        body_key=item.body.key,
        data={
            "round": round_.key,
            "measure": measure,
            "amount": [standing.amount, None],
            "source": [standing.source, ""],
        },
    )
