"""What the editor asks for.

The package above has one address for each text: its view asks for access, describes the `Place` and hands
the request to `write`. What comes back is either a finished response or what its page is to show
(`texts/editor.html` or `texts/conflict.html`), with the status to answer with. See docs/howto/write-long-texts.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.texts import actions, pages
from uppsikt.texts.forms import Posted, TextForm, text_form
from uppsikt.texts.pages import ConflictPage, Editor, VersionsPage, versions_page
from uppsikt.texts.rules import Node
from uppsikt.texts.rules.place import LiveFigure, Place
from uppsikt.web import notices

__all__ = [
    "ConflictPage",
    "Editor",
    "LiveFigure",
    "Place",
    "VersionsPage",
    "Written",
    "editor",
    "handle_autosave",
    "handle_discard",
    "versions_page",
    "write",
]


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to the editor: a finished `response`, or what the page is to show (and with which status)."""

    response: HttpResponse | None = None
    editor: Editor | None = None
    conflict: ConflictPage | None = None
    status: int = HTTPStatus.OK


def write(request: HttpRequest, place: Place, *, by: Actor) -> Written:
    """Answer all that the editor of one place sends: show, autosave, discard, save. Access has been asked."""
    verb = request.POST.get("verb", "save")
    if request.method != "POST":
        return Written(editor=editor(place, by=by))
    if verb == "autosave":
        return Written(response=handle_autosave(request, slot=place.slot, label=place.label, by=by))
    if verb == "discard":
        return Written(response=handle_discard(request, slot=place.slot, by=by, next_url=place.url))
    return _save(request, place, by)


def editor(place: Place, *, by: Actor) -> Editor:
    """The editor of one place, for a page that shows several of them. Each sends to its own `place.url`."""
    return pages.editor(place, writer_key=by.key, make_form=_form_maker(place))


def handle_autosave(request: HttpRequest, *, slot: str, label: str = "", by: Actor) -> JsonResponse:
    """Keep what the writer has so far (POST: content, content-format, base_number): {saved_at, words, draft}.

    Also for a plain text area with data-autosave-url. `saved_at` is the time of day, for the status line.
    """
    text = request.POST.get("content", "")
    content = Posted(text, request.POST.get("content-format", "plain")).nodes()
    number = _number(request.POST.get("base_number", ""))
    draft = actions.autosave_draft(slot=slot, label=label, content=content, base_number=number, by=by)
    return JsonResponse(
        {
            "saved_at": pages.time_text(draft.saved_at) if draft else "",
            "words": pages.words_text(content),
            "draft": draft is not None,
        }
    )


def handle_discard(request: HttpRequest, *, slot: str, by: Actor, next_url: str) -> HttpResponse:
    """Throw the draft away (POST) and show what stands."""
    if actions.discard_draft(slot=slot, by=by):
        notices.done(request, _("Utkastet är kastat."))
    return HttpResponseRedirect(next_url)


def _save(request: HttpRequest, place: Place, by: Actor) -> Written:
    form = text_form(place, request.POST)
    if not form.is_valid():
        return _unsaved(place, form, by)
    try:
        outcome = _outcome(place, form, by)
    except InputError as error:
        form.add_error("content", [f"{one.message} {one.remedy}".strip() for one in error.problems])
        return _unsaved(place, form, by)
    if isinstance(outcome, actions.Conflict):
        conflict = _conflict_page(place, outcome, by)
        return Written(conflict=conflict, status=HTTPStatus.CONFLICT)
    notices.done(request, _("Texten är sparad.") if outcome.changed else _("Inget var ändrat."))
    return Written(response=HttpResponseRedirect(place.next_url or place.url))


def _outcome(place: Place, form: TextForm, by: Actor) -> actions.Saved | actions.Conflict:
    return actions.save_text(
        slot=place.slot,
        label=place.label,
        content=form.cleaned_data["content"],
        base_number=form.cleaned_data["base_number"],
        body_key=place.body_key,
        by=by,
        kind=place.kind,
        subject=place.subject,
    )


def _unsaved(place: Place, form: TextForm, by: Actor) -> Written:
    """The editor again with its faults. What was written is kept as a draft too, so that leaving loses nothing."""
    content = form["content"].value()
    if isinstance(content, Posted):
        actions.autosave_draft(
            slot=place.slot,
            label=place.label,
            content=content.nodes(),
            base_number=_number(str(form["base_number"].value())),
            by=by,
        )
    return Written(
        editor=pages.editor(place, writer_key=by.key, make_form=_form_maker(place), refused=form),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _number(text: str) -> int | None:
    """A version's number as the browser sent it; None for no version, and for nonsense."""
    return (int(text) or None) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _conflict_page(place: Place, outcome: actions.Conflict, by: Actor) -> ConflictPage:
    return pages.conflict_page(
        place,
        yours=outcome.yours,
        theirs=outcome.theirs,
        base=outcome.base,
        theirs_number=outcome.theirs_number,
        theirs_by=outcome.theirs_by,
        theirs_at=outcome.theirs_at,
        writer_key=by.key,
        make_form=_form_maker(place),
    )


def _form_maker(place: Place) -> pages.FormMaker:
    def make(content: list[Node], base_number: int | None) -> TextForm:
        return text_form(place, content=content, base_number=base_number)

    return make
