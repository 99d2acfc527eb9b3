"""Reading and writing a report."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import context
from uppsikt.files.views import handle_picture_upload
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning import access as planning
from uppsikt.reports import access, selectors
from uppsikt.reports.actions import reports as actions
from uppsikt.reports.actions import texts
from uppsikt.reports.assembly import Assembled, assemble
from uppsikt.reports.composition import chapter_slot
from uppsikt.reports.pages import links
from uppsikt.reports.pages.listing import reports_page
from uppsikt.reports.pages.outline import outline_page
from uppsikt.reports.pages.workspace import WorkspacePage, figures_of, workspace_page
from uppsikt.reports.rendering import preview_css
from uppsikt.reports.rules import outline as rules
from uppsikt.reports.selectors import Report
from uppsikt.texts.pages import ConflictPage, Editor, versions_page
from uppsikt.texts.views import Place, write
from uppsikt.web import notices
from uppsikt.web.chrome import accent_colour
from uppsikt.web.htmx import redirect, wants_partial


def who(request: HttpRequest) -> Actor:
    """The person who acts. Access has been asked, so somebody is signed in."""
    assert isinstance(request.user, User)
    return request.user.actor


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All reports one may read."""
    planning.anywhere(request.user, Permission.READ)
    return render(request, "reports/reports.html", {"page": reports_page(context(request))})


@require_safe
@cache_control(private=True, max_age=3600)
def preview_styles(request: HttpRequest) -> HttpResponse:
    """The report's own styles, held inside the preview."""
    return HttpResponse(preview_css(accent_colour(request)), content_type="text/css")


@require_safe
def workspace(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """The report with one chapter shown; with htmx only the outline and the chapter."""
    row = access.report(request.user, body, edition)
    _remember(request, row)
    page = _page(request, row, request.GET.get("chapter", ""))
    name = "reports/workspace.html#workspace" if wants_partial(request) else "reports/workspace.html"
    return render(request, name, {"page": page})


def _remember(request: HttpRequest, row: Report) -> None:
    """What is shown is what the rest of the application shows next."""
    if row.round is not None:
        for name, key in (("body", row.body.key), ("round", row.round.key)):
            if request.session.get(name) != key:  # an unchanged choice needs no writing
                request.session[name] = key


def _page(
    request: HttpRequest,
    row: Report,
    chapter: str,
    *,
    made: Assembled | None = None,
    editor: Editor | None = None,
    conflict: ConflictPage | None = None,
) -> WorkspacePage:
    held = organisation.grants(request.user)
    made = made or assemble(row, reader=who(request).key)
    return workspace_page(
        row,
        chapter,
        may_compose=held.allows(Permission.COMPOSE, body=row.body.key),
        may_adopt=held.allows(Permission.ADOPT, body=row.body.key),
        made=made,
        editor=editor,
        conflict=conflict,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: HttpRequest, body: str, edition: str, chapter: str) -> HttpResponse:
    """Write a chapter, its data beside."""
    row = access.report(request.user, body, edition, Permission.COMPOSE)
    if request.method == "POST":
        row = actions.ensure_report(report=row, by=who(request))
    made = assemble(row, reader=who(request).key)
    place = _place(row, chapter, made)
    written = write(request, place, by=who(request))
    if written.response is not None:
        return written.response
    page = _page(request, row, chapter, made=made, editor=written.editor, conflict=written.conflict)
    return render(request, "reports/workspace.html", {"page": page}, status=written.status)


def _place(row: Report, chapter: str, made: Assembled) -> Place:
    title = next((each["title"] for each in made.outline.document if each["key"] == chapter), None)
    if title is None:
        raise Http404
    return Place(
        slot=chapter_slot(row.key, chapter),
        label=f"{row.title}: {title}",
        url=links.to("chapter", row, chapter=chapter),
        next_url=f"{links.to('workspace', row)}?chapter={chapter}",
        upload_url=links.to("pictures", row),
        versions_url=links.to("versions", row, chapter=chapter),
        figures=figures_of(made),
        rows=18,
        body_key=row.body.key,
        kind=EventKind.REPORT_TEXT_SAVED,
        subject=selectors.subject(row),
    )


@require_POST
def pictures(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """Take in a picture for a chapter."""
    row = access.report(request.user, body, edition, Permission.COMPOSE)
    return handle_picture_upload(request, by=who(request), body_key=row.body.key)


@require_safe
def versions(request: HttpRequest, body: str, edition: str, chapter: str) -> HttpResponse:
    """All that has stood in a chapter."""
    row = access.report(request.user, body, edition)
    place = _place(row, chapter, assemble(row))
    number = request.GET.get("version", "")
    page = versions_page(place, number=int(number) if number.isdigit() else None)
    crumbs = links.crumbs(row, row.title, place.label)
    return render(request, "reports/versions.html", {"page": page, "versions": page, "crumbs": crumbs})


@require_POST
def carry(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """Begin from the last report's texts, as drafts of one's own."""
    row = access.report(request.user, body, edition, Permission.COMPOSE)
    row = actions.ensure_report(report=row, by=who(request))
    copied = texts.carry_texts_forward(report=row, by=who(request))
    if copied:
        text = ngettext(
            "%(count)s text är hämtad till ditt utkast. Den gäller först när du har gått igenom och sparat den.",
            "%(count)s texter är hämtade till dina utkast. De gäller först när du har gått igenom och sparat dem.",
            copied,
        )
        notices.done(request, text % {"count": copied}, undo=links.to("uncarry", row))
    else:
        notices.done(request, _("Det fanns inga texter att hämta till tomma kapitel."))
    return redirect(request, links.to("workspace", row))


@require_POST
def uncarry(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """Take away the fetched texts that nobody has gone through."""
    row = access.report(request.user, body, edition, Permission.COMPOSE)
    gone = texts.discard_carried_texts(report=row, by=who(request))
    text = ngettext("%(count)s hämtad text är borttagen.", "%(count)s hämtade texter är borttagna.", gone)
    notices.done(request, text % {"count": gone})
    return redirect(request, links.to("workspace", row))


@require_http_methods(["GET", "HEAD", "POST"])
def outline(request: HttpRequest, body: str, edition: str) -> HttpResponse:
    """Change the outline: one thing at a time, saved at once."""
    row = access.report(request.user, body, edition, Permission.COMPOSE)
    if request.method != "POST":
        return render(request, "reports/outline.html", {"page": outline_page(row)})
    row = actions.ensure_report(report=row, by=who(request))
    try:
        actions.change_outline(report=row, change=rules.Change.of(request.POST.dict()), by=who(request))
    except (InputError, KeyError) as error:
        fault = str(error) if isinstance(error, InputError) else _("Kapitlet finns inte längre.")
        page = outline_page(row, fault=fault)
        return render(request, "reports/outline.html", {"page": page}, status=422)
    return redirect(request, f"{links.to('outline', row)}#{request.POST.get('key', '')}")
