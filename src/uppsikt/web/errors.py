"""Every way a request can fail, as a page in plain Swedish that says what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, loader
from django.utils.translation import gettext as _

from uppsikt.web.parts import Text


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    """400: the address or the form could not be understood."""
    return render(request, "web/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: inside one's scope, but not one's to do. The exception's text says why, where there is one."""
    return render(request, "web/errors/403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing here, or nothing that this person may know of."""
    return render(request, "web/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: our fault. Rendered without context processors, so that it works when the database does not."""
    page = loader.get_template("web/errors/500.html")
    return HttpResponse(page.template.render(Context({"theme": "auto"})), status=500)  # type: ignore[attr-defined]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was too old, or was sent from another place."""
    text = _("Formuläret hade blivit för gammalt. Gå tillbaka, ladda om sidan och skicka igen.")
    return render(request, "web/errors/403.html", {"reason": text, "expired": True}, status=403)


def conflict(
    request: HttpRequest, *, title: Text = "", reason: Text = "", back_href: str = "", back_label: Text = ""
) -> HttpResponse:
    """409: someone else was first, or the thing has been adopted and can no longer be changed."""
    context = {"title": title, "reason": reason, "back_href": back_href, "back_label": back_label}
    return render(request, "web/errors/409.html", context, status=409)
