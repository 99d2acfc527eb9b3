"""One address, two exits, and headers that keep them apart."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from uppsikt.web.csp import HEADERS, SecurityHeaders
from uppsikt.web.htmx import VaryOnHtmx, redirect, wants_partial

ASKED = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "partial"),
    [
        ({}, False),
        (ASKED, True),
        ({**ASKED, "HX-Boosted": "true"}, False),
        ({**ASKED, "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_when_a_part_is_wanted(headers: dict[str, str], partial: bool) -> None:
    assert wants_partial(RequestFactory().get("/", headers=headers)) is partial


def test_a_redirect_goes_by_header_when_htmx_asks() -> None:
    plain = redirect(RequestFactory().post("/"), "/mal/")
    assert (plain.status_code, plain.headers["Location"]) == (302, "/mal/")
    swapped = redirect(RequestFactory().post("/", headers=ASKED), "/mal/")
    assert (swapped.status_code, swapped.headers["HX-Redirect"]) == (204, "/mal/")


def test_vary_is_added_to_what_is_there() -> None:
    answer = HttpResponse(headers={"Vary": "Cookie"})
    VaryOnHtmx(lambda _request: answer)(RequestFactory().get("/"))
    assert answer.headers["Vary"] == "Cookie, HX-Request"


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_a_stricter_policy_is_left_alone() -> None:
    answer = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    SecurityHeaders(lambda _request: answer)(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
