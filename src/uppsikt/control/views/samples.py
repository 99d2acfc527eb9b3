"""Samples: drawn from a list, judged row by row, put into the result, fetched, taken out and put back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control.access import proofs as access
from uppsikt.control.actions import samples as actions
from uppsikt.control.actions.writing import Changed
from uppsikt.control.forms.samples import DrawForm, JudgeForm
from uppsikt.control.pages import sample_sheet
from uppsikt.control.pages.control_words import occasion_href
from uppsikt.control.pages.sample import Sent, draw_page, sample_page, told_page
from uppsikt.control.selectors import SampleDraw, SampleItem
from uppsikt.control.selectors import samples as selectors
from uppsikt.control.views.editing import RISKS, Editing, run
from uppsikt.files.rules import name_for
from uppsikt.files.views import serve
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.web import notices
from uppsikt.web.htmx import redirect, wants_partial

UNKEPT = "private, no-store"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a sample for an occasion."""
    occasion = access.reported(request.user, pk)
    posted = request.method == "POST"
    measures = selectors.countable(occasion.control)
    form = DrawForm(request.POST if posted else None, request.FILES if posted else None, measures=measures)

    def save(by: Actor) -> str:
        body = occasion.control.item.body
        drawn = actions.draw_sample(occasion=occasion, body=body, by=by, **form.values())
        return _address(drawn)

    return run(request, Editing(form, save, draw_page(occasion, form), _("Stickprovet är draget.")))


@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A sample with its rows, to be judged one by one."""
    found = access.sample(request.user, pk, removed=True)
    page = sample_page(found, request.GET, editable=access.may_judge(request.user, found))
    return render(request, "control/sample.html", {"page": page, **RISKS})


@require_POST
def judge(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Save what a drawn row was found to be: 409 when somebody else was first, 422 when it contradicts itself."""
    item = access.sample_item(request.user, pk, row)
    form = JudgeForm(request.POST)
    sent, status = _judged(item, form, organisation.actor(request.user))
    if wants_partial(request):
        page = told_page(item.draw, row, sent)
        return render(request, "control/_sample_told.html", {"page": page}, status=status)
    if sent is None:
        return redirect(request, f"{_address(item.draw)}?{request.GET.urlencode()}#rad-{row}")
    whole = sample_page(item.draw, request.GET, editable=True, sent=sent)
    return render(request, "control/sample.html", {"page": whole, **RISKS}, status=status)


def _judged(item: SampleItem, form: JudgeForm, by: Actor) -> tuple[Sent | None, int]:
    """Save the row, or tell what kept it from being saved and the status of the answer."""
    clash = False
    if form.is_valid():
        try:
            actions.judge_sent(item=item, version=form.cleaned_data["version"], by=by, **form.values())
        except Changed:
            clash = True
        except InputError as error:
            form.add_problems(error)
        else:
            return None, 200
    told = [str(message) for messages in form.errors.values() for message in messages]
    verdict, comment = form.data.get("verdict", ""), form.data.get("comment", "")
    sent = Sent(item.row, str(verdict), form.kinds(), str(comment), told, clash)
    return sent, 409 if clash else 422


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the counts of the occasion's finished draws into its result."""
    found = access.sample(request.user, pk, write=True)
    occasion = access.reported(request.user, found.occasion_id or 0)
    try:
        _result, changed = actions.fill_result(occasion=occasion, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, " ".join(f"{one.message} {one.remedy}" for one in error.problems))
        return redirect(request, occasion_href(occasion.pk))
    said = _("Antalen är införda i resultatet.") if changed else _("Antalen stod där redan.")
    notices.done(request, said)
    return redirect(request, occasion_href(occasion.pk))


@require_safe
def list_(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list that the sample was drawn from, as it was sent in."""
    found = access.sample(request.user, pk, removed=True)
    response = serve(found.file, download=True, name=name_for(found.file.media_type, found.file_name))
    response["Cache-Control"] = UNKEPT
    return response


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample with what was found, as a workbook."""
    found = access.sample(request.user, pk, removed=True)
    return _handed(sample_sheet.workbook(found), XLSX, sample_sheet.file_name(found, "xlsx"))


@require_safe
def csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample with what was found, as CSV."""
    found = access.sample(request.user, pk, removed=True)
    text = sample_sheet.csv_text(found).encode()
    return _handed(text, "text/csv; charset=utf-8", sample_sheet.file_name(found, "csv"))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sample out; the notice offers to put it back."""
    found = access.sample(request.user, pk, write=True)
    actions.remove_sample(draw=found, by=organisation.actor(request.user))
    undo = reverse("control:sample_restore", args=[pk])
    notices.done(request, _("Stickprovet är borttaget."), undo=undo)
    return redirect(request, occasion_href(found.occasion_id) if found.occasion_id else _address(found))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a removed sample back."""
    found = access.sample(request.user, pk, write=True, removed=True)
    actions.restore_sample(draw=found, by=organisation.actor(request.user))
    notices.done(request, _("Stickprovet är tillbaka."))
    return redirect(request, _address(found))


def _address(draw: SampleDraw) -> str:
    return reverse("control:sample", args=[draw.pk])


def _handed(content: bytes, kind: str, name: str) -> HttpResponse:
    """A made file, to be saved: it may hold personal data, so it is kept nowhere on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": UNKEPT}
    return HttpResponse(content, content_type=kind, headers=headers)
