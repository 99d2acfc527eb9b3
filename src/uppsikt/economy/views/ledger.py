"""The ledger: files in, and which version each round reads."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.cycle import selectors as cycle
from uppsikt.economy import access
from uppsikt.economy.actions import loads
from uppsikt.economy.forms.ledger import ExtractForm, SieForm, UploadForm, initial_of
from uppsikt.economy.pages import links
from uppsikt.economy.pages.ledger import ledger_page
from uppsikt.economy.pages.ledger_change import change_page
from uppsikt.economy.pages.ledger_file import LEDGERS, Look, file_page, look, upload_page, words
from uppsikt.economy.pages.ledger_load import job_key, load_page
from uppsikt.economy.rules.loads import LoadState
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.tasks import read_ledger
from uppsikt.files import selectors as files
from uppsikt.files.actions import store_large
from uppsikt.files.rules import Kind, safe_name
from uppsikt.files.selectors import StoredFile
from uppsikt.history.rules import Actor
from uppsikt.jobs.actions import start
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.access import actor
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices

NAV = {"nav_current": "economy:tables"}


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What has been loaded, and what each round of the year reads."""
    chosen = access.chosen(request)
    may_load = access.may(request, Permission.LOAD, None)
    page = ledger_page(
        chosen.context.year, may_load=may_load, whole=access.may(request, Permission.READ, None)
    )
    return render(request, "economy/ledger.html", {"page": page, **NAV})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a file, keep it, and go on to look at it."""
    access.require_whole(request, Permission.LOAD)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            stored = _stored(form.cleaned_data["file"], form.kind, actor(request.user))
        except InputError as error:
            form.add_problems(error)
        else:
            name = safe_name(form.cleaned_data["file"].name)
            return redirect(
                links.with_query(reverse("economy:ledger_file", args=[stored.digest]), {"name": name})
            )
    status = 422 if form.errors else 200
    return render(request, "economy/ledger_new.html", {"page": upload_page(form), **NAV}, status=status)


def _stored(given: UploadedFile, kind: Kind, by: Actor) -> StoredFile:
    """Keep the file without having it in memory: a large one lies in a temporary file already."""
    name = str(given.name)
    if isinstance(given, TemporaryUploadedFile):
        return store_large(source=Path(given.temporary_file_path()), name=name, kind=kind, by=by)
    with NamedTemporaryFile() as copy:
        for chunk in given.chunks():
            copy.write(chunk)
        copy.flush()
        return store_large(source=Path(copy.name), name=name, kind=kind, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, digest: str) -> HttpResponse:
    """Look at a file, say how it is to be read, and have it read."""
    access.require_whole(request, Permission.LOAD)
    stored = _ledger_file(digest)
    found = look(stored, safe_name(request.GET.get("name") or stored.name))
    form = _form(request, found)
    if form.is_bound and not found.fault and form.is_valid():
        load, unread = loads.offer(
            file=stored,
            name=found.name,
            options=form.options(),
            replaces=form.replaced,
            by=actor(request.user),
        )
        if not unread:
            notices.done(request, _("Filen är redan inläst. Ingenting har ändrats."))
        elif load.state == LoadState.WAITING.value:
            _start(request, load)
        return redirect("economy:ledger_load", load.pk)
    status = 422 if form.is_bound else 200
    return render(request, "economy/ledger_file.html", {"page": file_page(found, form), **NAV}, status=status)


def _ledger_file(digest: str) -> StoredFile:
    found = files.by_digest(digest)
    if found is None or found.media_type not in LEDGERS or not files.path(found).is_file():
        raise Http404
    return found


def _form(request: HttpRequest, found: Look) -> SieForm:
    """The form for the kind of file, with what was chosen last time when a refused file is tried again."""
    earlier = request.GET.get("from", "")
    before = ledgers.loads().filter(pk=earlier).first() if earlier.isdigit() else None
    given: dict[str, Any] = {
        "data": request.POST if request.method == "POST" else None,
        "initial": initial_of(before.options, before.replaces_id) if before else {},
        "added": ledgers.standing_added(),
    }
    if found.preview is None:
        return SieForm(**given)
    year = access.chosen(request).context.year
    given["initial"] = {"year": year} | given["initial"]
    return ExtractForm(**given, preview=found.preview, words=words(year))


def _start(request: HttpRequest, load: LedgerLoad) -> None:
    """Have the load read, unless that is under way."""
    by = actor(request.user)
    try:
        start(
            key=job_key(load), task=read_ledger, title=_("Läser in %(name)s") % {"name": load.name}, by=by,
            href=reverse("economy:ledger_load", args=[load.pk]), restarts=1,
            load=load.pk, by_key=by.key, by_name=by.name,
        )  # fmt: skip
    except InputError as error:
        notices.failed(request, str(error.problems[0]))


@require_safe
@never_cache
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """One load: under way, read, or refused."""
    access.require_whole(request, Permission.READ)
    page = load_page(_load(pk), may_load=access.may(request, Permission.LOAD, None))
    return render(request, "economy/ledger_load.html", {"page": page, **NAV})


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a load read that waits, or whose reader died."""
    access.require_whole(request, Permission.LOAD)
    _start(request, _load(pk))
    return redirect("economy:ledger_load", pk)


def _load(pk: int) -> LedgerLoad:
    found = ledgers.loads().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """What taking in a newer ledger changes in the chosen round."""
    chosen = access.chosen(request)
    page = change_page(chosen, may_choose=access.may_choose(request))
    return render(request, "economy/ledger_change.html", {"page": page, **NAV})


@require_POST
def choose(request: HttpRequest, round: str, pk: int) -> HttpResponse:  # noqa: A002 - the address's own word
    """Let a round read a version of the ledger."""
    access.require_choosing(request)
    found = cycle.round_by_key(round)
    if found is None:
        raise Http404
    try:
        loads.choose(round_=found, load=_load(pk), by=actor(request.user))
    except InputError as error:
        notices.failed(request, str(error.problems[0]))
        return redirect("economy:ledger")
    notices.done(request, _("%(name)s läser nu den valda huvudboken.") % {"name": found.name})
    return redirect(links.with_query(reverse("economy:ledger"), {"round": found.key}))
