"""Occasions of controls: the result of each, and the occasion itself; measures of controls."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.control import access
from uppsikt.control.access import proofs
from uppsikt.control.actions import control_writing as writing
from uppsikt.control.actions import controls as actions
from uppsikt.control.actions.writing import Changed
from uppsikt.control.forms import controls as forms
from uppsikt.control.forms.results import ResultForm, parts_initial, result_initial
from uppsikt.control.pages import control_forms as pages
from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.occasion import (
    OccasionRights,
    Standing,
    occasion_page,
    proposal_of,
    standing,
)
from uppsikt.control.selectors import Control, GroupControl
from uppsikt.control.selectors import control_rows as rows
from uppsikt.control.selectors.samples import proposed_parts
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect, wants_partial

SAVED, CLASH = "saved", "clash"
reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])


@reading_and_writing
def occasion(request: HttpRequest, pk: int) -> HttpResponse:
    """What an occasion found: to read, and for those who may, to report. `act=preview` proposes without saving."""
    posted = request.method == "POST"
    found = access.occasion(request.user, pk, Permission.REPORT if posted else Permission.READ)
    item = found.control.item
    rights = OccasionRights(
        control=access.allows_item(request.user, Permission.CONTROL, item),
        report=access.allows_item(request.user, Permission.REPORT, item),
        prove=proofs.may_prove(request.user, found),
        see=proofs.may_see(request.user, found),
    )
    held = standing(found, context(request).round)
    form = _form(request, held) if rights.report else None
    if posted and form is not None:
        return _posted(request, held, rights, form)
    verdict = held.found.verdict
    page = occasion_page(held, rights, clock.today(), form=form, verdict=verdict)
    return render(request, "control/occasion.html", {"page": page, **RISKS})


def _form(request: HttpRequest, held: Standing) -> ResultForm:
    parts = held.found.parts or proposed_parts(held.occasion)
    initial = parts_initial(held.measures, parts) | result_initial(held.found.result, held.found.verdict)
    initial.setdefault("performed_by", held.control.performer)
    initial["version"] = rows.version_of(held.control.control)
    return ResultForm(sent(request), measures=held.measures, scale=held.scale, started=parts, initial=initial)


def _posted(request: HttpRequest, held: Standing, rights: OccasionRights, form: ResultForm) -> HttpResponse:
    """Show what the figures give, or save them: 302, 409 (somebody was first) or 422."""
    preview = request.POST.get("act") == "preview"
    if preview and wants_partial(request):
        proposal = proposal_of(held.measures, form.proposal(), held.scale)
        return render(request, "control/_proposal.html", {"proposal": proposal})
    came = "" if preview or not form.is_valid() else _save(held, form, organisation.actor(request.user))
    if came == SAVED:
        notices.done(request, _("Resultatet är rapporterat."))
        return redirect(request, words.control_href(held.control.item.key))
    verdict = form.proposal()
    page = occasion_page(held, rights, clock.today(), form=form, verdict=verdict, clash=came == CLASH)
    status = 409 if came == CLASH else 200 if preview else 422
    return render(request, "control/occasion.html", {"page": page, **RISKS}, status=status)


def _save(held: Standing, form: ResultForm, by: Actor) -> str:
    """Save what was written. Returns what came of it: saved, a clash, or empty when the form says what is wrong."""
    try:
        writing.report(
            occasion=held.occasion,
            version=form.cleaned_data["version"],
            round_=held.round,
            values=form.values(),
            parts=form.parts(),
            by=by,
        )
    except Changed:
        form.rebase(rows.version_of(held.control.control))
        return CLASH
    except InputError as error:
        form.add_problems(error)
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        return SAVED
    return ""


@reading_and_writing
def new(request: HttpRequest, key: str) -> HttpResponse:
    """One more time that a control is made."""
    found = access.control(request.user, key, Permission.CONTROL)
    form = forms.OccasionForm(sent(request), initial={"version": rows.version_of(found)})

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.set_occasion(control=found, version=version, values=form.values(), by=by)
        return words.control_href(key)

    page = pages.control_page(found, form, _("Lägg till tillfälle"))
    said, version = _("Tillfället är upplagt."), partial(rows.version_of, found)
    return run(request, Editing(form, save, page, said, version))


@reading_and_writing
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What an occasion is called and when it should be done."""
    found = access.occasion(request.user, pk, Permission.CONTROL)
    form = forms.OccasionForm(sent(request), fixed=True, initial=forms.occasion_initial(found))

    def save(by: Actor) -> str:
        kept = {"period": found.period, "position": found.position, "retest_of": found.retest_of}
        version = form.cleaned_data["version"]
        writing.set_occasion(control=found.control, version=version, values=kept | form.values(), by=by)
        return words.occasion_href(pk)

    page = pages.occasion_page(found, form)
    said, version = _("Tillfället är ändrat."), partial(rows.version_of, found.control)
    return run(request, Editing(form, save, page, said, version))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an occasion out; the notice offers to put it back."""
    found = access.occasion(request.user, pk, Permission.CONTROL)
    actions.remove_occasion(occasion=found, by=organisation.actor(request.user))
    undo = reverse("control:occasion_restore", args=[pk])
    notices.done(request, _("Tillfället är borttaget."), undo=undo)
    return redirect(request, words.control_href(found.control.item.key))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a removed occasion back."""
    found = access.occasion(request.user, pk, Permission.CONTROL, removed=True)
    actions.restore_occasion(occasion=found, by=organisation.actor(request.user))
    notices.done(request, _("Tillfället är tillbaka."))
    return redirect(request, words.control_href(found.control.item.key))


@reading_and_writing
def measure(request: HttpRequest, kind: str, key: str, name: str = "") -> HttpResponse:
    """A figure that a control's result is made of, with its limits. `kind`: control or group."""
    owner, held = access.measure(request.user, kind, key, name)
    form = forms.MeasureForm(sent(request), initial=forms.measure_initial(owner, held))

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.set_measure(owner=owner, version=version, key=name, values=form.values(), by=by)
        return _home(owner)

    page = pages.measure_page(owner, form, name)
    said, version = _("Måttet är sparat."), partial(rows.version_of, owner)
    return run(request, Editing(form, save, page, said, version))


@require_POST
def measure_remove(request: HttpRequest, kind: str, key: str, name: str) -> HttpResponse:
    """Take a measure out. What has been reported of it is kept."""
    owner, held = access.measure(request.user, kind, key, name)
    if held is not None:
        actions.remove_measure(measure=held, by=organisation.actor(request.user))
    notices.done(request, _("Måttet är borttaget. Det som rapporterats finns kvar i historiken."))
    return redirect(request, _home(owner))


def _home(owner: Control | GroupControl) -> str:
    if isinstance(owner, GroupControl):
        return words.group_href(owner.key)
    return words.control_href(owner.item.key)
