"""Files that prove something: attached, fetched, taken out and put back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control.access import proofs as access
from uppsikt.control.actions import evidence as actions
from uppsikt.control.forms.evidence import EvidenceForm
from uppsikt.control.pages.evidence import evidence_edit_page, told
from uppsikt.control.selectors import evidence as selectors
from uppsikt.control.views.editing import Editing, run
from uppsikt.files.rules import name_for
from uppsikt.files.views import serve
from uppsikt.history.rules import Actor
from uppsikt.organisation import access as organisation
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    """Attach a file to a control's occasion, a mitigation, a review, a recommendation or a question."""
    target = access.proved(request.user, of, pk)
    posted = request.method == "POST"
    form = EvidenceForm(request.POST if posted else None, request.FILES if posted else None)

    def save(by: Actor) -> str:
        data = form.cleaned_data
        actions.add_evidence(file=data["file"], name=data["name"], note=data["note"], target=target, by=by)
        return told(target)[2]

    return run(request, Editing(form, save, evidence_edit_page(target, form), _("Filen är bifogad.")))


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, as it was attached; asked for anew each time, since it may be taken out."""
    found = access.proof(request.user, pk)
    response = serve(found.file, name=name_for(found.file.media_type, found.name))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of what it is attached to; the notice offers to put it back."""
    found = access.proof(request.user, pk, write=True)
    actions.remove_evidence(evidence=found, by=organisation.actor(request.user))
    undo = reverse("control:evidence_restore", args=[pk])
    notices.done(request, _("Filen %(name)s är borttagen.") % {"name": found.name}, undo=undo)
    return redirect(request, told(selectors.attached_to(found))[2])


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a removed file back."""
    found = access.proof(request.user, pk, write=True, removed=True)
    actions.restore_evidence(evidence=found, by=organisation.actor(request.user))
    notices.done(request, _("Filen är tillbaka."))
    return redirect(request, told(selectors.attached_to(found))[2])
