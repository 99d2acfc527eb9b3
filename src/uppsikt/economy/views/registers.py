"""Registers: what no ledger holds, kept item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundState, short_name
from uppsikt.cycle.selectors import Round
from uppsikt.economy import access
from uppsikt.economy.actions import registers as actions
from uppsikt.economy.actions import writing
from uppsikt.economy.forms.registers import ItemForm, item_initial
from uppsikt.economy.pages import links
from uppsikt.economy.pages.editing import KeepPage, Standing, keep_page
from uppsikt.economy.pages.registers import address, crumbs_of, goal_choices, registers_page, unit_of
from uppsikt.economy.rules.model import Register
from uppsikt.economy.selectors import RegisterItem, editing, registers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.views.editing import NAV, Editing, run, sent
from uppsikt.history.rules import Actor
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning.pages.editing import Conflict
from uppsikt.web import notices
from uppsikt.web.parts import Action


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The chosen body's registers in the chosen round."""
    chosen = access.chosen(request)
    page = registers_page(chosen, may_budget=access.may(request, Permission.BUDGET, chosen.body))
    return render(request, "economy/registers.html", {"page": page, **NAV})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the form of an item needs: which register, whose, in which round, and the unit it is written in."""

    register: Register
    body: Body
    round: Round
    unit: str

    def item(self, key: str, *, removed: bool = False) -> RegisterItem:
        """One item of the round's year. Raises: Http404 when there is none such."""
        found = editing.item(self.register.key, self.body, key, removed=removed)
        if found is None or found.year != self.round.year_id:
            raise Http404
        return found

    def initial(self, item: RegisterItem | None) -> dict[str, Any]:
        """What the form starts with."""
        told = registers.amounts(self.round, self.body) if item else {}
        own = {
            one: row
            for (register, key, one), row in told.items()
            if item and (register, key) == (self.register.key, item.key)
        }
        return item_initial(item, own, self.register, self.unit)


def _shelf(request: HttpRequest, register: str, body: str, round_key: str) -> Shelf:
    """Raises: as `organisation.access.body`; Http404 for a round or a register that there is not."""
    found = organisation.body(request.user, body, Permission.BUDGET)
    round_ = cycle.round_by_key(round_key)
    if round_ is None:
        raise Http404
    try:
        model = economy_models.model_for(round_.year_id)
    except LookupError as missing:
        raise Http404 from missing
    held = model.register(register)
    if held is None:
        raise Http404
    return Shelf(held, found, round_, unit_of(model, register))


def _closed(request: HttpRequest, shelf: Shelf) -> bool:
    """Whether nothing may be changed in the round; then the person is told so."""
    if shelf.round.state == RoundState.OPEN.value:
        return False
    notices.failed(request, _("Tillfället är inte öppet, så registren kan inte ändras."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, register: str, body: str, round: str, key: str = "") -> HttpResponse:  # noqa: A002 - the address's own word
    """One item with what is told of it in the round; a new one without a key."""
    shelf = _shelf(request, register, body, round)
    if _closed(request, shelf):
        return redirect(address(shelf.body, shelf.round, register))
    row = shelf.item(key) if key else None
    form = ItemForm(
        sent(request), register=shelf.register, goals=goal_choices(shelf.body, shelf.round.year_id), unit=shelf.unit,
        initial=shelf.initial(row),
    )  # fmt: skip
    return run(request, ItemEditing(shelf, row, form))


@dataclass(frozen=True)
class ItemEditing(Editing):
    """An item's form."""

    shelf: Shelf
    row: RegisterItem | None
    form: ItemForm
    said = _lazy("Posten är sparad.")

    @property
    def back(self) -> str:
        """The register on the page of the body and round."""
        return address(self.shelf.body, self.shelf.round, self.shelf.register.key)

    def save(self, by: Actor) -> str:
        writing.write_item(
            register=self.shelf.register.key, item=self.row, body=self.shelf.body, round_=self.shelf.round,
            values=self.form.values(), told=self.form.told(), version=self.form.cleaned_data["version"], by=by,
        )  # fmt: skip
        return self.back

    def standing(self) -> Standing:
        values = self.shelf.initial(self.shelf.item(self.row.key) if self.row else None)
        return Standing(values["version"], values)

    def page(self, conflict: Conflict | None) -> KeepPage:
        shelf, row = self.shelf, self.row
        return keep_page(
            tab="economy:registers", title=row.name if row else _("Lägg till post"),
            lead=_("Belopp för %(round)s.") % {"round": short_name(shelf.round.kind, shelf.round.cutoff)},
            crumbs=crumbs_of(shelf.body, shelf.round, shelf.register), form=self.form, back=self.back,
            conflict=conflict, others=_others(shelf, row.key) if row else (),
        )  # fmt: skip


def _others(shelf: Shelf, key: str) -> tuple[Action, ...]:
    place = (shelf.register.key, shelf.body.key, shelf.round.key, key)
    move, remove = (
        links.address("economy:register_item_move", *place),
        links.address("economy:register_item_remove", *place),
    )
    return (
        Action(_("Flytta upp"), move, post=True, icon="arrow-up", hidden=(("way", "up"),)),
        Action(_("Flytta ned"), move, post=True, icon="arrow-down", hidden=(("way", "down"),)),
        Action(_("Ta bort posten"), remove, post=True, icon="trash-2", danger=True),
    )


@require_POST
def move(request: HttpRequest, register: str, body: str, round: str, key: str) -> HttpResponse:  # noqa: A002
    """Move an item one step within its group."""
    shelf = _shelf(request, register, body, round)
    row, up = shelf.item(key), request.POST.get("way") == "up"
    if not _closed(request, shelf):
        writing.move_item(item=row, up=up, by=organisation.actor(request.user))
    return redirect(address(shelf.body, shelf.round, register))


@require_POST
def remove(request: HttpRequest, register: str, body: str, round: str, key: str) -> HttpResponse:  # noqa: A002
    """Take an item out of its register; the notice offers to put it back."""
    shelf = _shelf(request, register, body, round)
    row = shelf.item(key)
    if not _closed(request, shelf):
        actions.remove_item(item=row, by=organisation.actor(request.user))
        undo = links.address("economy:register_item_restore", register, body, round, key)
        notices.done(request, _("%(name)s är borttagen ur registret.") % {"name": row.name}, undo=undo)
    return redirect(address(shelf.body, shelf.round, register))


@require_POST
def restore(request: HttpRequest, register: str, body: str, round: str, key: str) -> HttpResponse:  # noqa: A002
    """Put a removed item back."""
    shelf = _shelf(request, register, body, round)
    row = shelf.item(key, removed=True)
    if not _closed(request, shelf):
        actions.save_item(
            register=row.register, key=row.key, body=row.body, year=row.year, name=row.name, group=row.group,
            position=row.position, goal=row.goal, project=row.project, by=organisation.actor(request.user),
        )  # fmt: skip
        notices.done(request, _("%(name)s är tillbaka i registret.") % {"name": row.name})
    return redirect(address(shelf.body, shelf.round, register))
