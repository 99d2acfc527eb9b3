"""The API: the packages' own routers under one address, one way in and one way to fail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError as NotUnderstood
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer, SessionAuth

from uppsikt.accounts import selectors as accounts
from uppsikt.accounts.selectors import User
from uppsikt.cycle.api import router as cycle_router
from uppsikt.economy.api import router as economy_router
from uppsikt.investments.api import router as investments_router
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.api import router as organisation_router
from uppsikt.planning.api import router as planning_router
from uppsikt.procurement.api import router as procurement_router


class TokenAuth(HttpBearer):
    """A program with an API key: "Authorization: Bearer KEY". It may do what its person may."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The key's person, who is then the request's user."""
        user = accounts.by_token(token)
        if user is not None:
            request.user = user
        return user


class SwedishJson(JSONRenderer):
    """JSON that a person can read as well: å, ä and ö as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=SwedishJson(),
    title="Uppsikt",
    version="1",
    description="Läs allt du får läsa; rapportera utfall, status och kommentarer.",
    auth=[TokenAuth(), SessionAuth()],
    urls_namespace="api-1",
    docs_url=None,
)
api.add_router("", organisation_router)
api.add_router("", cycle_router)
api.add_router("", planning_router)
api.add_router("", economy_router)
api.add_router("", investments_router)
api.add_router("", procurement_router)


@api.exception_handler(InputError)
def refused(request: HttpRequest, error: InputError) -> HttpResponse:
    """422: a rule was broken. Every problem with its field and its remedy."""
    problems = [
        {
            "code": problem.code,
            "field": problem.where.field,
            "message": problem.message,
            "remedy": problem.remedy,
        }
        for problem in error.problems
    ]
    return api.create_response(request, {"problems": problems}, status=422)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: a field was too long, or not one of its choices."""
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    problems = [
        {"code": "invalid", "field": field, "message": " ".join(messages), "remedy": ""}
        for field, messages in fields.items()
    ]
    return api.create_response(request, {"problems": problems}, status=422)


@api.exception_handler(NotUnderstood)
def not_understood(request: HttpRequest, error: NotUnderstood) -> HttpResponse:
    """422: a field is missing, unknown or of the wrong type."""
    problems = [
        {
            "code": "type",
            "field": ".".join(str(part) for part in fault["loc"][1:]),
            "message": str(fault["msg"]),
            "remedy": "",
        }
        for fault in error.errors
    ]
    return api.create_response(request, {"problems": problems}, status=422)


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """403: inside one's scope, but not one's to do."""
    return api.create_response(
        request, {"detail": str(error) or "Du har inte behörighet till det här."}, status=403
    )


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    del error
    return api.create_response(request, {"detail": "Det finns inget här som du kan läsa."}, status=404)


def urls() -> tuple[list[Any], str, str]:
    """The API's addresses. It asks who one is itself, and answers 401 instead of showing the sign-in page."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, str(namespace)
