"""Handing in a dataset, looking at what it would change, reading it in; taking data home."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.exchange import exporting, pages
from uppsikt.exchange.access import member, require, stored_upload
from uppsikt.exchange.actions import import_dataset
from uppsikt.exchange.forms import UploadForm
from uppsikt.files.actions import store_file
from uppsikt.files.rules import XLSX, ZIP
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices

_OPEN_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, keep it, and show what it would change."""
    user = member(request.user, Permission.IMPORT)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            stored = store_file(content=file.read(), name=file.name, by=user.actor, allowed=(XLSX, ZIP))
        except InputError as error:
            form.add_error("file", [f"{one.message} {one.remedy}".strip() for one in error.problems])
        else:
            return redirect("exchange:preview", digest=stored.digest)
    page = pages.import_page(form)
    return render(request, "exchange/import.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, digest: str) -> HttpResponse:
    """Show what the kept file would change, or read it in."""
    user = member(request.user, Permission.IMPORT)
    source = stored_upload(digest)
    result = import_dataset(source, by=user.actor, dry_run=request.method != "POST")
    if request.method == "POST" and not result.problems:
        words = _("%(name)s är inläst: %(count)s rader ändrades.")
        notices.done(request, words % {"name": result.name, "count": result.rows_changed})
        return redirect("exchange:import")
    page = pages.preview_page(result, digest)
    return render(request, "exchange/preview.html", {"page": page}, status=422 if result.problems else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What there is to take home."""
    require(request.user, Permission.EXPORT)
    return render(request, "exchange/export.html", {"page": pages.export_page()})


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """One file to take home."""
    require(request.user, Permission.EXPORT)
    files = {
        "workbook": ("uppsikt.xlsx", _OPEN_XML, exporting.workbook),
        "dataset": ("uppsikt-dataset.zip", "application/zip", exporting.zipped),
        "template": ("uppsikt-mall.xlsx", _OPEN_XML, exporting.template),
    }
    if form not in files:
        raise Http404
    name, media_type, make = files[form]
    return HttpResponse(
        make(), content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
