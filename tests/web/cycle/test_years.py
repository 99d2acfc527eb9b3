"""The page of years, with its buttons pressed as a browser presses them: by the page's own form."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from uppsikt.accounts import selectors as accounts

pytestmark = pytest.mark.django_db
FORM = re.compile(
    r'<form method="post" action="(/years/open/)"><input[^>]*csrfmiddlewaretoken" value="(\w+)"'
)


def test_the_next_year_is_set_up_by_its_button(demo_database: None) -> None:
    client = Client(enforce_csrf_checks=True)
    person = accounts.by_key("central-controller")
    assert person is not None
    client.force_login(person)
    html = client.get("/years/").content.decode()
    assert ">2025</h2>" in html
    form = FORM.search(html)
    assert form is not None
    assert client.post(form[1], {"csrfmiddlewaretoken": form[2]}).status_code == 302
    assert ">2026</h2>" in client.get("/years/").content.decode()
