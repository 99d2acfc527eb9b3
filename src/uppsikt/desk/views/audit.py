"""The auditor's room: what stood at a day, packs of it, samples from it, and the basic review."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control.actions.samples import draw_sample
from uppsikt.control.views.editing import Editing, run
from uppsikt.cycle.context import context
from uppsikt.desk import access
from uppsikt.desk.forms import RoomSampleForm
from uppsikt.desk.pages.packs import basic_review_page, packs_page
from uppsikt.desk.pages.room import asked, room_page
from uppsikt.desk.pages.sample import choices, draw_page
from uppsikt.desk.rules.pack import file_pieces
from uppsikt.desk.selectors.lists import VOUCHERS, area_list, voucher_list
from uppsikt.desk.tasks import take_out_pack
from uppsikt.files import selectors as files
from uppsikt.history.rules import Actor
from uppsikt.jobs.actions import start
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation import selectors as bodies
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

NAV = {"nav_current": "desk:room"}


@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """A body, or everything in the mandate, as it was at a day."""
    mandate, chosen = access.mandate(request.user), context(request)
    known = chosen.body.key if chosen.body else ""
    ask = asked(request.GET, known if mandate is None or known in mandate else "", chosen.year)
    within = access.within(request.user, ask.body)
    may_ask = organisation.grants(request.user).anywhere(Permission.AUDIT)
    page = room_page(ask, within, mandate, may_ask=may_ask)
    return render(request, "desk/room.html", {"page": page, **NAV})


@require_POST
def pack(request: HttpRequest) -> HttpResponse:
    """Take out what the room shows, as a job."""
    ask = asked(request.POST, "", clock.today().year)
    within, by = access.within(request.user, ask.body), organisation.actor(request.user)
    names = bodies.body_names(clock.today())
    moment = (ask.moment or clock.now()).isoformat()
    try:
        job = start(
            key=f"underlag-{ask.body or 'allt'}-{ask.year}-{by.key}", task=take_out_pack, by=by,
            title=_("Tar ut underlag"), href=reverse("desk:packs"), restarts=1,
            year=access.year(ask.year), bodies=sorted(within) if within is not None else None, moment=moment,
            scope=names.get(ask.body, ask.body) or _("Allt i uppdraget"),
            basic=ask.body if request.POST.get("basic") else "", by_key=by.key, by_name=by.name,
        )  # fmt: skip
    except InputError as error:
        notices.failed(request, str(error.problems[0]))
        return redirect(request, reverse("desk:room"))
    return redirect(request, reverse("jobs:job", args=[job.key]))


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The packs taken out within the mandate."""
    page = packs_page(access.mandate(request.user))
    return render(request, "desk/packs.html", {"page": page, **NAV})


@require_safe
def download(request: HttpRequest, digest: str) -> StreamingHttpResponse:
    """A pack, handed over a piece at a time."""
    stored = access.pack(request.user, digest)
    headers = {
        "Content-Disposition": f'attachment; filename="{stored.name}"',
        "Content-Length": str(stored.size),
        "X-Content-Type-Options": "nosniff",
    }
    pieces = file_pieces(files.path(stored))
    return StreamingHttpResponse(pieces, content_type=stored.media_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest) -> HttpResponse:
    """Draw a sample from what the room lists, or from an uploaded list."""
    ask = asked(request.GET, "", context(request).year)
    body = access.audited(request.user, ask.body)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RoomSampleForm(*sent, areas=choices(), initial={"area": ask.area})

    def save(by: Actor) -> str:
        area, file = form.cleaned_data["area"], form.cleaned_data["file"]
        if area == VOUCHERS:
            file = voucher_list(body, ask.year, ask.moment)
        elif area:
            file = area_list(body, ask.year, ask.moment, area)
        size, seed = form.cleaned_data["size"], form.cleaned_data["seed"]
        drawn = draw_sample(body=body, file=file, size=size, seed=seed, by=by)
        return reverse("control:sample", args=[drawn.pk])

    page = draw_page(ask, form, bodies.body_names(clock.today()).get(body.key, body.key))
    return run(request, Editing(form, save, page, _("Stickprovet är draget."), nav=NAV["nav_current"]))


@require_safe
def basic_review(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """The basic review of a committee's year."""
    body = access.body(request.user, key)
    ask = asked(request.GET, key, access.year(year))
    name = bodies.body_names(clock.today()).get(key, key)
    page = basic_review_page(body, name, ask)
    return render(request, "desk/basic_review.html", {"page": page, **NAV})
