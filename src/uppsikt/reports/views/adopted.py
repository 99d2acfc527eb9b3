"""Handing out, adopting and comparing reports."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.accounts.selectors import User
from uppsikt.files.views import serve
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.access import actor
from uppsikt.organisation.rules import Permission
from uppsikt.publishing import selectors as publishing
from uppsikt.reports import access, selectors
from uppsikt.reports.actions.adoption import adopt as adopt_report
from uppsikt.reports.actions.reports import ensure_report
from uppsikt.reports.assembly import assemble, compose
from uppsikt.reports.forms import AdoptForm
from uppsikt.reports.pages import links
from uppsikt.reports.pages.adopted import adopt_page, earlier_page, publication_page, since_adoption_page
from uppsikt.reports.rendering import FORMATS
from uppsikt.reports.rendering import render as render_format
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

__all__ = [
    "adopt",
    "difference",
    "draft_file",
    "earlier",
    "publication",
    "publication_file",
    "publication_page_file",
]

FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)


@require_safe
def draft_file(request: HttpRequest, body: str, edition: str, format: str) -> HttpResponse:  # noqa: A002
    """The report as it stands now, in one format, marked as a draft."""
    row = access.report(request.user, body, edition)
    if format not in FORMATS:
        raise Http404
    response = HttpResponse(render_format(compose(row), format), content_type=FORMATS[format])
    name = _("%(key)s-utkast") % {"key": row.key}
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{format}')}"
    if format == "html":
        response["Content-Security-Policy"] = FRAMED
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """Freeze the report by a decision."""
    row = access.report(request.user, body, edition, Permission.ADOPT)
    made = assemble(row, reader=actor(request.user).key)
    usual = {"decision_body": made.payload["document"]["body"]["name"]}
    sent = request.POST if request.method == "POST" else None
    form = AdoptForm(sent, missing=bool(made.gaps), initial=usual)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        row = ensure_report(report=row, by=request.user.actor)
        try:
            frozen = adopt_report(report=row, decision=form.decision(), by=request.user.actor)
        except InputError as error:
            form.add_error(None, [str(problem) for problem in error.problems])
        else:
            notices.done(request, _("Rapporten är fastställd och fryst."))
            return redirect(request, links.publication(frozen))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reports/adopt.html", {"page": adopt_page(row, made, form)}, status=status)


@require_safe
def difference(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """What a report composed now would say otherwise than the adopted one."""
    row = access.report(request.user, body, edition)
    standing = publishing.latest(selectors.subject(row))
    if standing is None:
        raise Http404
    return render_page(request, "reports/difference.html", {"page": since_adoption_page(row, standing)})


@require_safe
def earlier(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """What the report says otherwise than the one before."""
    row = access.report(request.user, body, edition)
    before = selectors.earlier_report(row)
    if before is None:
        raise Http404
    return render_page(request, "reports/difference.html", {"page": earlier_page(row, before)})


@require_safe
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Something adopted, as it was adopted."""
    row = access.publication(request.user, pk)
    return render_page(request, "reports/publication.html", {"page": publication_page(row)})


@require_safe
def publication_page_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen web page itself, to be shown in a frame. It holds no script, and may load nothing."""
    content = publishing.content(access.publication(request.user, pk), "html")
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=FORMATS["html"])
    response["Content-Security-Policy"] = FRAMED
    return response


@require_safe
def publication_file(request: HttpRequest, pk: int, format: str) -> HttpResponse:  # noqa: A002
    """One of the adopted files."""
    row = access.publication(request.user, pk)
    stored = publishing.stored(row, format)
    if stored is None:
        raise Http404
    return serve(stored, download=True)
