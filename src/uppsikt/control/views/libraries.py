"""Libraries of risks and controls."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions.libraries import take as take_from
from uppsikt.control.forms.libraries import LibraryFileForm, TakeForm
from uppsikt.control.pages import links
from uppsikt.control.pages.libraries import libraries_page, library_page
from uppsikt.control.rules.library import Library, read, written
from uppsikt.control.selectors import libraries as selectors
from uppsikt.control.views.editing import RISKS
from uppsikt.cycle.context import context
from uppsikt.kernel.problems import InputError, Problem
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_safe
def libraries(request: HttpRequest) -> HttpResponse:
    """The libraries that come with the system, and a place for others'."""
    organisation.require_anywhere(request.user, Permission.READ)
    may_take = organisation.grants(request.user).anywhere(Permission.CONTROL)
    return _libraries(request, LibraryFileForm() if may_take else None)


@require_safe
def library(request: HttpRequest, name: str) -> HttpResponse:
    """A library that comes with the system, to take from."""
    organisation.require_anywhere(request.user, Permission.CONTROL)
    found = selectors.shipped().get(name)
    if found is None:
        raise Http404
    return _shown(request, found, _form(request, found))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A library's file, shown before anything of it is taken."""
    organisation.require_anywhere(request.user, Permission.CONTROL)
    form = LibraryFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _libraries(request, form, status=422)
    file = form.cleaned_data["file"]
    found, problems = read(file.read(), file.name)
    if found is None:
        return _libraries(request, form, problems, status=422)
    return _shown(request, found, _form(request, found))


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take what was chosen of a library that was shown."""
    organisation.require_anywhere(request.user, Permission.CONTROL)
    found, problems = read(request.POST.get("document", "").encode())
    if found is None:
        return _libraries(request, LibraryFileForm(), problems, status=422)
    form = _form(request, found, sent=True)
    year = context(request).year
    if form.is_valid() and _taken(request, found, form, year):
        return redirect(request, links.risks(body=form.chosen_body.key))
    return _shown(request, found, form, status=422)


@require_safe
def export(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """A body's risks and controls of a year as a library."""
    found = access.body_of_year(request.user, body, year, Permission.READ)
    name = _("Risker och kontroller %(year)s") % {"year": year}
    text = written(selectors.library_of(found, year, name))
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bibliotek-{body}-{year}.yaml"'},
    )


def _libraries(
    request: HttpRequest,
    form: LibraryFileForm | None,
    problems: list[Problem] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = libraries_page(context(request), selectors.shipped(), form, problems or [])
    return render(request, "control/libraries.html", {"page": page, **RISKS}, status=status)


def _shown(request: HttpRequest, found: Library, form: TakeForm, *, status: int = 200) -> HttpResponse:
    page = library_page(found, form, context(request).year)
    return render(request, "control/library.html", {"page": page, **RISKS}, status=status)


def _form(request: HttpRequest, found: Library, *, sent: bool = False) -> TakeForm:
    """What to take: everything that the body does not have already, to begin with."""
    bodies, chosen = access.bodies_for(request.user, Permission.CONTROL), context(request)
    body = request.POST.get("body", "") if sent else chosen.body.key if chosen.body else ""
    held = selectors.titles(body, chosen.year)
    initial = {
        "document": written(found),
        "body": body,
        "risks": [row.key for row in found.risks if row.title.casefold() not in held],
        "controls": [row.key for row in found.controls if row.name.casefold() not in held],
    }
    data = request.POST if sent else None
    return TakeForm(data, library=found, bodies=bodies, held=held, initial=initial)


def _taken(request: HttpRequest, found: Library, form: TakeForm, year: int) -> bool:
    """Take, or show in the form why it was refused."""
    by = organisation.actor(request.user)
    risk_keys, control_keys = form.chosen("risks"), form.chosen("controls")
    try:
        taken = take_from(
            library=found,
            body=form.chosen_body,
            year=year,
            risk_keys=risk_keys,
            control_keys=control_keys,
            by=by,
        )
    except InputError as error:
        form.add_problems(error)
        return False
    words = {"risks": taken.risks, "controls": taken.controls, "library": found.name}
    notices.done(request, _("Hämtat ur ”%(library)s”: %(risks)s risker, %(controls)s kontroller.") % words)
    return True
