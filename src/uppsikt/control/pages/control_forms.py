"""What stands around the forms of controls and group-wide controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.selectors import Control, GroupControl, Occasion
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.control.selectors.groups import GroupTable
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.web.parts import Action, Crumb, Fact, Text

Page = Callable[..., EditPage]


def new_page(form: Any, context: Context) -> Page:
    """The page around a new control."""
    back = words.controls_href(context.round)
    return around(
        title=_("Lägg till kontroll %(year)s") % {"year": context.year},
        lead=_("Årets tillfällen läggs upp efter hur ofta kontrollen görs. Mått och gränser läggs till efteråt."),
        crumbs=(Crumb(_("Kontroller"), back), Crumb(_("Ny kontroll"))),
        form=form,
        back=back,
    )  # fmt: skip


def control_page(
    control: Control, form: Any, title: Text, *, remove: Action | None = None, lead: Text = ""
) -> Page:
    """The page around a form of a control that stands."""
    back = words.control_href(control.item.key)
    return around(
        title=title,
        lead=lead,
        crumbs=(Crumb(_("Kontroller"), words.controls_href()), Crumb(name_of(control), back), Crumb(title)),
        form=form,
        back=back,
        what=_("kontrollen"),
        remove=remove,
    )


def change_page(control: Control, form: Any) -> Page:
    """The page around what is told of a control."""
    shared = _("Det som lämnas tomt är som i den kommungemensamma kontrollen.") if control.group else ""
    address = reverse("control:control_remove", args=[control.item.key])
    remove = Action(_("Ta bort kontrollen"), address, post=True, icon="trash-2", danger=True)
    return control_page(control, form, _("Ändra kontrollen"), remove=remove, lead=shared)


def occasion_page(occasion: Occasion, form: Any) -> Page:
    """The page around an occasion's own facts."""
    address = reverse("control:occasion_remove", args=[occasion.pk])
    remove = Action(_("Ta bort tillfället"), address, post=True, icon="trash-2", danger=True)
    return control_page(occasion.control, form, _("Ändra tillfället"), remove=remove)


def status_page(control: Control, round_: Round, form: Any) -> Page:
    """The page around a control's status in a round."""
    return control_page(control, form, _("Status i %(round)s") % {"round": round_.name})


def measure_page(owner: Control | GroupControl, form: Any, name: str = "") -> Page:
    """The page around a measure. Args: name: its key, when it stands already."""
    title = _("Ändra måttet") if name else _("Lägg till mått")
    remove = None
    if isinstance(owner, GroupControl):
        if name:
            remove = _remove_measure("control:group_measure_remove", owner.key, name)
        return group_form_page(owner, form, title, remove=remove)
    if name:
        remove = _remove_measure("control:measure_remove", owner.item.key, name)
    return control_page(owner, form, title, remove=remove)


def _remove_measure(view: str, key: str, name: str) -> Action:
    return Action(
        _("Ta bort måttet"), reverse(view, args=[key, name]), post=True, icon="trash-2", danger=True
    )


def group_new_page(form: Any, context: Context) -> Page:
    """The page around a new group-wide control."""
    back = words.groups_href(context.round)
    return around(
        title=_("Lägg till kommungemensam kontroll %(year)s") % {"year": context.year},
        lead=_("Den görs lika av alla nämnder som den läggs ut på. Mått, gränser och nämnder väljs efteråt."),
        crumbs=(Crumb(_("Kommungemensamma kontroller"), back), Crumb(_("Ny kontroll"))),
        form=form,
        back=back,
    )


def group_form_page(
    group: GroupControl,
    form: Any,
    title: Text,
    *,
    lead: Text = "",
    submit: Text = "",
    remove: Action | None = None,
) -> Page:
    """The page around a form of a group-wide control that stands."""
    back = words.group_href(group.key)
    return around(
        title=title,
        lead=lead,
        crumbs=(
            Crumb(_("Kommungemensamma kontroller"), words.groups_href()),
            Crumb(group.name, back),
            Crumb(title),
        ),
        form=form,
        back=back,
        what=_("kontrollen"),
        submit=submit,
        remove=remove,
    )


def group_change_page(group: GroupControl, form: Any) -> Page:
    """The page around what is told of a group-wide control."""
    address = reverse("control:group_remove", args=[group.key])
    remove = Action(_("Ta bort kontrollen"), address, post=True, icon="trash-2", danger=True)
    return group_form_page(group, form, _("Ändra kontrollen"), remove=remove)


def give_page(group: GroupControl, form: Any) -> Page:
    """The page around which bodies make a group-wide control."""
    return group_form_page(
        group,
        form,
        _("Lägg ut på nämnder"),
        lead=_("Varje vald nämnd får sin del av kontrollen med årets tillfällen. De som redan har den behåller sin."),
        submit=_("Lägg ut"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupReportPage:
    """The form over the whole's result for a period, with what the rows give beside it."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Any
    back: str
    beside: tuple[Fact, ...]
    proposal: Text
    clash: bool


def group_report_page(
    group: GroupControl,
    table: GroupTable,
    form: Any,
    beside: Mapping[str, str],
    proposal: str,
    *,
    clash: bool,
) -> GroupReportPage:
    """The page. Args: beside: what the rows give, by what it is; proposal: whom a recommendation should be given to."""
    back = words.group_href(group.key, table.period)
    title = _("Samlat resultat, %(period)s") % {"period": table.label}
    return GroupReportPage(
        title=title,
        lead=_("Rapporterade totaler behövs bara där raderna inte ger dem. Där båda finns jämförs de."),
        crumbs=(
            Crumb(_("Kommungemensamma kontroller"), words.groups_href()),
            Crumb(group.name, back),
            Crumb(title),
        ),
        form=form,
        back=back,
        beside=tuple(Fact(label, text) for label, text in beside.items()),
        proposal=proposal,
        clash=clash,
    )


def given_by_rows(table: GroupTable) -> dict[str, str]:
    """What the rows give for the whole: each measure's total and how it comes about."""
    found = {}
    for measure in table.measures:
        total = table.totals[measure.key]
        text = words.total_text(total, measure)
        found[measure.label] = ", ".join(filter(None, (text, words.total_words(total))))
    return found
