"""The content of /styleguide/: every component in every state, with invented figures. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from uppsikt.kernel.numbers import format_decimal
from uppsikt.web.chart import Chart, Series, chart
from uppsikt.web.chrome import Chrome, NavGroup, NavItem, Option, Person, Select, Switcher
from uppsikt.web.diff import DiffRow, side_by_side
from uppsikt.web.parts import (
    Action,
    Badge,
    Crumb,
    Empty,
    Fact,
    Job,
    Judgement,
    KeyFigure,
    Link,
    Origin,
    Progress,
    Symbol,
    Text,
    Trend,
)
from uppsikt.web.renderer import FormRenderer
from uppsikt.web.styleguide_charts import MoneyChart, money_charts
from uppsikt.web.svg import SYMBOLS, sparkline
from uppsikt.web.tables import Cell, Column, Expand, Group, Row, Table, with_sorting

FULFILMENT = (
    Symbol("circle-4", _("I mycket hög grad"), "good"),
    Symbol("circle-3", _("I hög grad"), "good"),
    Symbol("circle-2", _("Delvis"), "fair"),
    Symbol("circle-1", _("I låg grad"), "warn"),
    Symbol("circle-0", _("Ej uppfyllt"), "bad"),
)
STATUSES = (
    Symbol("square-full", _("Klart"), "good"),
    Symbol("triangle-right", _("Blir klart i år"), "fair"),
    Symbol("triangle-half", _("Troligen klart i år"), "warn"),
    Symbol("square-empty", _("Ej klart i år"), "bad"),
    Symbol("dash", _("Inte rapporterat"), "neutral"),
)
ORIGIN = Origin(
    label=_("Nöjda besökare i receptionen, 2024"), value="74,5", source=_("Egen mätning i oktober"),
    formula=_("Summan av svaren delad med antalet svar"), by="Vera Ek", at="2025-01-20", href="#figurer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale as the steering model writes it."""

    key: str
    symbol: str
    colour: str
    label: Text


class ExampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    default_renderer = FormRenderer()

    name = forms.CharField(label=_("Indikatorns namn"), help_text=_("Som det ska stå i rapporten."))
    value = forms.DecimalField(label=_("Utfall 2024"), localize=True)
    kind = forms.ChoiceField(
        label=_("Riktning"), choices=[("up", _("Högre är bättre")), ("down", _("Lägre är bättre"))]
    )
    day = forms.DateField(label=_("Mätt den"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sources = forms.MultipleChoiceField(
        label=_("Källor"), choices=[("own", _("Egen mätning")), ("kolada", "Kolada"), ("scb", "SCB")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    reason = forms.CharField(label=_("Kommentar"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    preliminary = forms.BooleanField(label=_("Värdet är preliminärt"), required=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message as django.contrib.messages hands it to the template."""

    text: str
    level_tag: str = "success"
    extra_tags: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class StyleguidePage:
    """Everything the style guide prints."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    chrome: Chrome
    shapes: tuple[str, ...]
    fulfilment: tuple[Symbol, ...]
    statuses: tuple[Symbol, ...]
    judgements: tuple[Judgement, ...]
    trends: tuple[Trend, ...]
    badges: tuple[Badge, ...]
    chips: tuple[Link, ...]
    tabs: tuple[Link, ...]
    tree: Table
    opened_group: Group
    statement: Table
    empty_table: Table
    key_figures: tuple[KeyFigure, ...]
    facts: tuple[Fact, ...]
    progress: tuple[Progress, ...]
    jobs: tuple[Job, ...]
    origin: Origin
    line_chart: Chart
    bar_chart: Chart
    chart_table: Table
    money_charts: tuple[MoneyChart, ...]
    diff: tuple[DiffRow, ...]
    empty: Empty
    form: ExampleForm
    invalid_form: ExampleForm
    steps: tuple[Step, ...]
    page_obj: Page[int]
    origins: tuple[tuple[str, Origin], ...]
    notices: tuple[Notice, ...]


def styleguide_page(params: QueryDict) -> StyleguidePage:
    """The style guide; `open` in the address is the key of the tree row that stands open."""
    opened = params.get("open", "trygghet")
    tree = _tree(opened)
    asked = next((row for row in tree.rows if row.key == params.get("row", opened)), tree.rows[1])
    invalid = ExampleForm({"fel-name": "", "fel-value": "sjuttio", "fel-kind": "up"}, prefix="fel")
    invalid.is_valid()
    steps = tuple(Step(f"step-{at}", one.shape, one.colour, one.words) for at, one in enumerate(FULFILMENT))
    return StyleguidePage(
        title=_("Komponenter"),
        lead=_("Allt som sidorna byggs av, i alla lägen. Siffrorna är påhittade."),
        crumbs=(Crumb(_("Lindvik"), "/"), Crumb(_("Kommunstyrelsen"), "#"), Crumb("2024", "#"), Crumb(_("Komponenter"))),
        chrome=_chrome(),
        shapes=tuple(SYMBOLS),
        fulfilment=FULFILMENT,
        statuses=STATUSES,
        judgements=(
            Judgement("met"), Judgement("not_met"), Judgement("no_outcome"), Judgement("cannot_judge"),
            Judgement("not_met", departs=_("rapporterat som uppnått, se motivering")),
        ),
        trends=(
            Trend("up", "better"), Trend("up", "worse"), Trend("down", "better"), Trend("down", "worse"),
            Trend("flat", "same"),
        ),
        badges=(
            Badge(_("Överflyttad från 2023")), Badge(_("Preliminär"), "warn"), Badge(_("Fastställd"), "good", "lock"),
            Badge(_("Försenad"), "bad", "circle-alert"), Badge(_("Kommunfullmäktige"), "accent"),
        ),
        chips=(
            Link(_("Alla"), "#chips", current=True, count="18"), Link(_("Ej uppnådda"), "#chips", count="10"),
            Link(_("Avviker från regeln"), "#chips", count="4", shape="diamond"),
            Link(_("Saknar utfall"), "#chips", count="2"), Link(_("Jämför med delåret"), "#chips"),
        ),
        tabs=(
            Link(_("Mål"), "#tabs", current=True), Link(_("Uppdrag"), "#tabs", count="21"),
            Link(_("Indikatorer"), "#tabs", count="18"), Link(_("Historik"), "#tabs"),
        ),
        tree=tree,
        opened_group=tree.group(asked),
        statement=_statement(params),
        empty_table=Table(
            key="tom", caption=_("Uppdrag"), columns=(Column("name", _("Uppdrag")),), rows=(),
            empty=Empty(
                _("Inga uppdrag än"),
                _("Här står de uppdrag som fullmäktige och nämnden har gett, med status vid varje tillfälle."),
                Action(_("Lägg till ett uppdrag"), "#tables", primary=True), "list-checks",
            ),
        ),
        key_figures=(
            KeyFigure(_("Etappmål uppnådda"), "8 av 18", _("12 rapporterade som uppnådda"), ORIGIN),
            KeyFigure(_("Uppdrag klara"), "12 av 21"),
            KeyFigure(_("Sjukfrånvaro"), "5,4 %", _("5,9 % året före")),
            KeyFigure(_("Samlad bedömning"), "", symbol=FULFILMENT[1]),
        ),
        facts=(
            Fact(_("Ansvarig"), "Vera Ek"), Fact(_("Beslut"), "KS-2024/118 § 41", "#"),
            Fact(_("Status"), symbol=STATUSES[1]), Fact(_("Utfall"), "74,5", origin=ORIGIN),
        ),
        progress=(
            Progress(_("Indikatorer rapporterade"), 12, 18), Progress(_("Uppdrag rapporterade"), 21, 21, tone="good"),
            Progress(_("Texter skrivna"), 0, 9, tone="warn"),
        ),
        jobs=(
            Job("vantar", "waiting", _("Väntar på sin tur.")),
            Job("pagar", "running", _("Läser huvudboken för 2024."), Progress(_("Klart"), 412_000, 1_000_000)),
            Job("klart", "done", _("Klart. 1 000 000 rader inlästa."), result_href="#jobs"),
            Job("fel", "failed", _("Misslyckades. Filen är inte en SIE-fil.")),
        ),
        origin=ORIGIN,
        line_chart=chart(
            caption="Oro för brott", unit="procent", alt="Oro för brott steg från 44 procent 2022 till 55 procent 2024.",
            x=("2022", "2023", "2024"), series=(Series("Totalt", (Decimal(44), Decimal(52), Decimal(55))),),
            target=Decimal(38), target_label="mål ≤38",
        ),
        bar_chart=chart(
            caption="Utfall per månad", unit="mnkr", kind="bar", alt="Utfall och budget per månad under året.",
            x=("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
            series=(
                Series("Utfall", tuple(Decimal(n) for n in (48, 53, 61, 59, 70, 78, 42, 63, 73, 80, 83, 91))),
                Series("Budget", (Decimal(62),) * 12),
            ),
        ),
        chart_table=Table(
            key="oro", caption=_("Oro för brott"), unit=_("procent"), caption_hidden=True, dense=True,
            columns=(Column("year", _("År")), Column("value", _("Andel"), "num")),
            rows=tuple(
                Row((Cell(year), Cell(value))) for year, value in (("2022", "44"), ("2023", "52"), ("2024", "55"))
            ),
        ),
        money_charts=money_charts(),
        diff=side_by_side(
            "Alla uppdrag är slutförda under året.\nFler invånare rekommenderar kommunen.",
            "Alla fem uppdrag är slutförda.\nFler invånare rekommenderar kommunen.\nTvå etappmål nås inte.",
        ),
        empty=Empty(
            _("Ingen har rapporterat än"),
            _("När enheterna börjar rapportera står deras svar här, med det som saknas överst."),
            Action(_("Påminn enheterna"), "#empty", icon="inbox"), "inbox",
        ),
        form=ExampleForm(),
        invalid_form=invalid,
        steps=steps,
        page_obj=Paginator(range(1, 2345), 50).get_page(7),
        origins=(("74,5", ORIGIN), ("8 av 18", ORIGIN)),
        notices=(
            Notice("Uppdraget är borttaget.", extra_tags="undo=/styleguide/"), Notice("Sparat."),
            Notice("Filen gick inte att läsa. Spara den som xlsx och försök igen.", "error"),
        ) if "notiser" in params else (),
    )  # fmt: skip


def _chrome() -> Chrome:
    items = (
        NavItem("desk", _("Min sida"), "#", "house", "4", _("uppgifter kvar"), "m"),
        NavItem("guide", _("Styrning"), "#", "target", shortcut="s", matches=("web:styleguide",)),
        NavItem("reports", _("Rapport"), "#", "file-text", "86 %", _("klart"), "r"),
        NavItem("oversight", _("Uppsikt"), "#", "eye", shortcut="u"),
    )
    more = (
        NavItem("exchange", _("Dataset"), "#", "archive"),
        NavItem("history", _("Historik"), "#", "history"),
        NavItem("admin", _("Administration"), "#", "settings"),
    )
    return Chrome(
        owner=_("Lindviks kommun"), groups=(NavGroup(items), NavGroup(more, _("Förvalta"))),
        switcher=Switcher(
            action="", state=_("Som beslutat den 26 mars 2025"),
            selects=(
                Select("body", _("Nämnd"), (Option("ks", _("Kommunstyrelsen"), selected=True), Option("kfn", _("Kultur- och fritidsnämnden")))),
                Select("round", _("År och tillfälle"), (Option("2024-bokslut", _("2024 · årsbokslut"), selected=True), Option("2024-t2", _("2024 · delår augusti")))),
            ),
        ),
        person=Person("Vera Ek", _("Controller"), "#"),
        search_href="#", freshness=_("Uppgifterna är från den 20 november 2026 kl. 09.41."),
        footer_links=((_("Tillgänglighet"), "#"), (_("Hjälp"), "#")),
    )  # fmt: skip


_GOALS = (
    ("trygghet", "Öka trygghet och delaktighet", 1, "1 av 3", "5 av 5", "höjd från Delvis"),
    ("foretag", "Attraktivt företagsklimat", 1, "1 av 2", "–", "oförändrad"),
    ("klimat", "Minska klimatpåverkan", 2, "0 av 2", "0 av 2", "oförändrad"),
    ("mangfald", "Biologisk mångfald värnas i den fysiska planeringen", 0, "1 av 2", "–", "oförändrad"),
)
_INDICATORS: tuple[tuple[str, str, tuple[str, ...], str, Judgement, str, Trend], ...] = (
    ("Oro för brott i samhället", "procent", ("44", "52", "55"), "38", Judgement("not_met"), "mål ≤38 · 2030 ≤35", Trend("up", "worse")),
    ("Enkelt att få hjälp med sin fråga via telefon", "index", ("73", "69.6", "74.5"), "74", Judgement("met"), "mål >74 · 2030 >76", Trend("up", "better")),
    (
        "Invånare med högst 300 meter till park", "procent, 2023 års utfall bedöms", ("96.6", "96.6", ""), "96.6",
        Judgement("not_met", departs=_("rapporterat som uppnått, se motivering")), "mål ≥96,6", Trend("flat", "same"),
    ),
)  # fmt: skip


def _tree(opened: str) -> Table:
    def goal(given: tuple[str, str, int, str, str, str]) -> Row:
        key, name, step, targets, assignments, change = given
        is_open = key == opened
        closing = f"?open=&row={key}"
        return Row(
            cells=(
                Cell(name), Cell(symbol=FULFILMENT[step]), Cell(""), Cell(targets), Cell(assignments),
                Cell(change, muted=True), Cell(_("Öppna"), href="#tables"),
            ),
            key=key, strong=True,
            expand=Expand(closing if is_open else f"?open={key}", is_open, _("Indikatorer under %(goal)s") % {"goal": name}),
            children=tuple(_indicator(one) for one in _INDICATORS),
        )  # fmt: skip

    def section(text: str) -> Row:
        return Row((Cell(text),), kind="section")

    goals = [goal(one) for one in _GOALS]
    return Table(
        key="mal", caption=_("Nämndens mål och indikatorer"), caption_hidden=True,
        columns=(
            Column("goal", _("Nämndmål och indikatorer"), width="wide"), Column("step", _("Måluppfyllelse")),
            Column("spark", "", "end", spoken=_("Utveckling")),
            Column("targets", _("Etappmål uppnådda"), "num"), Column("assignments", _("Uppdrag klara"), "num"),
            Column("change", _("Sedan förra tillfället")), Column("open", "", "end", "fit", spoken=_("Öppna")),
        ),
        rows=(
            section("En trygg kommun där människor trivs och växer"), *goals[:2],
            section("En hållbar naturkommun"), *goals[2:],
        ),
        notes=(_("Etappmål räknas på de indikatorer som har ett utfall."),),
    )  # fmt: skip


def _indicator(given: tuple[str, str, tuple[str, ...], str, Judgement, str, Trend]) -> Row:
    name, unit, values, target, judged, targets, trend = given
    figures = [Decimal(value) if value else None for value in values]
    return Row(
        cells=(
            Cell(name, sub=unit), Cell(judgement=judged),
            Cell(sparkline=sparkline(figures, Decimal(target), description=f"{name}: {targets}")),
            Cell(" · ".join(format_decimal(value) for value in figures), origin=ORIGIN),
            Cell(""), Cell(targets, muted=True, colspan=1), Cell(trend=trend),
        ),
        kind="detail", level=1,
    )  # fmt: skip


_STATEMENT = (
    ("Verksamhetens intäkter", 51776, 75616, "subtotal"), ("Personal", -339330, -337051, "row"),
    ("Lokaler", -32797, -32414, "row"), ("Konsulter och inhyrd personal", -35789, -65504, "row"),
    ("Kapitalkostnad", -248971, -256364, "row"), ("Verksamhetens kostnader", -870108, -880121, "subtotal"),
    ("Årets resultat", -818332, -804505, "total"),
)  # fmt: skip


def _statement(params: QueryDict) -> Table:
    def line(name: str, budget: int, outcome: int, kind: str) -> Row:
        variance = outcome - budget
        return Row(
            cells=(
                Cell(name), Cell(format_decimal(Decimal(budget))), Cell(format_decimal(Decimal(outcome)), origin=ORIGIN),
                Cell(
                    ("▼ " if variance < 0 else "") + format_decimal(Decimal(variance)),
                    tone="bad" if variance < 0 else "", marked=name.startswith("Konsulter"),
                ),
            ),
            kind="subtotal" if kind == "subtotal" else "total" if kind == "total" else "row",
        )  # fmt: skip

    columns = (
        Column("name", _("Post"), width="wide"), Column("budget", _("Budget helår"), "num"),
        Column("outcome", _("Utfall helår"), "num"), Column("variance", _("Avvikelse"), "num"),
    )  # fmt: skip
    return Table(
        key="resultat", caption=_("Resultaträkning"), unit="tkr",
        columns=with_sorting(columns, params, sortable=("name", "variance"), default="-variance"),
        rows=tuple(line(*one) for one in _STATEMENT),
        notes=(_("Intäkter positiva, kostnader negativa. Summor räknas på orundade belopp."),),
        source=_("Källa: huvudboken, inläst 2025-01-17."),
    )  # fmt: skip
