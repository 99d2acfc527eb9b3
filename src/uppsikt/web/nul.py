"""The NUL character: no text of ours holds it, PostgreSQL refuses it, and forms do so already."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

NUL = "\x00"


class RefuseNul:
    """Answers 400 to an address with the NUL character in it, before anything is looked up by it."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = (value for _key, values in request.GET.lists() for value in values)
        if NUL in request.path_info or any(NUL in value for value in asked):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
