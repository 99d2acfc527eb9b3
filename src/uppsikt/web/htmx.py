"""One address, two exits: the whole page, or the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers


def is_htmx(request: HttpRequest) -> bool:
    """Whether the request was made by htmx, for whatever purpose."""
    return request.headers.get("HX-Request") == "true"


def wants_partial(request: HttpRequest) -> bool:
    """Whether to answer with a part of the page: asked by htmx, and neither boosted nor restoring history."""
    return (
        is_htmx(request)
        and request.headers.get("HX-Boosted") != "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Go to `url` as a new page, with or without htmx. An ordinary redirect would be swapped into the old page."""
    if not is_htmx(request):
        return HttpResponseRedirect(url)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = url
    return response


class VaryOnHtmx:
    """Keeps a cached part from being shown as a page, and the other way round."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request",))  # type: ignore[arg-type]  # works on any response
        return response
