"""Group-wide controls: the list, one of them side by side, and the forms over it."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions import control_writing as writing
from uppsikt.control.actions import controls as actions
from uppsikt.control.actions.writing import Changed
from uppsikt.control.forms import controls as forms
from uppsikt.control.forms.results import GroupResultForm, group_result_initial, parts_initial
from uppsikt.control.pages import control_forms as pages
from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.group import GroupRights, group_page, recommended_text
from uppsikt.control.pages.groups import groups_page
from uppsikt.control.selectors import GroupControl
from uppsikt.control.selectors import control_rows as rows
from uppsikt.control.selectors.groups import GroupTable, group_table
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation import selectors as bodies
from uppsikt.organisation.rules import BodyKind, Permission
from uppsikt.organisation.selectors import Body
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])
MAKERS = {BodyKind.COMMITTEE.value, BodyKind.EXECUTIVE_BOARD.value, BodyKind.JOINT_AUTHORITY.value}


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The year's group-wide controls."""
    organisation.require_anywhere(request.user, Permission.READ)
    may_set = organisation.grants(request.user).allows(Permission.CONTROL)
    return render(
        request, "control/groups.html", {"page": groups_page(context(request), may_set=may_set), **RISKS}
    )


@require_safe
def group(request: HttpRequest, key: str) -> HttpResponse:
    """One group-wide control for a period (?period=), beside another (?against=)."""
    found = access.group_control(request.user, key)
    held = organisation.grants(request.user)
    rights = GroupRights(
        control=held.allows(Permission.CONTROL),
        history=held.allows(Permission.READ_HISTORY, body=found.body.key),
        bodies=organisation.readable_bodies(request.user),
    )
    page = group_page(found, request.GET.get("period", ""), request.GET.get("against", ""), rights)
    return render(request, "control/group.html", {"page": page, **RISKS})


@reading_and_writing
def new(request: HttpRequest) -> HttpResponse:
    """A new group-wide control in the chosen year."""
    organisation.require(request.user, Permission.CONTROL)
    chosen, body = context(request), access.duty_body()
    form = forms.GroupForm(sent(request), initial={"rows_of": "body"})

    def save(by: Actor) -> str:
        added = writing.add_group_control(year=chosen.year, body=body, values=form.values(), by=by)
        return words.group_href(added.key)

    return run(request, Editing(form, save, pages.group_new_page(form, chosen), _("Kontrollen är upplagd.")))


@reading_and_writing
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is told of a group-wide control."""
    found = access.group_control(request.user, key, Permission.CONTROL)
    form = forms.GroupForm(sent(request), initial=forms.group_initial(found))

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_group_control(group=found, version=version, values=form.values(), by=by)
        return words.group_href(key)

    page = pages.group_change_page(found, form)
    said, version = _("Kontrollen är ändrad."), partial(rows.version_of, found)
    return run(request, Editing(form, save, page, said, version))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a group-wide control out; the notice offers to put it back."""
    found = access.group_control(request.user, key, Permission.CONTROL)
    actions.remove_group_control(group=found, by=organisation.actor(request.user))
    undo = reverse("control:group_restore", args=[key])
    notices.done(request, _("%(name)s är borttagen.") % {"name": found.name}, undo=undo)
    return redirect(request, words.groups_href())


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed group-wide control back."""
    found = access.group_control(request.user, key, Permission.CONTROL, removed=True)
    actions.restore_group_control(group=found, by=organisation.actor(request.user))
    notices.done(request, _("%(name)s är tillbaka.") % {"name": found.name})
    return redirect(request, words.group_href(key))


@reading_and_writing
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Give a group-wide control to the committees that are to make it."""
    found = access.group_control(request.user, key, Permission.CONTROL)
    offered = _makers()
    form = forms.GiveForm(
        sent(request), bodies=offered, initial={"bodies": [row.key for row, _name in offered]}
    )

    def save(by: Actor) -> str:
        writing.give(group=found, bodies=form.chosen(), by=by)
        return words.group_href(key)

    return run(request, Editing(form, save, pages.give_page(found, form), _("Kontrollen är utlagd.")))


def _makers() -> list[tuple[Body, str]]:
    """The bodies of today that make controls."""
    today = clock.today()
    names = {row.key: row.name for row in bodies.bodies_on(today) if row.kind in MAKERS}
    return [(row, names[row.key]) for row in bodies.bodies() if row.key in names]


@reading_and_writing
def report(request: HttpRequest, key: str) -> HttpResponse:
    """What is said of the whole for a period (?period=)."""
    found = access.group_control(request.user, key, Permission.CONTROL)
    table = group_table(found, request.GET.get("period", ""))
    form, clash = _form(request, found, table), False
    if request.method == "POST" and form.is_valid():
        try:
            _save(found, table, form, context(request).round, organisation.actor(request.user))
        except Changed:
            clash = True
            form.rebase(rows.version_of(found))
        except InputError as error:
            form.add_problems(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            notices.done(request, _("Det samlade resultatet är rapporterat."))
            return redirect(request, words.group_href(key, table.period))
    given, advice = pages.given_by_rows(table), recommended_text(table)
    page = pages.group_report_page(found, table, form, given, advice, clash=clash)
    status = 409 if clash else 422 if form.is_bound else 200
    return render(request, "control/group_report.html", {"page": page, **RISKS}, status=status)


def _form(request: HttpRequest, group: GroupControl, table: GroupTable) -> GroupResultForm:
    stated = {key: total.stated for key, total in table.totals.items() if total.stated is not None}
    initial = parts_initial(table.measures, stated) | group_result_initial(table.result)
    initial["version"] = rows.version_of(group)
    scale = cycle.model_for(group.year_id).control_results
    return GroupResultForm(
        sent(request), measures=table.measures, scale=scale, started=stated, initial=initial
    )


def _save(
    group: GroupControl, table: GroupTable, form: GroupResultForm, chosen: Round | None, by: Actor
) -> None:
    is_open = chosen is not None and chosen.year_id == group.year_id and chosen.state == RoundState.OPEN.value
    writing.report_whole(
        group=group,
        version=form.cleaned_data["version"],
        period=table.period,
        round_=chosen if is_open else table.result.round if table.result else None,
        values=form.values(),
        parts=form.parts(),
        by=by,
    )
