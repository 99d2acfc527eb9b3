"""Reading mitigations with their status in a round and what they wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.control.models import Deficiency, Mitigation
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.rules import carried_badges, is_overdue
from uppsikt.followup.selectors import Item, Linked, StatusEntry
from uppsikt.history import selectors as history
from uppsikt.history.superseding import not_removed
from uppsikt.organisation.selectors import Body

OF = ("risk", "recommendation", "deficiency")


@dataclass(frozen=True, slots=True)
class MitigationFacts:
    """A mitigation with its status in a round, where it comes from, and what it waits for and holds up."""

    mitigation: Mitigation
    item: Item
    entry: StatusEntry | None
    step: Step | None
    badges: tuple[str, ...]
    waits_for: tuple[Linked, ...]
    holds_up: tuple[Linked, ...]

    @property
    def of(self) -> str:
        """What it is about: `risk`, `recommendation` or `deficiency`."""
        return next(kind for kind in OF if getattr(self.mitigation, f"{kind}_id") is not None)

    @property
    def done(self) -> bool:
        """Whether it is done by its status in the round."""
        return self.step is not None and self.step.done

    @property
    def blocked(self) -> bool:
        """Whether it cannot be done yet: it is not done, and something it waits for is not."""
        return not self.done and any(not one.done for one in self.waits_for)

    @property
    def blockers(self) -> tuple[Linked, ...]:
        """What it waits for that is not done."""
        return tuple(one for one in self.waits_for if not one.done)

    def overdue(self, today: dt.date) -> bool:
        """Whether its day has passed and it is not done."""
        return is_overdue(self.item.deadline, self.done, today)


def mitigations(
    year: int | None = None, moment: dt.datetime | None = None, *, of: str = ""
) -> QuerySet[Mitigation]:
    """The mitigations of a year (None: of all) that stood at `moment`, in order; `of` one kind of thing or of any."""
    rows = Mitigation.objects.filter(not_removed(moment, "item__")).select_related(*_RELATED)
    if year is not None:
        rows = rows.filter(item__year_id=year)
    return rows.filter(**{f"{of}__isnull": False}) if of else rows


def mitigation_facts(
    year: int,
    bodies: Iterable[str] | None,
    round_: Round | None = None,
    moment: dt.datetime | None = None,
    *,
    of: str = "",
) -> list[MitigationFacts]:
    """The mitigations of some bodies (None: of all) in a year, in order. A constant number of queries.

    Args: of: `risk`, `recommendation` or `deficiency`; empty for all.
    Raises: LookupError when the year has no steering model.
    """
    rows = mitigations(year, moment, of=of)
    if bodies is not None:
        rows = rows.filter(item__body__key__in=list(bodies))
    return facts_of(history.those_begun(rows, subject, moment), round_, moment)


def facts_of(
    found: list[Mitigation], round_: Round | None = None, moment: dt.datetime | None = None
) -> list[MitigationFacts]:
    """The facts of some mitigations, in their order. Queries grow only with the number of years among them."""
    ids = [row.item_id for row in found]
    entries = followup.statuses(round_, ids, moment) if round_ else {}
    waiting, held_up = followup.linked(ids, round_, moment)
    models = {year: cycle.model_for(year, moment) for year in {row.item.year_id for row in found}}
    return [
        MitigationFacts(
            mitigation=row,
            item=row.item,
            entry=entries.get(row.item_id),
            step=_step(models[row.item.year_id], round_, entries.get(row.item_id)),
            badges=tuple(badges(row.item, models[row.item.year_id])),
            waits_for=tuple(waiting[row.item_id]),
            holds_up=tuple(held_up[row.item_id]),
        )
        for row in found
    ]


def badges(item: Item, model: SteeringModel) -> list[str]:
    """Where it comes from, in the steering model's words: those of internal control, else those of assignments."""
    return carried_badges(
        carried_from_year=item.carried_from_year,
        origin_year=item.origin_year,
        carried_text=model.control.carried_text or model.assignments.carried_text,
        origin_text=model.assignments.origin_text,
    )


def by_key(key: str) -> Mitigation | None:
    """The mitigation with this key, removed or not."""
    return Mitigation.objects.select_related(*_RELATED).filter(item__key=key).first()


def deficiency(key: str) -> Deficiency | None:
    """The deficiency that a mitigation is to be about, with its control's item."""
    rows = Deficiency.objects.select_related("occasion__control__item__body")
    return rows.filter(key=key, removed_at__isnull=True).first()


def candidates(item: Item, body: Body) -> list[tuple[Item, str]]:
    """What of a body's year an item can wait for, with what it is called: all but itself. Two queries."""
    rows = followup.items().filter(year_id=item.year_id, body=body).exclude(pk=item.pk)
    found = list(rows)
    titles = followup.titles(found)
    return [(row, titles[row.pk]) for row in found]


def chain(mitigation: Mitigation) -> list[Mitigation]:
    """The mitigation's earlier selves, nearest year first."""
    earlier = [item.pk for item in followup.chain(mitigation.item)]
    rows = {row.item_id: row for row in Mitigation.objects.filter(item__in=earlier).select_related(*_RELATED)}
    return [rows[pk] for pk in earlier if pk in rows]


def last_position(year: int, body: str) -> int:
    """The highest position among a body's mitigations of a year, 0 when it has none."""
    rows = mitigations(year).filter(item__body__key=body).order_by("-item__position")
    return rows.values_list("item__position", flat=True).first() or 0


def keys() -> QuerySet[Item, str]:
    """Every key of a followed-up item in use."""
    return Item.objects.values_list("key", flat=True)


def subject(mitigation: Mitigation) -> str:
    """What the history calls the mitigation."""
    return followup.subject(mitigation.item)


def version_of(mitigation: Mitigation) -> str:
    """What a form started from: the same as long as nobody has changed anything of the mitigation. One query."""
    event = history.about(subject(mitigation)).first()
    return str(event.sequence) if event else ""


def _step(model: SteeringModel, round_: Round | None, entry: StatusEntry | None) -> Step | None:
    if round_ is None or entry is None or not entry.status:
        return None
    return model.status_scale(round_.kind).step(entry.status)


_RELATED = (
    "item__body",
    "item__unit",
    "item__responsible",
    "item__carried_over_from",
    "risk__body",
    "recommendation__review",
    "deficiency__occasion__control__item",
)
