"""Handing files out and taking pictures in. Who may do it is asked by the package that calls."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from uppsikt.files import actions, selectors
from uppsikt.files.rules import PICTURES, SHOWN_INLINE
from uppsikt.files.selectors import StoredFile
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError

_PICTURE_TYPES = frozenset(kind.media_type for kind in PICTURES)


def serve(stored: StoredFile, *, download: bool = False, name: str = "") -> HttpResponse:
    """A stored file as a response: checked, never guessed at by the browser, never run in it."""
    response = HttpResponse(selectors.content(stored), content_type=stored.media_type)
    inline = stored.media_type in SHOWN_INLINE and not download
    disposition = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name or stored.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    if stored.media_type in _PICTURE_TYPES or not inline:
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = f'"{stored.digest}"'
    # The address says what the content is, so it can never change; but it is for the one who asked.
    patch_cache_control(response, private=True, max_age=31_536_000, immutable=True)
    return response


@require_safe
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture in a text, for those signed in. Its address is the 64 digits that only its readers are given."""
    stored = selectors.by_digest(digest)
    if stored is None or stored.media_type not in _PICTURE_TYPES:
        raise Http404
    if request.headers.get("If-None-Match") == f'"{stored.digest}"':
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    return serve(stored)


def handle_picture_upload(request: HttpRequest, *, by: Actor, body_key: str = "") -> JsonResponse:
    """Take in the picture of a POST (field "file"): {digest, url, name}, or {problem} with status 422.

    Call from a view that has asked for access; the editor sends its pictures there.
    """
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"problem": _("Ingen fil kom fram. Försök igen.")}, status=422)
    try:
        stored = actions.store_file(
            content=upload.read(), name=upload.name or "", by=by, allowed=PICTURES, body_key=body_key
        )
    except InputError as error:
        text = " ".join(f"{problem.message} {problem.remedy}" for problem in error.problems)
        return JsonResponse({"problem": text}, status=422)
    url = reverse("files:picture", args=[stored.digest])
    return JsonResponse({"digest": stored.digest, "url": url, "name": stored.name}, status=201)
