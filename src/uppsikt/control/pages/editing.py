"""A form over something of internal control, with what one needs beside it to fill it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from uppsikt.web.parts import Action, Crumb, Fact, Link, Text


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form with its buttons. `beside` are facts to go by; `clash`: somebody else saved meanwhile.

    `choices` are pages of the same form over something else, such as another body.
    `what` is what was changed meanwhile, in a sentence: "risken". `submit` is the button's word when it is not Save.
    """

    title: Text
    crumbs: tuple[Crumb, ...]
    form: Any
    back: str
    lead: Text = ""
    what: Text = ""
    submit: Text = ""
    choices: tuple[Link, ...] = ()
    beside_title: Text = ""
    beside: tuple[Fact, ...] = ()
    remove: Action | None = None
    clash: bool = False


def around(**given: Any) -> Callable[..., EditPage]:
    """A page that waits for whether somebody else saved meanwhile."""

    def page(*, clash: bool) -> EditPage:
        return EditPage(clash=clash, **given)

    return page
